/** A regular expression as far as attacks need it: what can be repeated, and a text that fits each part. */
export type Pattern =
  | { kind: 'one'; fitting: readonly string[] }
  | { kind: 'row'; items: readonly Pattern[] }
  | { kind: 'either'; ways: readonly Pattern[] }
  | { kind: 'many'; item: Pattern; least: number; most: number }

const NOTHING: Pattern = { kind: 'row', items: [] }

/** One of each sort; those of the pattern itself come first. */
const CHARACTERS = [
  ...[
    'a',
    'A',
    '0',
    ' ',
    '-',
    '_',
    '.',
    '\t',
    '\n',
    '\r',
    '"',
    "'",
    '(',
    ')',
    '[',
    '<',
    '>',
    '/',
    '\\',
  ],
  ...[
    ',',
    ';',
    ':',
    '=',
    '&',
    '@',
    '+',
    '*',
    '#',
    '%',
    '!',
    '\0',
    'é',
    '日',
    '。',
    'א',
    '\u0301',
    '\ud800',
  ],
]

const ESCAPE = /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-f]{4}|x[\da-f]{2}|c[a-z]|k<[^>]*>|\d+|.)/iy
const CLASS = /\[(?:\\.|[^\]\\])*\]/y
const OPENING = /\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?/y
const QUANTIFIER = /(?:[*+?]|\{(\d+)(,(\d*))?\})\??/y

/** Reads the syntax that our sources use; throws at any other. */
export function patternOf({ source, flags }: RegExp): Pattern {
  let at = 0
  const taken = (expression: RegExp): RegExpExecArray | null => {
    expression.lastIndex = at
    const found = expression.exec(source)
    if (found) at += found[0].length
    return found
  }
  const candidates = [...new Set([...source, ...CHARACTERS])]
  const one = (text: string): Pattern => {
    const whole = new RegExp(`^(?:${text})$`, flags.replace(/[gy]/g, ''))
    return { kind: 'one', fitting: candidates.filter((each) => whole.test(each)).slice(0, 3) }
  }

  const alternatives = (): Pattern => {
    const ways = [row()]
    while (source[at] === '|') {
      at++
      ways.push(row())
    }
    return ways.length === 1 ? ways[0]! : { kind: 'either', ways }
  }
  const row = (): Pattern => {
    const items: Pattern[] = []
    while (at < source.length && source[at] !== '|' && source[at] !== ')')
      items.push(repeated(atom()))
    return { kind: 'row', items }
  }
  const atom = (): Pattern => {
    if (taken(OPENING)) {
      const inside = alternatives()
      if (source[at++] !== ')') throw new Error(`No end of a group in ${source}`)
      return inside
    }
    const escape = taken(ESCAPE)?.[0]
    if (escape) return /^\\(?:[bB]|k<|[1-9])/.test(escape) ? NOTHING : one(escape)
    const [text] = taken(CLASS) ?? [source[at++] ?? '']
    return text === '^' || text === '$' ? NOTHING : one(text)
  }
  const repeated = (item: Pattern): Pattern => {
    const found = taken(QUANTIFIER)
    if (!found) return item
    const [text, low, more, high] = found
    if (low === undefined)
      return {
        kind: 'many',
        item,
        least: text[0] === '+' ? 1 : 0,
        most: text[0] === '?' ? 1 : Infinity,
      }
    const most = more === undefined ? Number(low) : high ? Number(high) : Infinity
    return { kind: 'many', item, least: Number(low), most }
  }
  const whole = alternatives()
  if (at < source.length) throw new Error(`Not all of ${source} was read`)
  return whole
}

/** A text that fits: with each part that may be left out, or without when repetitions are taken more than once. */
export function fitting(pattern: Pattern, times: number): string {
  if (pattern.kind === 'one') return pattern.fitting[0] ?? ''
  if (pattern.kind === 'row') return pattern.items.map((item) => fitting(item, times)).join('')
  if (pattern.kind === 'either') return fitting(pattern.ways[0]!, times)
  const { item, least, most } = pattern
  if (most === 1 && times > 1) return ''
  return fitting(item, times).repeat(Math.min(Math.max(least, times), most, 100))
}

/** Texts that fit, one for each way through the first fork. */
export function fittings(pattern: Pattern, times: number): readonly string[] {
  if (pattern.kind === 'one') return pattern.fitting
  if (pattern.kind === 'either') return pattern.ways.map((way) => fitting(way, times))
  if (pattern.kind === 'many') return fittings(pattern.item, times)
  return [fitting(pattern, times)]
}
