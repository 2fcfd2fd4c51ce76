import type { Mailboxes } from '../../sandbox/graph/store/mailboxes.ts'
import type { Item } from '../../sandbox/graph/store/item.ts'
import { lightMimeOf, refOf } from '../../sandbox/graph/store/message-view.ts'
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
      const { folders, items } = mailboxes.open(userId)
      const messages = [...items].map((item) => {
        const { immutableId } = refOf(mailboxes.open(userId), item)
        const message = messageAt(mailboxes, userId, immutableId)
        return [immutableId, { ...message, isProtected: isProtected(item) }] as const
      })
      const folderIds = new Set([...folders.all()].map(({ id }) => id))
      return [userId, { userId, address, folderIds, messages: new Map(messages) }]
    }),
  )
}

/** As its sender made it: the whole of it is one encrypted part, or a package for those who have the right. */
const isProtected = ({ source }: Item): boolean =>
  'mime' in source &&
  headersOf(lightMimeOf(source)).some(({ name, value }) => {
    const line = `${name}: ${value}`.toLowerCase()
    return (
      line.startsWith('content-type: application/pkcs7-mime') ||
      line === 'content-class: rpmsg.message'
    )
  })

function messageAt(
  mailboxes: Mailboxes,
  userId: string,
  messageId: string,
): Omit<TrueMessage, 'isProtected'> {
  const message = mailboxes.findMessage(userId, messageId, 'immutable')
  return {
    messageId,
    folderId: message?.parentFolderId ?? '',
    isDraft: message?.isDraft ?? false,
    internetMessageId: message?.internetMessageId ?? null,
    sender: message?.from?.emailAddress?.address?.toLowerCase() ?? null,
    subject: message?.subject ?? '',
    receivedAt: new Date(message?.receivedDateTime ?? 0),
  }
}
