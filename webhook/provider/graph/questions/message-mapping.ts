import type { MessageChange, Party, ProviderMessage } from '../../provider.ts'
import { ChangeId, Message } from '../schemas.ts'

/** One record of a delta page. An unreadable one becomes an accounted change, not a stuck folder. */
export function toChange(record: unknown): MessageChange {
  const change = ChangeId.safeParse(record)
  if (!change.success) return { kind: 'unreadable', messageId: '' }
  const { id: messageId } = change.data
  if (change.data['@removed'] !== undefined) return { kind: 'removed', messageId }
  if (!isWhole(record)) return { kind: 'sparse', messageId }
  const message = Message.safeParse(record)
  if (!message.success) return { kind: 'unreadable', messageId }
  return { kind: 'present', messageId, message: toMessage(message.data) }
}

/** A message asked for by its id comes whole; what still lacks something can be read by nobody. */
export const asWhole = (change: MessageChange): MessageChange =>
  change.kind === 'sparse' ? { kind: 'unreadable', messageId: change.messageId } : change

/** About what a record weighs besides its text: ids, addresses, dates. */
const RECORD_BYTES = 1_000

/** About what a page of these weighed. */
export const weightOf = (changes: readonly MessageChange[]): number =>
  changes.reduce(
    (sum, change) =>
      sum + RECORD_BYTES + (change.kind === 'present' ? change.message.bodyHtml.length : 0),
    0,
  )

function toMessage(message: Message): ProviderMessage {
  return {
    messageId: message.id,
    internetMessageId: message.internetMessageId ?? null,
    providerFolderId: message.parentFolderId,
    isDraft: message.isDraft ?? false,
    subject: message.subject ?? '',
    preview: message.bodyPreview ?? '',
    bodyHtml: message.body?.content ?? '',
    from: message.from ? toParty(message.from) : null,
    to: (message.toRecipients ?? []).map(toParty),
    cc: (message.ccRecipients ?? []).map(toParty),
    sentAt: message.sentDateTime ? new Date(message.sentDateTime) : null,
    receivedAt: new Date(message.receivedDateTime),
    hasAttachments: message.hasAttachments ?? false,
  }
}

/** Only a full record names when it was received; a read flip carries id, isRead and parentFolderId. */
const isWhole = (record: unknown) =>
  typeof record === 'object' &&
  record !== null &&
  'receivedDateTime' in record &&
  'subject' in record

const toParty = ({
  emailAddress,
}: {
  emailAddress: { name?: string | null | undefined; address?: string | null | undefined }
}): Party => ({
  name: emailAddress.name ?? '',
  address: (emailAddress.address ?? '').toLowerCase(),
})
