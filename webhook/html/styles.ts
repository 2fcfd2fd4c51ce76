import { STYLES } from './policy.ts'

/** Longer ones are no style of a mail. */
const LONGEST_VALUE = 300

/** In one way only: of two, twenty numbers in a row would make a million (reliability I2). */
const NUMBER = String.raw`(?:\d{1,10}(?:\.\d{1,5})?|\.\d{1,5})`
const LENGTH = `${NUMBER}(?:px|pt|pc|em|rem|ex|ch|cm|mm|in|vw|vh|%)?`
const COLOUR = String.raw`#[0-9a-f]{3,8}|(?:rgb|hsl)a?\([\d.,%/ ]{1,48}\)`
const WORD = '[a-z][a-z0-9-]{0,40}'
const QUOTED = String.raw`"[\p{L}\d ._-]{0,64}"|'[\p{L}\d ._-]{0,64}'`
const TOKEN = `(?:${LENGTH}|${COLOUR}|${WORD}|${QUOTED})`

/**
 * Numbers that are not negative, colours, words and quoted names, with space, comma or slash between them. No backslash,
 * no comment, and of functions only those of colours: so nothing in it can load, be computed or be another thing to a
 * browser than it is here.
 */
const VALUE = new RegExp(`^${TOKEN}(?:(?: ?[,/] ?| )${TOKEN}){0,24}$`, 'iu')

/** What may stay of a style attribute; '' when nothing may. Styles written to win (`!important`) are ordinary ones. */
export function safeStyle(style: string): string {
  return style.split(';').map(safeDeclaration).filter(Boolean).join(';')
}

function safeDeclaration(declaration: string): string {
  const colon = declaration.indexOf(':')
  const property = declaration.slice(0, colon).trim().toLowerCase()
  if (colon < 0 || !STYLES.has(property)) return ''
  const raw = declaration.slice(colon + 1)
  if (raw.length > LONGEST_VALUE) return ''
  const value = raw
    .replace(/[ \t\n\r\f]+/g, ' ')
    .replace(/ ?! ?important ?$/i, '')
    .trim()
  return VALUE.test(value) ? `${property}:${value}` : ''
}
