import type * as Graph from '@microsoft/microsoft-graph-types'
import { z } from 'zod'

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

export const ChangeId = z.looseObject({ id: z.string().min(1), '@removed': z.unknown().optional() })

/** The least that makes a message; a record without it is sparse (graph-contract 3.2, docs#7776). */
export const Message = z.object({
  id: z.string().min(1),
  parentFolderId: z.string(),
  receivedDateTime: Instant,
  internetMessageId: z.string().nullish(),
  sentDateTime: Instant.nullish(),
  isDraft: z.boolean().nullish(),
  subject: z.string().nullish(),
  bodyPreview: z.string().nullish(),
  body: z.object({ contentType: z.string().nullish(), content: z.string().nullish() }).nullish(),
  from: EmailAddress.nullish(),
  toRecipients: z.array(EmailAddress).nullish(),
  ccRecipients: z.array(EmailAddress).nullish(),
  hasAttachments: z.boolean().nullish(),
} satisfies Of<Graph.Message>)
export type Message = z.infer<typeof Message>

/** The properties above, for `$select`; the page then carries bodies, and no message needs a request of its own. */
export const messageSelect = Object.keys(Message.shape).join(',')

/** What a rich notification may carry: the same without the body (graph-contract 2.4). */
export const headerSelect = Object.keys(Message.omit({ body: true }).shape).join(',')

export const foundSelect = Object.keys(FoundMessage.shape).join(',')
