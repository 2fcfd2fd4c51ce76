import type { Letter } from './letter.ts'
import { formatDate } from './mime/headers.ts'

/** The bodies of a letter as its mail program writes them: words, signature, and what it answers. */
export function wordsOf(
  letter: Letter,
  dateOf: (letter: Letter) => Date,
): { text: string; html?: string } {
  const signature = letter.from.signature ?? []
  const text = [letter.text.trim(), signature.join('\n'), quotedText(letter, dateOf)]
    .filter(Boolean)
    .join('\n\n')
  if (letter.from.writes === 'plain' && !letter.html) return { text: `${text}\n` }
  if (letter.html !== undefined) return { text: `${letter.text.trim()}\n`, html: letter.html }
  const around = { below: letter.below ?? '', quote: quotedHtml(letter, dateOf) }
  return { text: `${text}\n`, html: htmlPage(letter.text, signature, around) }
}

/** A text as a mail program shows it: paragraphs, what comes below, the signature in small print, a quote. */
export function htmlPage(
  text: string,
  signature: readonly string[],
  { below = '', quote = '' }: { below?: string; quote?: string } = {},
): string {
  const direction = isRightToLeft(text) ? ' dir="rtl"' : ''
  const lines = [
    '<html><head><style>p{margin:0 0 10px}.sig{color:#605e5c;font-size:12px}</style></head>',
    `<body${direction} style="font-family:Segoe UI,Arial,sans-serif">`,
    paragraphs(text),
    below,
    signature.length ? `<p class="sig">${signature.map(escapeHtml).join('<br>')}</p>` : '',
    quote,
    '</body></html>',
  ]
  return `${lines.filter(Boolean).join('\n')}\n`
}

/** Whether most of the letters are Hebrew or Arabic. */
const isRightToLeft = (text: string) =>
  text.replace(/[^\u0590-\u06ff]/g, '').length > text.replace(/[^A-Za-z]/g, '').length

/** Paragraphs are parted by empty lines, as in the text. */
const paragraphs = (text: string) =>
  text
    .trim()
    .split(/\n\n+/)
    .map((part) => `<p>${escapeHtml(part).replace(/\n/g, '<br>')}</p>`)
    .join('\n')

export const escapeHtml = (text: string) =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

function quotedText({ parent, from }: Letter, dateOf: (letter: Letter) => Date): string {
  if (!parent || !writable(parent, from.charset)) return ''
  const lines = parent.text.trim().split('\n')
  const about = `On ${formatDate(dateOf(parent))}, ${parent.from.name} wrote:`
  return [about, ...lines.map((line) => `> ${line}`.trimEnd())].join('\n')
}

function quotedHtml({ parent, from }: Letter, dateOf: (letter: Letter) => Date): string {
  if (!parent || !writable(parent, from.charset)) return ''
  const about = [
    `<b>From:</b> ${escapeHtml(parent.from.name)} &#60;${parent.from.address}&#62;`,
    `<b>Sent:</b> ${formatDate(dateOf(parent))}`,
    `<b>Subject:</b> ${escapeHtml(parent.subject)}`,
  ]
  const line = '<div style="border-top:1px solid #e1e1e1;padding-top:8px">'
  return `${line}<p>${about.join('<br>')}</p>\n${paragraphs(parent.text)}</div>`
}

/** Quoting accents in a legacy charset would lose them; such writers answer without quoting. */
const writable = ({ text, from, subject }: Letter, charset = 'utf-8') =>
  charset === 'utf-8' || /^[\x00-\x7f]*$/.test(text + from.name + subject)
