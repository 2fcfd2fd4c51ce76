import type { Mailboxes } from '../../sandbox/graph/store/mailboxes.ts'
import { refOf } from '../../sandbox/graph/store/message-view.ts'

/** One message as the mail server has it. */
export type TrueMessage = {
  /** Immutable id. */
  messageId: string
  folderId: string
  isDraft: boolean
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
        return [immutableId, messageAt(mailboxes, userId, immutableId)] as const
      })
      const folderIds = new Set([...folders.all()].map(({ id }) => id))
      return [userId, { userId, address, folderIds, messages: new Map(messages) }]
    }),
  )
}

function messageAt(mailboxes: Mailboxes, userId: string, messageId: string): TrueMessage {
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
