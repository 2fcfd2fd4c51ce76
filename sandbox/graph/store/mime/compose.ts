import { createHash } from 'node:crypto'
import type { Recipient } from '@microsoft/microsoft-graph-types'
import type { Content, StoredAttachment, Written } from './content.ts'
import type { Envelope } from './envelope.ts'

type Part = { headers: string[]; body: string }

/** A mail as MIME. The same message always gives the same bytes. `own`: header lines of the writer's, `x-…`. */
export function composeMime(
  envelope: Envelope,
  content: Content,
  own: Written['headers'] = [],
): Uint8Array {
  const boundary = createHash('sha256')
    .update(envelope.internetMessageId)
    .digest('hex')
    .slice(0, 24)
  const bodies = [
    ...(content.text === undefined ? [] : [textPart('plain', content.text)]),
    ...(content.html === undefined ? [] : [textPart('html', content.html)]),
  ]
  const body = joined(
    'alternative',
    `a_${boundary}`,
    bodies.length > 0 ? bodies : [textPart('plain', '')],
  )
  const attached = content.attachments
    .filter(({ kind }) => kind !== 'reference')
    .map(attachmentPart)
  const whole = joined('mixed', `m_${boundary}`, [body, ...attached])
  const lines = [...headerLines(envelope), ...own.map(ownLine), 'MIME-Version: 1.0']
  const head = [...lines, ...whole.headers].join('\r\n')
  return Buffer.from(`${head}\r\n\r\n${whole.body}`)
}

function headerLines(envelope: Envelope): string[] {
  const { from, sender, references, sentAt } = envelope
  const different = sender && sender.emailAddress?.address !== from?.emailAddress?.address
  return [
    ...addressLine('From', from ? [from] : []),
    ...addressLine('Sender', different ? [sender] : []),
    ...addressLine('To', envelope.toRecipients),
    ...addressLine('Cc', envelope.ccRecipients),
    ...addressLine('Reply-To', envelope.replyTo),
    `Subject: ${encodedWord(envelope.subject)}`,
    `Message-ID: ${envelope.internetMessageId}`,
    ...(sentAt === undefined ? [] : [`Date: ${new Date(sentAt).toUTCString()}`]),
    ...(references.length > 0 ? [`References: ${references.join('\r\n ')}`] : []),
    ...(references.length > 0 ? [`In-Reply-To: ${references.at(-1) ?? ''}`] : []),
    ...(envelope.importance === 'normal' ? [] : [`Importance: ${envelope.importance}`]),
  ]
}

const ownLine = ({ name, value }: Written['headers'][number]) =>
  `${name}: ${encodedWord(value.replace(/[\r\n]/g, ' '))}`

function addressLine(name: string, recipients: readonly Recipient[]): string[] {
  const written = recipients.map(({ emailAddress }) => {
    const display = emailAddress?.name?.replace(/[\r\n"\\]/g, ' ')
    const address = `<${emailAddress?.address?.replace(/[\r\n<>]/g, '') ?? ''}>`
    if (!display || display === emailAddress?.address) return address
    return `${isAscii(display) ? `"${display}"` : encodedWord(display)} ${address}`
  })
  return written.length > 0 ? [`${name}: ${written.join(',\r\n ')}`] : []
}

function joined(kind: string, boundary: string, parts: Part[]): Part {
  const [only] = parts
  if (only && parts.length === 1) return only
  const body = parts.map(
    (part) => `--${boundary}\r\n${part.headers.join('\r\n')}\r\n\r\n${part.body}\r\n`,
  )
  return {
    headers: [`Content-Type: multipart/${kind}; boundary="${boundary}"`],
    body: `${body.join('')}--${boundary}--\r\n`,
  }
}

const textPart = (kind: 'plain' | 'html', text: string): Part => ({
  headers: [`Content-Type: text/${kind}; charset=utf-8`, 'Content-Transfer-Encoding: base64'],
  body: base64Lines(Buffer.from(text)),
})

function attachmentPart(attachment: StoredAttachment): Part {
  const { kind, name, contentType, isInline, contentId, bytes } = attachment
  const filename = `filename*=utf-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`
  const isMail = kind === 'item'
  return {
    headers: [
      `Content-Type: ${isMail ? 'message/rfc822' : contentType.replace(/[\r\n]/g, '')}`,
      `Content-Disposition: ${isInline ? 'inline' : 'attachment'}; ${filename}`,
      ...(contentId ? [`Content-ID: <${contentId.replace(/[\r\n<>]/g, '')}>`] : []),
      ...(isMail ? [] : ['Content-Transfer-Encoding: base64']),
    ],
    body: isMail ? Buffer.from(bytes).toString('utf8') : base64Lines(bytes),
  }
}

const base64Lines = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('base64')
    .replace(/.{76}(?=.)/g, '$&\r\n')

const isAscii = (text: string) => /^[\x20-\x7e]*$/.test(text)

/** RFC 2047, in words short enough for one line each. */
function encodedWord(text: string): string {
  if (isAscii(text)) return text
  const pieces = text.match(/[^]{1,12}/gu) ?? []
  return pieces.map((piece) => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`).join('\r\n ')
}
