/** As many characters as Graph's own previews have. */
const PREVIEW_CHARS = 255

const UNSEEN = new Set(['head', 'script', 'style'])

/**
 * The words of a body; markup differs between what Graph and what Office.js give. For comparing, never for showing. In
 * one walk, as a hostile body of a megabyte must not hold everybody up.
 */
export function textOf(html: string): string {
  const [start = '', ...tags] = html.split('<')
  const words = [start]
  let unseen: string | null = null
  for (const tag of tags) {
    const name = (/^\/?[a-z]*/i.exec(tag)?.[0] ?? '').toLowerCase()
    if (unseen === null && UNSEEN.has(name)) unseen = name
    else if (name === `/${unseen}`) unseen = null
    if (unseen === null) words.push(tag.slice(tag.indexOf('>') + 1))
  }
  return words
    .join(' ')
    .replace(/(&nbsp;|\s)+/g, ' ')
    .trim()
}

const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
])

/** The words of a body for people to read, as text: whoever shows them escapes them. */
export function readableText(html: string): string {
  return textOf(html)
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, characterOf)
    .replace(/\s+/g, ' ')
    .trim()
}

/** The beginning of the text. */
export const previewOf = (html: string): string => readableText(html).slice(0, PREVIEW_CHARS)

function characterOf(entity: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return ENTITIES.get(name.toLowerCase()) ?? entity
  const point = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal)
  return point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point)
}

/** Text in HTML, line for line. */
export const htmlOfText = (text: string): string =>
  escapeHtml(text).replace(/\r\n|\r|\n/g, '<br />')

export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
