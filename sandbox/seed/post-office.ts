import type { Filing, Letter } from './letter.ts'
import { wordsOf } from './letter-words.ts'
import { aMime, type MimeMail } from './mime-builder.ts'
import { formatDate } from './mime/headers.ts'
import { isLazy } from './mime/part.ts'
import { mailboxOf } from './people.ts'
import { stableRandom } from './stable-random.ts'
import { moment } from './when.ts'

/** One stored copy of a mail in one mailbox's folder. */
export type SeedMail = {
  /** Address of the mailbox that holds this copy. */
  mailbox: string
  /** Display names or well-known names from the mailbox root, such as ['inbox', 'Projects', 'Northwind']. */
  folder: readonly string[]
  receivedAt: Date
  isRead: boolean
  isDraft: boolean
  isFlagged: boolean
  categories: readonly string[]
  /** RFC 5322 bytes with CRLF, built when asked; the same bytes each time. */
  mime: () => Uint8Array
  /** The same mail with its lazily made files left empty: enough for headers, bodies and file names. */
  lightMime: () => Uint8Array
}

/** Every copy of a letter: the sender's in Sent Items, and one in each of our mailboxes that it reached. */
export function copiesOf(letter: Letter, now: Date): SeedMail[] {
  const sender = mailboxOf(letter.from)
  if (letter.isDraft) return sender ? [copy(letter, now, { mailbox: sender, kind: 'drafts' })] : []
  const named = [letter.to, letter.cc, letter.bcc, letter.alsoTo].flatMap((people) => people ?? [])
  const reached = new Set(named.flatMap((person) => mailboxOf(person) ?? []))
  const received = [...reached].map((mailbox) => copy(letter, now, { mailbox, kind: 'inbox' }))
  return sender
    ? [copy(letter, now, { mailbox: sender, kind: 'sentitems' }), ...received]
    : received
}

type Place = { mailbox: string; kind: 'inbox' | 'sentitems' | 'drafts' }

function copy(letter: Letter, now: Date, { mailbox, kind }: Place): SeedMail {
  const filing = letter.filed?.[mailbox.split('@')[0] as keyof typeof letter.filed]
  const ownFolder = kind === 'inbox' ? filing?.folder : undefined
  const sentAt = moment(letter.at, now)
  const secondsOnTheWay = stableRandom(`${letter.key} way`).between(2, 40)
  const receivedAt = kind === 'inbox' ? new Date(sentAt.getTime() + secondsOnTheWay * 1000) : sentAt
  const write = (mail: MimeMail) => spoiled(letter, aMime(mail))
  const words = () => mailOf(letter, now, { kind, receivedAt })
  return {
    mailbox,
    folder: ownFolder ?? [kind],
    receivedAt,
    ...stateOf(kind, filing),
    isDraft: kind === 'drafts',
    mime: () => write(words()),
    lightMime: () => write(withoutLazyFiles(words())),
  }
}

const stateOf = (kind: Place['kind'], filing: Filing = {}) => ({
  isRead: kind !== 'inbox' || !filing.unread,
  isFlagged: filing.flagged ?? false,
  categories: filing.categories ?? [],
})

function mailOf(
  letter: Letter,
  now: Date,
  { kind, receivedAt }: { kind: Place['kind']; receivedAt: Date },
): MimeMail {
  const { from, to = [], cc = [], bcc = [], subject, headers, parent } = letter
  const received = {
    'Return-Path': `<${from.address}>`,
    Received: `from mail.${domainOf(letter)} by mx.contoso.test with ESMTPS; ${formatDate(receivedAt)}`,
  }
  return {
    from,
    to,
    cc,
    bcc: kind === 'inbox' ? [] : bcc,
    subject,
    date: moment(letter.at, now),
    utcOffset: from.utcOffset ?? '+0000',
    charset: from.charset ?? 'utf-8',
    messageId: messageIdOf(letter),
    ...(parent && { inReplyTo: messageIdOf(parent), references: ancestors(parent) }),
    ...wordsOf(letter, (earlier) => moment(earlier.at, now)),
    ...(letter.calendar && { calendar: letter.calendar(now) }),
    ...(letter.body && { body: letter.body(now) }),
    ...(letter.protect && { protect: letter.protect }),
    attachments: letter.attachments?.(now) ?? [],
    headers: {
      ...(kind === 'inbox' && received),
      ...(kind === 'drafts' && { 'X-Unsent': '1' }),
      ...headers,
    },
  }
}

const domainOf = (letter: Letter) => letter.from.address.split('@')[1] ?? 'contoso.test'

/** Depends on the letter's name alone, so that every copy and every run agree. */
export const messageIdOf = (letter: Letter): string =>
  letter.messageId ?? `<${stableRandom(letter.key).guid()}@${domainOf(letter)}>`

const ancestors = (letter: Letter): string[] => [
  ...(letter.parent ? ancestors(letter.parent) : []),
  messageIdOf(letter),
]

function spoiled({ spoil }: Letter, mime: Uint8Array): Uint8Array {
  return spoil ? Buffer.from(spoil(Buffer.from(mime).toString('latin1')), 'latin1') : mime
}

const withoutLazyFiles = (mail: MimeMail): MimeMail => ({
  ...mail,
  attachments: (mail.attachments ?? []).map((file) =>
    isLazy(file.content) ? { ...file, content: '' } : file,
  ),
})
