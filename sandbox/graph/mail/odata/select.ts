import type {
  EventMessage,
  FileAttachment,
  MailFolder,
  Message,
} from '@microsoft/microsoft-graph-types'
import { badRequest } from '../../errors.ts'

/** Shown only when selected (graph-contract 4.1). */
const ON_REQUEST = ['uniqueBody', 'internetMessageHeaders'] as const

/** Hidden from `Mail.ReadBasic` (graph-contract 4.1). */
export const BEYOND_BASIC = [
  'body',
  'bodyPreview',
  'uniqueBody',
  'attachments',
  'extensions',
  'singleValueExtendedProperties',
  'multiValueExtendedProperties',
] as const satisfies readonly (keyof Message)[]

export const MESSAGE_PROPERTIES = [
  'id',
  'createdDateTime',
  'lastModifiedDateTime',
  'changeKey',
  'categories',
  'receivedDateTime',
  'sentDateTime',
  'hasAttachments',
  'internetMessageId',
  'subject',
  'bodyPreview',
  'importance',
  'parentFolderId',
  'conversationId',
  'conversationIndex',
  'isDeliveryReceiptRequested',
  'isReadReceiptRequested',
  'isRead',
  'isDraft',
  'webLink',
  'inferenceClassification',
  'body',
  'sender',
  'from',
  'toRecipients',
  'ccRecipients',
  'bccRecipients',
  'replyTo',
  'flag',
  ...ON_REQUEST,
] as const satisfies readonly (keyof Message)[]

export type MessageProperty = (typeof MESSAGE_PROPERTIES)[number]

export const DEFAULT_PROPERTIES: ReadonlySet<MessageProperty> = new Set(
  MESSAGE_PROPERTIES.filter((name) => !(ON_REQUEST as readonly string[]).includes(name)),
)

/** Of a meeting message alone; anybody may select it by its casted name. */
const MEETING_PROPERTY = 'meetingMessageType' satisfies keyof EventMessage

export const FOLDER_PROPERTIES = [
  'id',
  'displayName',
  'parentFolderId',
  'childFolderCount',
  'unreadItemCount',
  'totalItemCount',
  'isHidden',
] as const satisfies readonly (keyof MailFolder)[]

export const ATTACHMENT_PROPERTIES = [
  'id',
  'name',
  'contentType',
  'size',
  'isInline',
  'lastModifiedDateTime',
  'contentId',
  'contentBytes',
] as const satisfies readonly (keyof FileAttachment)[]

/** The properties `$select` names, `id` always among them; a name nobody knows is an error and never ignored. */
export function parseSelect<Name extends string>(
  text: string | null,
  known: readonly Name[],
): ReadonlySet<Name> | undefined {
  if (text === null || text.trim() === '') return undefined
  const byLowerCase = new Map(known.map((name) => [name.toLowerCase(), name]))
  const names = text.split(',').flatMap((part) => {
    const asked = part.trim().split('/').at(-1) ?? ''
    if (asked === MEETING_PROPERTY) return []
    const name = byLowerCase.get(asked.toLowerCase())
    if (!name)
      throw badRequest(`Could not find a property named '${asked}'.`, 'RequestBroker--ParseUri')
    return [name]
  })
  return new Set([...known.filter((name) => name === 'id'), ...names])
}
