import { z } from 'zod'
import { GraphFault, badRequest } from '../../errors.ts'
import type { GraphRequest, GraphResponse, PathParams } from '../../http/route.ts'
import { newItem, wholeSeconds } from '../../store/delivery.ts'
import { changeKeyOf, etagOf } from '../../store/ids.ts'
import { removeItem } from '../../store/item/item-actions.ts'
import type { Item } from '../../store/item.ts'
import type { Mailbox } from '../../store/mailbox.ts'
import type { Mailboxes } from '../../store/mailboxes.ts'
import { glimpseOf } from '../../store/mime/content.ts'
import { folderFor, mailboxFor } from '../access.ts'
import { requestBodyOf } from '../request-body.ts'
import { DRAFT_ONLY, messageInput, patchInput, type MessageInput } from './message-input.ts'
import { messageAt, messageReply } from './message-read.ts'
import { blankDraft, draftItem, patchOf, withInput, writtenOf } from './writing.ts'

/** A draft, from JSON or from base64 MIME (graph-contract 4.3). */
export async function createDraft(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): Promise<GraphResponse> {
  const mailbox = mailboxFor(mailboxes, request, params.user ?? '')
  const folder = folderFor(mailbox, params.folder ?? 'drafts')
  const fields = isMime(request)
    ? await newItem({ mime: mimeIn(request), isDraft: true }, mailboxes.clock)
    : newDraft(mailboxes, mailbox, requestBodyOf(request, messageInput))
  return messageReply(mailboxes, request, { mailbox, item: mailbox.add(folder, fields) }, 201)
}

export function newDraft(mailboxes: Mailboxes, mailbox: Mailbox, input: MessageInput) {
  const now = wholeSeconds(mailboxes.clock.now())
  return draftItem(withInput(blankDraft(mailboxes, mailbox), input, now), now, patchOf(input))
}

export const isMime = ({ headers }: GraphRequest) =>
  headers['content-type']?.startsWith('text/plain') ?? false

export function mimeIn({ body }: GraphRequest): Uint8Array {
  const text = Buffer.from(body).toString('latin1').replace(/\s/g, '')
  if (text !== '' && z.base64().safeParse(text).success) return Buffer.from(text, 'base64')
  throw badRequest('Invalid base64 string for MIME content.', 'ErrorMimeContentInvalidBase64String')
}

/** A change to a message. One's own change is a change like any other: new change key, `updated` (graph-contract 9 #16). */
export async function patchMessage(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): Promise<GraphResponse> {
  const at = messageAt(mailboxes, request, params)
  const { mailbox, item } = at
  const input = requestBodyOf(request, patchInput)
  const rewrites = DRAFT_ONLY.some((name) => name in input)
  if (rewrites && !item.isDraft)
    throw badRequest('Set action is invalid for property.', 'ErrorInvalidPropertySet')
  const written = rewrites
    ? withInput(await writtenOf(mailboxes, item), input, item.modifiedAt)
    : undefined
  checkVersion(mailboxes, request, at)
  const patch = patchOf(input, item.extended)
  if (written)
    mailbox.change(item, { ...patch, source: { written }, glimpse: glimpseOf(written.content) })
  else mailboxes.patch(mailbox.userId, params.message ?? '', patch)
  return messageReply(mailboxes, request, at, 200)
}

/** 412 for a stale `If-Match`, and while Exchange is still busy with a message just arrived (graph-contract 4.3, 9 #28). */
function checkVersion(
  { clock, knobs }: Mailboxes,
  { headers }: GraphRequest,
  { mailbox, item }: { mailbox: Mailbox; item: Item },
): void {
  const expected = headers['if-match']
  const isStale =
    expected !== undefined &&
    expected !== '*' &&
    expected !== etagOf(changeKeyOf(mailbox.tag, item.changeNumber))
  const isBusy = clock.now().getTime() - item.arrivedAt < knobs.conflictWindowMs
  if (!isStale && !isBusy) return
  if (isBusy) mailbox.change(item, {})
  throw new GraphFault(
    412,
    'ErrorIrresolvableConflict',
    'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
  )
}

/** To Deleted Items, and out of there for good (graph-contract 4.3). */
export function deleteMessage(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): GraphResponse {
  const { mailbox, item } = messageAt(mailboxes, request, params)
  removeItem(mailbox, item, false)
  return { status: 204 }
}

const destination = z.object({ destinationId: z.string() })

/** 201 with the message under its new id; the old one is gone (graph-contract 4.3). */
export function moveMessage(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): Promise<GraphResponse> {
  const { mailbox, item } = messageAt(mailboxes, request, params)
  mailbox.relocate(item, folderFor(mailbox, requestBodyOf(request, destination).destinationId))
  return messageReply(mailboxes, request, { mailbox, item }, 201)
}

export function copyMessage(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): Promise<GraphResponse> {
  const { mailbox, item } = messageAt(mailboxes, request, params)
  const copy = mailbox.add(
    folderFor(mailbox, requestBodyOf(request, destination).destinationId),
    item,
  )
  return messageReply(mailboxes, request, { mailbox, item: copy }, 201)
}
