import type { Random } from '../../random.ts'
import type { MailKnobs } from '../mail/knobs.ts'
import type { Folder } from '../store/item.ts'
import type { Cursor } from './token.ts'
import type { Step } from './walk.ts'

/** Empty pages in a row before a real one, at most. */
const MAX_RESTS = 3

/** How many changes of earlier rounds a replay shows again, at most. */
const MAX_REPLAYED = 5

/** A round that is just beginning, now and then begun a few changes too early (graph-contract 3.2 "replays"). */
export function replayed(
  folder: Pick<Folder, 'log'>,
  cursor: Cursor,
  random: Random,
  knobs: MailKnobs,
): Cursor {
  if (cursor.isInitial || !random.chance(knobs.deltaReplays)) return cursor
  const base = folder.log.rewound(cursor.after, random.between(1, MAX_REPLAYED))
  return { ...cursor, base, after: base }
}

/** An empty page that leads to the same place, now and then (graph-contract 3.2). */
export function rest(cursor: Cursor, random: Random, knobs: MailKnobs): Step | undefined {
  if (cursor.rested >= MAX_RESTS || !random.chance(knobs.deltaEmptyPages)) return undefined
  return { records: [], cursor: { ...cursor, rested: cursor.rested + 1 }, complete: false }
}

/** The page with one of its lines twice, now and then (graph-contract 9 #20). */
export function repeating(step: Step, random: Random, knobs: MailKnobs): Step {
  if (step.records.length === 0 || !random.chance(knobs.deltaDuplicates)) return step
  return { ...step, records: [...step.records, random.pick(step.records)] }
}
