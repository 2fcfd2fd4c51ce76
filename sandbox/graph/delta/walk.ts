import type { MailKnobs } from '../mail/knobs.ts'
import type { Gone, LogEntry } from '../store/folder/change-log.ts'
import type { Folder, Item, TouchableProperty } from '../store/item.ts'
import type { IdType } from '../store/mail-store.ts'
import type { Mailbox } from '../store/mailbox.ts'
import type { DeltaQuery } from './query.ts'
import type { Cursor } from './token.ts'

/** One line of a page: a message in full, only the properties that changed, or the news that it is gone. */
export type DeltaRecord =
  | { kind: 'full'; item: Item }
  | { kind: 'sparse'; item: Item; changed: readonly TouchableProperty[] }
  | { kind: 'removed'; gone: Gone }

/** Part of a round; `complete` when a deltaLink follows. */
export type Step = { records: DeltaRecord[]; cursor: Cursor; complete: boolean }

export type Walk = {
  mailbox: Pick<Mailbox, 'byImmutable'>
  folder: Folder
  query: DeltaQuery
  idType: IdType
  size: number
  /** Changes after this instant (ms since 1970) are not visible yet. */
  horizon: number
  knobs: Pick<MailKnobs, 'deltaSparse' | 'deltaLosesRoundTrips'>
}

/** With `$filter` a round shows at most 5,000 messages (graph-contract 3.1). */
export const MAX_FILTERED = 5_000

/** The next page. Costs what the page holds, however full the folder is. */
export function step(walk: Walk, cursor: Cursor): Step {
  return cursor.older === undefined ? byChange(walk, cursor) : byAge(walk, cursor, cursor.older)
}

/** Initial rounds with a filter or an order go from the newest message down, then on from where they began. */
function byAge(walk: Walk, cursor: Cursor, older: NonNullable<Cursor['older']>): Step {
  const { folder, query, size } = walk
  const room = Math.min(size, capOf(query) - cursor.shown)
  const records: DeltaRecord[] = []
  let last = older
  for (const item of folder.items.newestFirst(older === 'newest' ? undefined : older)) {
    if (query.since !== undefined && item.receivedAt < query.since) break
    if (records.length === room) {
      if (cursor.shown + room >= capOf(query)) break
      const next = { ...cursor, older: last, shown: cursor.shown + room }
      return { records, cursor: next, complete: false }
    }
    last = { receivedAt: item.receivedAt, immutable: item.immutable }
    if (wants(query, 'created')) records.push({ kind: 'full', item })
  }
  return { records, cursor: nextRound(cursor.base), complete: true }
}

/** All other rounds follow the folder's log; mail that arrives meanwhile is met at its end. */
function byChange(walk: Walk, cursor: Cursor): Step {
  const { folder, query, size, horizon } = walk
  const cap = cursor.isInitial && query.top !== undefined ? query.top : Infinity
  const records: DeltaRecord[] = []
  let { after } = cursor
  for (const entry of folder.log.after(after)) {
    if (entry.at > horizon) break
    const shown = cursor.shown + records.length
    if (shown >= cap) return { records, cursor: nextRound(cursor.base), complete: true }
    if (records.length === size)
      return { records, cursor: { ...cursor, after, shown }, complete: false }
    const record = recordOf(walk, cursor, entry)
    if (record) records.push(record)
    after = entry.seq
  }
  return { records, cursor: nextRound(after), complete: true }
}

const nextRound = (after: number): Cursor => ({
  base: after,
  after,
  isInitial: false,
  shown: 0,
  rested: 0,
})

function recordOf(walk: Walk, cursor: Cursor, entry: LogEntry<Item>): DeltaRecord | undefined {
  if (!('gone' in entry)) return itemRecord(walk, cursor, entry.subject)
  const isOld = cursor.isInitial && entry.seq <= cursor.base
  if (isOld || !wants(walk.query, 'deleted') || isBack(walk, entry.gone)) return undefined
  return { kind: 'removed', gone: entry.gone }
}

function itemRecord(walk: Walk, { base, isInitial }: Cursor, item: Item): DeltaRecord | undefined {
  const isNew = isInitial || item.joinedAt > base
  if (!wants(walk.query, isNew ? 'created' : 'updated') || isLost(walk, item, base))
    return undefined
  const changed = isNew || item.rewrittenAt > base ? undefined : changedSince(item, base)
  if (walk.query.since !== undefined && item.receivedAt < walk.query.since) {
    // Read flips leak through a filter, and so do removals (graph-contract 3.2).
    return changed?.includes('isRead') ? { kind: 'sparse', item, changed: ['isRead'] } : undefined
  }
  return changed && isSparse(walk, changed)
    ? { kind: 'sparse', item, changed }
    : { kind: 'full', item }
}

const wants = ({ changeType }: DeltaQuery, type: DeltaQuery['changeType']) =>
  changeType === undefined || changeType === type

const changedSince = (item: Item, base: number) =>
  (Object.keys(item.touched) as TouchableProperty[]).filter(
    (name) => (item.touched[name] ?? 0) > base,
  )

function isSparse({ knobs }: Walk, changed: readonly TouchableProperty[]): boolean {
  if (knobs.deltaSparse === 'read-flips') return changed.length === 1 && changed[0] === 'isRead'
  return knobs.deltaSparse === 'all'
}

/** Under immutable ids a message that left and came back is still here, and its removal is no news. */
const isBack = ({ mailbox, folder, idType, knobs }: Walk, gone: Gone) =>
  idType === 'immutable' &&
  !knobs.deltaLosesRoundTrips &&
  mailbox.byImmutable.get(gone.immutable)?.folder === folder

/** The loss that is open since 2023: only the removal of such a message is shown (graph-contract 9 #19). */
const isLost = ({ folder, idType, knobs }: Walk, item: Item, base: number) =>
  idType === 'immutable' && knobs.deltaLosesRoundTrips && (item.leftBefore.get(folder) ?? 0) > base

const capOf = ({ since, top = Infinity }: DeltaQuery) =>
  Math.min(top, since === undefined ? Infinity : MAX_FILTERED)
