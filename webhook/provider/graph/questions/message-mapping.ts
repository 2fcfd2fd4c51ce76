import type { MessageChange, Party, ProviderMessage } from '../../provider.ts'
import { ChangeId, ExpandedMessage } from '../schemas.ts'
import { headerFacts } from './header-facts.ts'

/** One record of a delta page. An unreadable one becomes an accounted change, not a stuck folder. */
export function toChange(record: unknown): MessageChange {
  const change = ChangeId.safeParse(record)
  if (!change.success) return { kind: 'unreadable', messageId: '' }
  const { id: messageId } = change.data
  if (change.data['@removed'] !== undefined) return { kind: 'removed', messageId }
  if (!isWhole(record)) return { kind: 'sparse', messageId, ...toldBy(change.data) }
  const message = ExpandedMessage.safeParse(record)
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

/** What stands in place of a protected text is no text. */
function toMessage(message: ExpandedMessage): ProviderMessage {
  const facts = headerFacts(message)
  return {
    messageId: message.id,
    internetMessageId: message.internetMessageId ?? null,
    providerFolderId: message.parentFolderId,
    conversationId: message.conversationId ?? null,
    isDraft: message.isDraft ?? false,
    isRead: message.isRead ?? false,
    categories: message.categories ?? [],
    ...facts,
    subject: message.subject ?? '',
    preview: facts.isProtected ? '' : (message.bodyPreview ?? ''),
    bodyHtml: facts.isProtected ? '' : (message.body?.content ?? ''),
    ...partiesOf(message),
    sentAt: message.sentDateTime ? new Date(message.sentDateTime) : null,
    receivedAt: new Date(message.receivedDateTime),
    hasAttachments: message.hasAttachments ?? false,
  }
}

const partiesOf = (message: ExpandedMessage) => ({
  from: message.from ? toParty(message.from) : null,
  sender: message.sender ? toParty(message.sender) : null,
  to: (message.toRecipients ?? []).map(toParty),
  cc: (message.ccRecipients ?? []).map(toParty),
  bcc: (message.bccRecipients ?? []).map(toParty),
  replyTo: (message.replyTo ?? []).map(toParty),
})

/** Only a full record names when it was received; a read flip carries id, isRead and parentFolderId. */
const isWhole = (record: unknown) =>
  typeof record === 'object' &&
  record !== null &&
  'receivedDateTime' in record &&
  'subject' in record

/** What changes on a message that stays as it was (graph-contract 3.2). */
const Told = ExpandedMessage.pick({ isRead: true, categories: true })

/** What a person marks a message with can keep it out, so a sparse record that tells it is worth a question. */
function toldBy(record: Record<string, unknown>): { isRead?: boolean; categories?: string[] } {
  const { isRead, categories } = Told.safeParse(record).data ?? {}
  return {
    ...(typeof isRead === 'boolean' && { isRead }),
    ...(categories && { categories }),
  }
}

const toParty = ({
  emailAddress,
}: {
  emailAddress: { name?: string | null | undefined; address?: string | null | undefined }
}): Party => ({
  name: emailAddress.name ?? '',
  address: (emailAddress.address ?? '').toLowerCase(),
})
