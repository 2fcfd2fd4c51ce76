import type { Mailboxes } from '../../sandbox/graph/store/mailboxes.ts'
import type { Item } from '../../sandbox/graph/store/item.ts'
import { itemEnvelope, lightMimeOf, refOf } from '../../sandbox/graph/store/message-view.ts'
import { headersOf } from '../../sandbox/graph/store/mime/envelope.ts'

/** One message as the mail server has it. */
export type TrueMessage = {
  /** Immutable id. */
  messageId: string
  folderId: string
  isDraft: boolean
  /** Nobody but its recipients can read its text. */
  isProtected: boolean
  internetMessageId: string | null
  sender: string | null
  subject: string
  receivedAt: Date
  /** What its people, and FlowCRM, have marked it with. */
  categories: readonly string[]
}

export type TrueMailbox = {
  userId: string
  address: string
  folderIds: Set<string>
  /** By immutable id. */
  messages: Map<string, TrueMessage>
}

/** What is really in every mailbox of the twin, by the owner's object id. */
export function truthOf(mailboxes: Mailboxes): Map<string, TrueMailbox> {
  return new Map(
    mailboxes.mailboxes().map(({ userId, address }) => {
      const mailbox = mailboxes.open(userId)
      const messages = [...mailbox.items].map((item) => {
        const { immutableId: messageId, folderId } = refOf(mailbox, item)
        const { isDraft, categories } = item
        const receivedAt = new Date(item.receivedAt)
        const placed = { messageId, folderId, isDraft, categories, receivedAt }
        return [messageId, { ...placed, ...written(item.source) }] as const
      })
      const folderIds = new Set([...mailbox.folders.all()].map(({ id }) => id))
      return [userId, { userId, address, folderIds, messages: new Map(messages) }]
    }),
  )
}

type Written = Pick<TrueMessage, 'internetMessageId' | 'sender' | 'subject' | 'isProtected'>

/** Read once of each mail that came: who asks about thousands again and again must not stand still over it. */
const read = new WeakMap<Item['source'], Written>()

function written(source: Item['source']): Written {
  const known = read.get(source)
  if (known) return known
  const { internetMessageId, from, subject } = itemEnvelope({ source })
  const sender = from?.emailAddress?.address?.toLowerCase() ?? null
  const facts = { internetMessageId, sender, subject, isProtected: isProtected(source) }
  if ('mime' in source) read.set(source, facts)
  return facts
}

/** As its sender made it: the whole of it is one encrypted part, or a package for those who have the right. */
const isProtected = (source: Item['source']): boolean =>
  'mime' in source &&
  headersOf(lightMimeOf(source)).some(({ name, value }) => {
    const line = `${name}: ${value}`.toLowerCase()
    return (
      line.startsWith('content-type: application/pkcs7-mime') ||
      line === 'content-class: rpmsg.message'
    )
  })
