import { encodeText } from '../../../../../sandbox/seed/mime/charset.ts'

/** What the writer of a mail meant; null, or nothing, where the mail does not say it. */
export type Truth = {
  from: string | null
  to: readonly string[]
  /** Milliseconds since 1970. */
  date: number | null
  subject: string
  /** What a person reads first, white space aside. */
  body: string
}

export type Sample = { name: string; bytes: Buffer; truth: Truth }

/** A part with its own header lines. Text is binary: one character a byte. */
export type Entity = { head: readonly string[]; body: string }

export type Plan = {
  /** Header lines as written, instead of the usual ones of that name; null leaves it out, several repeat it. */
  head?: Readonly<Record<string, string | readonly string[] | null>>
  entity?: Entity
  eol?: '\r\n' | '\n'
  truth?: Partial<Truth>
}

export const SENT_AT = Date.UTC(2026, 10, 20, 9)

const usualHead = {
  From: 'Nora Lindqvist <nora@northwind.test>',
  To: 'Alice Archer <alice@contoso.test>',
  Subject: 'Offer for the third floor',
  Date: 'Fri, 20 Nov 2026 09:00:00 +0000',
  'Message-ID': '<offer-3@northwind.test>',
  'MIME-Version': '1.0',
}

const usualTruth: Truth = {
  from: 'nora@northwind.test',
  to: ['alice@contoso.test'],
  date: SENT_AT,
  subject: 'Offer for the third floor',
  body: 'Dear Alice, the offer is below.',
}

/** One mail of the corpus: an ordinary one, but for what the plan says. */
export function write(name: string, { head, entity, eol = '\r\n', truth }: Plan = {}): Sample {
  const lines = Object.entries({ ...usualHead, ...head }).flatMap(([key, value]) =>
    value === null ? [] : [value].flat().map((each) => `${key}: ${each}`),
  )
  const { head: ownLines, body } = entity ?? text(usualTruth.body)
  const whole = [...lines, ...ownLines, '', body].join('\r\n')
  return {
    name,
    bytes: Buffer.from(whole.replaceAll('\r\n', eol), 'latin1'),
    truth: { ...usualTruth, ...truth },
  }
}

/** Text as bytes of a charset, as a binary string. */
export const binary = (words: string, charset = 'utf-8'): string =>
  Buffer.from(encodeText(words, charset)).toString('latin1')

export type Encoding = '7bit' | '8bit' | 'quoted-printable' | 'base64'

export function encoded(bytes: string, encoding: Encoding): string {
  if (encoding === 'base64') return base64Lines(bytes)
  return encoding === 'quoted-printable' ? quotedPrintable(bytes) : bytes
}

/** A text part. `label` is what the mail calls the charset that `encoder` writes. */
export function text(
  words: string,
  options: { label?: string; encoder?: string; encoding?: Encoding; kind?: string } = {},
): Entity {
  const { label = 'utf-8', encoder = label, encoding = '8bit', kind = 'plain' } = options
  return {
    head: [
      `Content-Type: text/${kind}; charset=${label}`,
      `Content-Transfer-Encoding: ${encoding}`,
    ],
    body: encoded(binary(`${words}\r\n`, encoder), encoding),
  }
}

export const part = (type: string, body: string, ...head: string[]): Entity => ({
  head: [`Content-Type: ${type}`, ...head],
  body,
})

export function multipart(
  kind: string,
  parts: readonly Entity[],
  { boundary = `=_${kind}_1`, preamble = '', epilogue = '', isClosed = true } = {},
): Entity {
  const inner = parts.map(
    ({ head, body }) => `--${boundary}\r\n${[...head, '', body].join('\r\n')}\r\n`,
  )
  const end = isClosed ? `--${boundary}--\r\n` : ''
  return {
    head: [`Content-Type: multipart/${kind};\r\n boundary="${boundary}"`],
    body: `${preamble}${inner.join('')}${end}${epilogue}`,
  }
}

export type WordKind = 'B' | 'Q'
type WordOptions = { label?: string; encoder?: string; kind?: WordKind }

/** RFC 2047: words of whole characters, each short enough for a line. */
export function encodedWords(
  words: string,
  { label = 'utf-8', encoder = label, kind = 'B' }: WordOptions = {},
): string {
  const pieces = words.match(/[^]{1,8}/gu) ?? []
  return pieces.map((piece) => oneWord(binary(piece, encoder), label, kind)).join('\r\n ')
}

/** One encoded word of any bytes, good or not. */
export const oneWord = (bytes: string, label = 'utf-8', kind: WordKind = 'B'): string =>
  `=?${label}?${kind}?${kind === 'B' ? base64(bytes) : qWord(bytes)}?=`

const qWord = (bytes: string) =>
  bytes.replace(/[^A-Za-z0-9!*+/-]/g, (byte) => (byte === ' ' ? '_' : `=${hex(byte)}`))

export const base64 = (bytes: string) => Buffer.from(bytes, 'latin1').toString('base64')

const base64Lines = (bytes: string) => base64(bytes).replace(/.{76}(?=.)/g, '$&\r\n')

function quotedPrintable(bytes: string): string {
  const lines = bytes.split('\r\n').map((line) =>
    line
      .replace(/[^\x20-\x3c\x3e-\x7e]/g, (byte) => `=${hex(byte)}`)
      .replace(/ $/, '=20')
      .replace(/(?:=..|[^=]){60}(?=.)/g, '$&=\r\n'),
  )
  return lines.join('\r\n')
}

const hex = (byte: string) => byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')
