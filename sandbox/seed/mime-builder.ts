import { createHash } from 'node:crypto'
import {
  encodeWords,
  formatAddress,
  formatDate,
  parseAddress,
  type Address,
  type Header,
} from './mime/headers.ts'
import {
  entity,
  filePart,
  joinChunks,
  multipart,
  textPart,
  type Attachment,
  type Part,
} from './mime/part.ts'

export type { Address, Attachment, Part }
type People = string | Address | readonly (string | Address)[]

/** A mail in words. Everything has a default, so that a test names only what it is about. */
export type MimeMail = {
  from?: string | Address
  to?: People
  cc?: People
  /** Written as a header: only the sender's own copy in Sent Items has it. */
  bcc?: People
  replyTo?: People
  subject?: string
  /** null leaves the Date header out. */
  date?: Date | null
  /** The writer's time zone, such as '+0900'. */
  utcOffset?: string
  /** With angle brackets. Without it one is derived from the content: the same mail, the same id. */
  messageId?: string
  inReplyTo?: string
  references?: readonly string[]
  text?: string
  html?: string
  /** An invitation, written as a text/calendar alternative. */
  calendar?: { method: 'REQUEST' | 'REPLY' | 'CANCEL'; content: string }
  /** Of subject, names and bodies. */
  charset?: string
  attachments?: readonly Attachment[]
  headers?: Readonly<Record<string, string>>
  /** A body of one's own instead of text, HTML and attachments. */
  body?: Part
  /** Wraps the finished body, for instance in a signature. */
  protect?: (body: Part, boundary: string) => Part
}

/** RFC 5322 bytes with CRLF; the same mail gives the same bytes. */
export function aMime(mail: MimeMail = {}): Uint8Array {
  const id = mail.messageId ?? `<${digest(describe(mail)).slice(0, 32)}@mail.northwind.test>`
  const boundary = `=_${digest(id).slice(0, 16)}`
  const body = mail.body ?? bodyOf(mail, boundary)
  const whole = mail.protect ? mail.protect(body, `${boundary}.protected`) : body
  return joinChunks(
    entity({
      headers: [...envelope(mail, id), ['MIME-Version', '1.0'], ...whole.headers],
      body: whole.body,
    }),
  )
}

function envelope(mail: MimeMail, id: string): Header[] {
  const { charset, date = new Date('2026-11-20T09:00:00Z') } = mail
  const list = (people: People | undefined) =>
    people === undefined
      ? undefined
      : [people]
          .flat()
          .map((person) => formatAddress(parseAddress(person), charset))
          .join(', ')
  const all: readonly (readonly [string, string | undefined])[] = [
    ...Object.entries(mail.headers ?? {}),
    ['From', list(mail.from ?? 'Nora Lindqvist <nora@northwind.test>')],
    ['To', list(mail.to ?? 'Alice Archer <alice@contoso.test>')],
    ['Cc', list(mail.cc)],
    ['Bcc', list(mail.bcc)],
    ['Reply-To', list(mail.replyTo)],
    ['Subject', mail.subject === undefined ? undefined : encodeWords(mail.subject, charset)],
    ['Date', date ? formatDate(date, mail.utcOffset) : undefined],
    ['Message-ID', id],
    ['In-Reply-To', mail.inReplyTo],
    ['References', mail.references?.join(' ')],
  ]
  return all.flatMap(([name, value]) => (value ? [[name, value] as const] : []))
}

/** mixed( related( alternative(text, html, calendar), pictures ), files ); levels with one part alone fall away. */
function bodyOf(mail: MimeMail, boundary: string): Part {
  const { text, html, calendar, charset, attachments = [] } = mail
  const pictures = attachments.filter(({ contentId }) => contentId)
  const files = attachments.filter(({ contentId }) => !contentId)
  const words: Part[] = []
  if (text !== undefined || (html === undefined && !calendar))
    words.push(textPart(text ?? '', 'text/plain', charset))
  if (html !== undefined) words.push(textPart(html, 'text/html', charset))
  if (calendar)
    words.push(textPart(calendar.content, `text/calendar; method=${calendar.method}`, 'utf-8'))
  const alternative = multipart('alternative', words, `${boundary}.alternative`)
  const related = multipart(
    'related',
    [alternative, ...pictures.map(filePart)],
    `${boundary}.related`,
  )
  return multipart('mixed', [related, ...files.map(filePart)], `${boundary}.mixed`)
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex')

/** What tells one mail from another, without building its files. */
const describe = ({ from, to, subject, date, text, html, attachments }: MimeMail) =>
  JSON.stringify([from, to, subject, date, text, html, attachments?.map(({ name }) => name)])
