import type { Message } from '@microsoft/microsoft-graph-types'
import { GraphFault, badRequest, itemNotFound } from '../../errors.ts'
import type { GraphRequest, GraphResponse, PathParams } from '../../http/route.ts'
import { parseId } from '../../store/ids.ts'
import type { Item } from '../../store/item.ts'
import type { Mailbox } from '../../store/mailbox.ts'
import type { Mailboxes } from '../../store/mailboxes.ts'
import { contentOf, type Content, type StoredAttachment } from '../../store/mime/content.ts'
import { attachmentJson, type WireAttachment } from './attachment-json.ts'
import { requestBodyOf } from '../request-body.ts'
import { MAX_POSTED_ATTACHMENT_BYTES } from '../limits.ts'
import { attachmentInput } from '../message/message-input.ts'
import { messageAt } from '../message/message-read.ts'
import { nestedMessage } from './nested-message.ts'
import { allowOptions } from '../odata/paging.ts'
import { ATTACHMENT_PROPERTIES, parseSelect } from '../odata/select.ts'
import { pick } from '../message/message-json.ts'
import { preferencesOf } from '../preferences.ts'
import { storedAttachment } from '../message/writing.ts'

const NESTED = /^microsoft\.graph\.itemattachment\/item$/i

type At = { mailbox: Mailbox; item: Item; content: Content }

async function contentAt(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): Promise<At> {
  allowOptions(request.query, ['$select', '$expand'])
  const at = messageAt(mailboxes, request, params)
  return { ...at, content: await mailboxes.reader.read(at.item) }
}

/** All attachments with their bytes, unless `$select` leaves those out (graph-contract 5). */
export async function listAttachments(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): Promise<GraphResponse> {
  const at = await contentAt(mailboxes, request, params)
  const value = await Promise.all(
    at.content.attachments.map((_, index) => shown(request, at, index)),
  )
  const context = `${request.origin}/v1.0/$metadata#users('${at.mailbox.userId}')/messages('${params.message ?? ''}')/attachments`
  return {
    status: 200,
    headers: preferencesOf(request).applied,
    body: { '@odata.context': context, value },
  }
}

export async function getAttachment(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): Promise<GraphResponse> {
  const at = await contentAt(mailboxes, request, params)
  const body = await shown(request, at, indexOf(at, params.attachment ?? ''))
  return { status: 200, headers: preferencesOf(request).applied, body }
}

/** Raw bytes of a file, MIME of a message; a cloud link has none to give (graph-contract 5). */
export async function getAttachmentValue(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): Promise<GraphResponse> {
  const at = await contentAt(mailboxes, request, params)
  const attachment = at.content.attachments[indexOf(at, params.attachment ?? '')]
  if (!attachment) throw itemNotFound()
  if (attachment.kind === 'reference') {
    throw new GraphFault(405, 'ErrorInvalidOperation', 'Reference attachments have no content.')
  }
  return {
    status: 200,
    headers: { 'content-type': valueType(attachment) },
    bytes: attachment.streamed?.open() ?? attachment.bytes,
  }
}

const valueType = ({ kind, contentType }: StoredAttachment) =>
  kind === 'item' ? 'text/plain' : contentType

/** Small attachments at once; from 3 MB on only by upload session (graph-contract 5). */
export async function postAttachment(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): Promise<GraphResponse> {
  const { mailbox, item } = messageAt(mailboxes, request, params)
  const attachment = storedAttachment(
    requestBodyOf(request, attachmentInput),
    mailboxes.clock.now().getTime(),
  )
  if (attachment.bytes.byteLength >= MAX_POSTED_ATTACHMENT_BYTES) {
    throw new GraphFault(
      413,
      'RequestEntityTooLarge',
      'The attachment is too large for one request.',
    )
  }
  const index = await mailboxes.attach(mailbox.userId, params.message ?? '', attachment)
  const content = await mailboxes.reader.read(item)
  return { status: 201, body: await shown(request, { mailbox, item, content }, index) }
}

function indexOf({ mailbox, item, content }: At, id: string): number {
  const parsed = parseId(id)
  if (!parsed) throw badRequest('Id is malformed.', 'ErrorInvalidIdMalformed')
  const { kind, tag, serial, attachment } = parsed
  const isOfItem = kind !== 'folder' && tag === mailbox.tag && serial === item[kind]
  if (!isOfItem || attachment === undefined || attachment >= content.attachments.length)
    throw itemNotFound()
  return attachment
}

async function shown(
  request: GraphRequest,
  { mailbox, item, content }: At,
  index: number,
): Promise<Partial<WireAttachment>> {
  const { idType, bodyType } = preferencesOf(request)
  const expand = request.query.get('$expand')
  if (expand !== null && !NESTED.test(expand))
    throw badRequest(`$expand=${expand} is not supported.`)
  const attachment = content.attachments[index]
  const opened =
    expand !== null && attachment?.kind === 'item' ? await opensTo(attachment, bodyType) : undefined
  const select = parseSelect(request.query.get('$select'), ATTACHMENT_PROPERTIES)
  const whole = attachmentJson(mailbox, item, content, {
    ...{ index, idType, withBytes: select?.has('contentBytes') ?? true },
    ...(opened ? { nested: opened } : {}),
  })
  return select ? pick(whole, new Set(['@odata.type', ...select])) : whole
}

const opensTo = async (
  { bytes, modifiedAt }: StoredAttachment,
  bodyType: 'html' | 'text',
): Promise<Message> => nestedMessage(bytes, await contentOf(bytes, modifiedAt), bodyType)
