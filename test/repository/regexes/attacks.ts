import { fitting, fittings, patternOf, type Pattern } from './pattern.ts'

/** A text of any length that may keep a backtracking matcher busy: a beginning that fits, a run, an end that does not. */
export type Attack = { start: string; run: string; end: string }

const FEW_REPEATS = 10

/**
 * What sets a matcher back: a character that fits nowhere, one that `.` does not take, and the end itself. That comes last:
 * it hurts without a warning where a run is one longer than it may be.
 */
const endsFor = ({ source }: RegExp) => (source.includes('.') ? ['\0', '\n', ''] : ['\0', ''])

/** Runs that are worth a try with every pattern. */
const GENERAL = [
  'a',
  'A',
  '0',
  ' ',
  '\t',
  '\n',
  '.',
  '-',
  '"',
  '<',
  '(',
  '\\',
  '/',
  ',',
  ';',
  '&',
  '=',
  '@',
  'é',
  '日',
  '😀',
]

/** Each repeated part pumped up, behind what leads to it, alone, and both over and over; long runs of characters; two of its own in turn. */
export function attacksOn(regex: RegExp): Attack[] {
  const attacks = new Map<string, Attack>()
  const add = (start: string, run: string) => {
    if (run === '') return
    for (const end of endsFor(regex))
      attacks.set(JSON.stringify([start, run, end]), { start, run, end })
  }
  for (const { start, run } of pumped(patternOf(regex), '')) {
    add(start, run)
    add('', run)
    add('', start + run)
  }
  for (const character of GENERAL) add('', character)
  const own = [...new Set(regex.source.replace(/[\\[\](){}^$|?*+]/g, ''))].slice(0, 5)
  for (const one of own) for (const other of own) add('', one + other)
  return [...attacks.values()]
}

export const textOf = ({ start, run, end }: Attack, length: number): string =>
  start + run.repeat(Math.ceil(length / run.length)) + end

function pumped(pattern: Pattern, start: string): { start: string; run: string }[] {
  if (pattern.kind === 'one') return []
  if (pattern.kind === 'either') return pattern.ways.flatMap((way) => pumped(way, start))
  if (pattern.kind === 'row') {
    let before = start
    return pattern.items.flatMap((item) => {
      const inside = pumped(item, before)
      before += fitting(item, 1)
      return inside
    })
  }
  const { item, most } = pattern
  const here =
    most < FEW_REPEATS
      ? []
      : [1, 4].flatMap((times) => fittings(item, times)).map((run) => ({ start, run }))
  return [...here, ...pumped(item, start)]
}
