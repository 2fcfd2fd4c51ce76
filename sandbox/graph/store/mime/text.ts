/** Characters of `bodyPreview` (graph-contract 4.1). */
const PREVIEW_LENGTH = 255

export const previewOf = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, PREVIEW_LENGTH)

/** What a person reads of an HTML body: enough for a preview and for `outlook.body-content-type="text"`. */
export function textOfHtml(html: string): string {
  return html
    .replace(/<(style|script|head)\b[^]*?(?:<\/\1>|$)/gi, '')
    .replace(/<br\s*\/?>|<\/(p|div|tr|li|h\d)>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(#x?[\da-f]+|\w+);/gi, (whole, entity: string) => characterOf(entity) ?? whole)
    .replace(/(?<![ \t])[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** A body is HTML unless text is asked for (graph-contract 4.1): text-only mail is wrapped. */
export function htmlOfText(text: string): string {
  const lines = escapeHtml(text).replace(/\r?\n/g, '<br>\r\n')
  return `<html><head></head><body><div class="PlainText">${lines}</div></body></html>`
}

export const escapeHtml = (text: string) =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

/** The part of a mail that is not quoted from an earlier one. */
export const uniqueTextOf = (text: string) =>
  text.split(/^(?:-{2,} ?Original Message|_{10,}$|On .+ wrote:$|>)/m)[0]?.trim() ?? ''

export const uniqueHtmlOf = (html: string) =>
  html.split(/<div[^<>]+id="?(?:divRplyFwdMsg|appendonsend)|<blockquote|<hr\b/i)[0] ?? ''

const NAMED = new Map(
  Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }),
)

function characterOf(entity: string): string | undefined {
  if (!entity.startsWith('#')) return NAMED.get(entity.toLowerCase())
  const code =
    entity[1]?.toLowerCase() === 'x' ? parseInt(entity.slice(2), 16) : Number(entity.slice(1))
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}
