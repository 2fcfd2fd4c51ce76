import type * as Graph from '@microsoft/microsoft-graph-types'
import { z } from 'zod'
import { CHOICE_HEADER } from '../../../models/wire/pane/limits.ts'

/** Only what Graph's own types name: a misspelt property would be read as absent for ever. */
type Of<Resource> = Partial<Record<keyof Resource, z.ZodType>>

const Instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'must be a date')

/** What Graph sends, as far as we use it. Pages are parsed strictly, each item on its own: see message-mapping.ts. */
export const DeltaPage = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
})
export type DeltaPage = z.infer<typeof DeltaPage>

const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ value: z.array(item), '@odata.nextLink': z.string().optional() })

export const Folder = z.object({
  id: z.string(),
  displayName: z.string(),
  totalItemCount: z.number().default(0),
  isHidden: z.boolean().nullish(),
} satisfies Of<Graph.MailFolder>)
export type Folder = z.infer<typeof Folder>

export const FolderPage = pageOf(Folder)

export const FolderId = z.object({ id: z.string() } satisfies Of<Graph.MailFolder>)

export const IdPage = pageOf(z.object({ id: z.string() }))

export const SubjectPage = pageOf(
  z.object({ subject: z.string().nullish() } satisfies Of<Graph.Message>),
)

/** Messages as in a delta page, without its links. */
export const MessagePage = z.object({ value: z.array(z.unknown()) })

const FoundMessage = z.object({
  id: z.string(),
  parentFolderId: z.string(),
  receivedDateTime: Instant,
} satisfies Of<Graph.Message>)
export const FoundPage = pageOf(FoundMessage)

export const Subscription = z.object({
  id: z.string(),
  expirationDateTime: Instant,
} satisfies Of<Graph.Subscription>)
export type Subscription = z.infer<typeof Subscription>

export const SubscriptionPage = pageOf(
  Subscription.extend({
    resource: z.string(),
    notificationUrl: z.string().nullish(),
  } satisfies Of<Graph.Subscription>),
)

/** Application tokens may not have `mail` set on the user; the UPN is an address too for the sandbox and most tenants. */
export const User = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  mail: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
} satisfies Of<Graph.User>)

const EmailAddress = z.object({
  emailAddress: z.object({ name: z.string().nullish(), address: z.string().nullish() }),
} satisfies Of<Graph.Recipient>)

const Header = z.object({
  name: z.string().nullish(),
  value: z.string().nullish(),
} satisfies Of<Graph.InternetMessageHeader>)

const ExtendedProperty = z.object({
  id: z.string().nullish(),
  value: z.string().nullish(),
} satisfies Of<Graph.SingleValueLegacyExtendedProperty>)

export const ChangeId = z.looseObject({ id: z.string().min(1), '@removed': z.unknown().optional() })

/** The least that makes a message; a record without it is sparse (graph-contract 3.2, docs#7776). */
export const Message = z.object({
  id: z.string().min(1),
  parentFolderId: z.string(),
  receivedDateTime: Instant,
  internetMessageId: z.string().nullish(),
  sentDateTime: Instant.nullish(),
  conversationId: z.string().nullish(),
  isDraft: z.boolean().nullish(),
  isRead: z.boolean().nullish(),
  categories: z.array(z.string()).nullish(),
  internetMessageHeaders: z.array(Header).nullish(),
  subject: z.string().nullish(),
  bodyPreview: z.string().nullish(),
  body: z.object({ contentType: z.string().nullish(), content: z.string().nullish() }).nullish(),
  from: EmailAddress.nullish(),
  sender: EmailAddress.nullish(),
  toRecipients: z.array(EmailAddress).nullish(),
  ccRecipients: z.array(EmailAddress).nullish(),
  bccRecipients: z.array(EmailAddress).nullish(),
  replyTo: z.array(EmailAddress).nullish(),
  hasAttachments: z.boolean().nullish(),
} satisfies Of<Graph.Message>)
export type Message = z.infer<typeof Message>

/** What of a message its mailbox's people change; the etag names its version (graph-contract 4.1). */
export const MessageMarks = Message.pick({ isRead: true, categories: true }).extend({
  '@odata.etag': z.string().min(1),
})

/** PidTagSensitivity (MS-OXCMSG 2.2.1.13), which Graph has no property for. */
export const SENSITIVITY = 'Integer 0x36'

/** What S/MIME and rights-managed mail are told by: PidTagMessageClass and PidNameContentClass (MS-OXCMSG 2.2.1.3, 2.2.1.48). */
export const MESSAGE_CLASS = 'String 0x1A'
export const CONTENT_CLASS = 'String {00020386-0000-0000-C000-000000000046} Name content-class'

/**
 * The header line of our own that a draft carries. Exchange keeps it as a named property (PS_INTERNET_HEADERS, MS-OXPROPS
 * 1.3.2), also of what was sent, whose header lines Graph need not have.
 */
export const CHOICE = `String {00020386-0000-0000-C000-000000000046} Name ${CHOICE_HEADER}`

const extendedProperties = [SENSITIVITY, MESSAGE_CLASS, CONTENT_CLASS, CHOICE]

/** For `$expand`, beside the properties of `messageSelect`. */
export const messageExpand = `singleValueExtendedProperties($filter=${extendedProperties
  .map((id) => `id eq '${id}'`)
  .join(' or ')})`

/** A message with what `messageExpand` brings. */
export const ExpandedMessage = Message.extend({
  singleValueExtendedProperties: z.array(ExtendedProperty).nullish(),
} satisfies Of<Graph.Message>)
export type ExpandedMessage = z.infer<typeof ExpandedMessage>

const attachmentFields = {
  id: z.string().min(1),
  name: z.string().nullish(),
  contentType: z.string().nullish(),
  size: z.number().min(0).default(0),
  isInline: z.boolean().nullish(),
  contentId: z.string().nullish(),
} satisfies Of<Graph.FileAttachment>

const Attachment = z.object({ '@odata.type': z.string(), ...attachmentFields })
export type Attachment = z.infer<typeof Attachment>
export const AttachmentPage = pageOf(Attachment)

/** `contentBytes` is left out, or the list would carry all of them; `contentId` belongs to files alone (graph-contract 5). */
export const attachmentSelect = Object.keys(attachmentFields)
  .map((name) => (name === 'contentId' ? `microsoft.graph.fileAttachment/${name}` : name))
  .join(',')

export const WebLink = z.object({ webLink: z.string().nullish() } satisfies Of<Graph.Message>)

/** The message's properties, for `$select`; the page then carries bodies, and no message needs a request of its own. */
export const messageSelect = Object.keys(Message.shape).join(',')

/** What a rich notification may carry: the same without the body (graph-contract 2.4). */
export const headerSelect = Object.keys(Message.omit({ body: true }).shape).join(',')

export const foundSelect = Object.keys(FoundMessage.shape).join(',')
