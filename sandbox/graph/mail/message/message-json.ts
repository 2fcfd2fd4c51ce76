import type {
  EventMessage,
  ItemBody,
  MeetingMessageType,
  Message,
} from '@microsoft/microsoft-graph-types'
import { etagOf } from '../../store/ids.ts'
import type { Item } from '../../store/item.ts'
import type { IdType } from '../../store/mail-store.ts'
import type { Mailbox } from '../../store/mailbox.ts'
import type { Mailboxes } from '../../store/mailboxes.ts'
import { itemEnvelope, lightMimeOf, messageOf } from '../../store/message-view.ts'
import type { Content } from '../../store/mime/content.ts'
import { composedHeaders, headersOf } from '../../store/mime/envelope.ts'
import { htmlOfText, textOfHtml, uniqueHtmlOf, uniqueTextOf } from '../../store/mime/text.ts'
import { attachmentJson } from '../attachment/attachment-json.ts'
import { extendedOf } from './extended-properties.ts'
import type { Expand } from '../odata/expand.ts'
import { BEYOND_BASIC, DEFAULT_PROPERTIES, type MessageProperty } from '../odata/select.ts'

/** How a caller wants to see messages. */
export type MessageLook = {
  idType: IdType
  bodyType: 'html' | 'text'
  select?: ReadonlySet<MessageProperty>
  expand: Expand
  basicsOnly: boolean
}

/** A message on the wire: Graph's type and the annotations around it. */
export type WireMessage = Message & {
  '@odata.context'?: string
  '@odata.type'?: string
  '@odata.etag': string
}

/** Showing these opens the MIME: the first two always, the others until somebody has. */
const INSIDE: readonly MessageProperty[] = ['body', 'uniqueBody']
const GLIMPSED: readonly MessageProperty[] = ['bodyPreview', 'hasAttachments']

/** A message as this caller sees it; its MIME is opened only when something asked for is inside. */
export async function messageJson(
  { reader }: Pick<Mailboxes, 'reader'>,
  mailbox: Mailbox,
  item: Item,
  look: MessageLook,
): Promise<WireMessage> {
  const shown = shownProperties(look)
  const wanted = item.glimpse ? INSIDE : [...INSIDE, ...GLIMPSED]
  const inside = look.expand.attachments || wanted.some((name) => shown.has(name))
  const open = () => (look.expand.attachments ? reader.read(item) : reader.text(item))
  const content = inside ? await open() : undefined
  const whole: Message = {
    ...messageOf(mailbox, item, look.idType, shown),
    ...(content && shown.has('body') ? { body: bodyOf(content, look.bodyType) } : {}),
    ...(content && shown.has('uniqueBody')
      ? { uniqueBody: uniqueBodyOf(content, look.bodyType) }
      : {}),
    ...(shown.has('internetMessageHeaders') ? { internetMessageHeaders: headerLinesOf(item) } : {}),
  }
  return {
    ...meetingAnnotation(item),
    '@odata.etag': etagOf(whole.changeKey ?? ''),
    ...pick(whole, shown),
    ...meetingType(item),
    ...(look.expand.extended.length > 0 && !look.basicsOnly ? extendedJson(item, look) : {}),
    ...(content && look.expand.attachments && !look.basicsOnly
      ? {
          attachments: content.attachments.map((_, index) =>
            attachmentJson(mailbox, item, content, { index, ...look }),
          ),
        }
      : {}),
  }
}

function shownProperties({ select, basicsOnly }: MessageLook): ReadonlySet<string> {
  const wanted: ReadonlySet<string> = select ?? DEFAULT_PROPERTIES
  if (!basicsOnly) return wanted
  const hidden: readonly string[] = BEYOND_BASIC
  return new Set([...wanted].filter((name) => !hidden.includes(name)))
}

export const pick = <T extends object>(whole: T, names: ReadonlySet<string>): Partial<T> =>
  Object.fromEntries(Object.entries(whole).filter(([name]) => names.has(name))) as Partial<T>

/** HTML unless text is asked for, whatever the mail itself holds (graph-contract 4.1). */
export function bodyOf({ html, text }: Content, contentType: 'html' | 'text'): ItemBody {
  const content =
    contentType === 'html' ? (html ?? htmlOfText(text ?? '')) : (text ?? textOfHtml(html ?? ''))
  return { contentType, content }
}

function uniqueBodyOf(content: Content, contentType: 'html' | 'text'): ItemBody {
  const unique = contentType === 'html' ? uniqueHtmlOf : uniqueTextOf
  return { contentType, content: unique(bodyOf(content, contentType).content ?? '') }
}

const headerLinesOf = (item: Item) =>
  'mime' in item.source
    ? headersOf(lightMimeOf(item.source))
    : [...composedHeaders(itemEnvelope(item)), ...item.source.written.headers]

function extendedJson(
  item: Item,
  { expand }: MessageLook,
): Pick<Message, 'singleValueExtendedProperties'> {
  const found = extendedOf(item, expand.extended)
  return found.length > 0 ? { singleValueExtendedProperties: found } : {}
}

const MEETING_TYPES: Record<string, MeetingMessageType> = {
  REQUEST: 'meetingRequest',
  CANCEL: 'meetingCancelled',
  REPLY: 'meetingAccepted',
}

/** Mail with a calendar part is an eventMessage; lists mix them with plain messages. */
function meetingAnnotation({ glimpse }: Item): { '@odata.type'?: string } {
  if (!glimpse?.calendarMethod) return {}
  const isRequest = glimpse.calendarMethod === 'REQUEST'
  return { '@odata.type': `#microsoft.graph.eventMessage${isRequest ? 'Request' : ''}` }
}

const meetingType = ({ glimpse }: Item): Pick<EventMessage, 'meetingMessageType'> =>
  glimpse?.calendarMethod
    ? { meetingMessageType: MEETING_TYPES[glimpse.calendarMethod] ?? 'none' }
    : {}
