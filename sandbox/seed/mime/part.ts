import { encodeText } from './charset.ts'
import { headerLine, parameter, type Header } from './headers.ts'

/** A MIME entity ready to be written: its own headers, and its body already in transfer encoding. */
export type Part = { headers: readonly Header[]; body: readonly (Uint8Array | string)[] }

/** Bytes that are made only when the mail is written, so that a big file costs nothing until then. */
export type LazyContent = { sizeBytes: number; make: () => Uint8Array }

export type Attachment = {
  name: string
  type: string
  content: Uint8Array | string | LazyContent
  /** Set: an inline picture that the HTML names as `cid:…`. */
  contentId?: string
}

/** RFC 2045 6.8: 57 bytes make one base64 line of 76 characters. */
const BYTES_PER_LINE = 57

export function textPart(text: string, type: string, charset = 'utf-8'): Part {
  const contentType: Header = ['Content-Type', `${type}; charset=${charset}`]
  const crlf = text.replace(/\r?\n/g, '\r\n')
  // RFC 1468: Japanese mail travels as it is, in seven bits.
  if (charset === 'iso-2022-jp')
    return {
      headers: [contentType, ['Content-Transfer-Encoding', '7bit']],
      body: [encodeText(crlf, charset)],
    }
  return {
    headers: [contentType, ['Content-Transfer-Encoding', 'quoted-printable']],
    body: [quotedPrintable(encodeText(crlf, charset))],
  }
}

export function filePart({ name, type, content, contentId }: Attachment): Part {
  const placement = `${contentId ? 'inline' : 'attachment'}${parameter('filename', name)}`
  const headers: Header[] = [
    ['Content-Type', `${type}${parameter('name', name)}`],
    ['Content-Disposition', placement],
  ]
  if (contentId) headers.push(['Content-ID', `<${contentId}>`])
  // RFC 2046 5.2.1: a mail inside a mail may not be in base64.
  if (type === 'message/rfc822') return { headers, body: [bytesOf(content)] }
  headers.push(['Content-Transfer-Encoding', 'base64'])
  return { headers, body: [base64Lines(bytesOf(content))] }
}

export const isLazy = (content: Attachment['content']): content is LazyContent =>
  typeof content === 'object' && 'make' in content

function bytesOf(content: Attachment['content']): Uint8Array {
  if (isLazy(content)) return content.make()
  return typeof content === 'string' ? Buffer.from(content) : content
}

/** `kind` such as 'mixed' or 'signed; protocol="…"'. One part alone needs no multipart and is returned as it is. */
export function multipart(kind: string, parts: readonly Part[], boundary: string): Part {
  const [only] = parts
  if (only && parts.length === 1) return only
  const body = parts.flatMap((part) => [`--${boundary}\r\n`, ...entity(part), '\r\n'])
  return {
    headers: [['Content-Type', `multipart/${kind}; boundary="${boundary}"`]],
    body: [...body, `--${boundary}--\r\n`],
  }
}

/** The part as it is written: headers, an empty line, the body. */
export const entity = ({ headers, body }: Part): (Uint8Array | string)[] => [
  `${headers.map(headerLine).join('')}\r\n`,
  ...body,
]

export const joinChunks = (chunks: readonly (Uint8Array | string)[]): Uint8Array =>
  Buffer.concat(chunks.map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk)))

/** Base64 in lines of 76 characters, in steps that keep 30 MB quick. */
export function base64Lines(bytes: Uint8Array): Uint8Array {
  const step = BYTES_PER_LINE * 4096
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks: Buffer[] = []
  for (let at = 0; at < buffer.length; at += step) {
    const lines = buffer.toString('base64', at, at + step).replace(/.{1,76}/g, '$&\r\n')
    chunks.push(Buffer.from(lines, 'latin1'))
  }
  return Buffer.concat(chunks)
}

/** RFC 2045 6.7. Line ends must be CRLF already. */
export function quotedPrintable(bytes: Uint8Array): string {
  const lines = Buffer.from(bytes).toString('latin1').split('\r\n')
  return lines.map(quotedPrintableLine).join('\r\n')
}

function quotedPrintableLine(line: string): string {
  const marks = [...line].map((character, at) => {
    const space = character === ' ' || character === '\t'
    const plain = space ? at < line.length - 1 : /[\x21-\x3c\x3e-\x7e]/.test(character)
    return plain
      ? character
      : `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
  })
  let written = ''
  let width = 0
  for (const [at, mark] of marks.entries()) {
    const room = at === marks.length - 1 ? 76 : 75
    if (width + mark.length > room) {
      written += '=\r\n'
      width = 0
    }
    written += mark
    width += mark.length
  }
  return written
}
