import type { Importance, InternetMessageHeader, Recipient } from '@microsoft/microsoft-graph-types'
import { addressParser, decodeWords } from 'postal-mime'

/** What the header of a mail says. */
export type Envelope = {
  internetMessageId: string
  subject: string
  from?: Recipient
  sender?: Recipient
  toRecipients: Recipient[]
  ccRecipients: Recipient[]
  bccRecipients: Recipient[]
  replyTo: Recipient[]
  /** Milliseconds since 1970. */
  sentAt?: number
  importance: Importance
  isDeliveryReceiptRequested: boolean
  isReadReceiptRequested: boolean
  /** Message ids this mail names as its ancestors, oldest first. */
  references: string[]
}

/** Exchange's own limit for headers is 256 KB (from memory); a mail's body is never searched for the end of its head. */
const MAX_HEAD_BYTES = 256 * 1_024

/** The header lines of a mail, unfolded, in order. Only the head is read, whatever the size of the rest. */
export function headersOf(mime: Uint8Array): InternetMessageHeader[] {
  const bytes = Buffer.from(mime.buffer, mime.byteOffset, Math.min(mime.byteLength, MAX_HEAD_BYTES))
  const ends = [bytes.indexOf('\r\n\r\n'), bytes.indexOf('\n\n')].filter((end) => end >= 0)
  const head = bytes.toString('utf8', 0, Math.min(...ends, bytes.length))
  return head
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line) => {
      const colon = line.indexOf(':')
      return colon > 0 ? [{ name: line.slice(0, colon), value: line.slice(colon + 1).trim() }] : []
    })
}

export function envelopeOf(mime: Uint8Array): Envelope {
  const headers = new Map<string, string>()
  for (const { name, value } of headersOf(mime).reverse())
    headers.set(name?.toLowerCase() ?? '', value ?? '')
  const get = (name: string) => headers.get(name) ?? ''
  const [from] = recipientsOf(get('from'))
  const sender = recipientsOf(get('sender'))[0] ?? from
  const sentAt = Date.parse(get('date'))
  return {
    internetMessageId: get('message-id'),
    subject: decodeWords(get('subject')),
    ...(from ? { from } : {}),
    ...(sender ? { sender } : {}),
    toRecipients: recipientsOf(get('to')),
    ccRecipients: recipientsOf(get('cc')),
    bccRecipients: recipientsOf(get('bcc')),
    replyTo: recipientsOf(get('reply-to')),
    ...(Number.isNaN(sentAt) ? {} : { sentAt }),
    importance: importanceOf(get('importance'), get('x-priority')),
    isDeliveryReceiptRequested: headers.has('return-receipt-to'),
    isReadReceiptRequested: headers.has('disposition-notification-to'),
    references: [...new Set(`${get('references')} ${get('in-reply-to')}`.match(/<[^<>\s]+>/g))],
  }
}

/** Groups are unwrapped; a name Graph does not know is the address (graph-contract 4.1). */
function recipientsOf(value: string): Recipient[] {
  if (value === '') return []
  return addressParser(value, { flatten: true }).flatMap(({ name, address }) =>
    address ? [{ emailAddress: { name: name || address, address } }] : [],
  )
}

function importanceOf(importance: string, priority: string): Importance {
  const word = importance.toLowerCase()
  if (word === 'high' || word === 'low') return word
  if (/^[12]\b/.test(priority)) return 'high'
  return /^[45]\b/.test(priority) ? 'low' : 'normal'
}

/** Header lines of a message that was written here. */
export function composedHeaders({
  subject,
  internetMessageId,
  sentAt,
}: Envelope): InternetMessageHeader[] {
  return [
    { name: 'Subject', value: subject },
    { name: 'Message-ID', value: internetMessageId },
    ...(sentAt === undefined ? [] : [{ name: 'Date', value: new Date(sentAt).toUTCString() }]),
  ]
}
