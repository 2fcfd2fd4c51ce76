import type { GraphRequest, GraphResponse, PathParams } from '../../http/route.ts'
import type { Item } from '../../store/item.ts'
import type { Mailbox } from '../../store/mailbox.ts'
import type { Mailboxes } from '../../store/mailboxes.ts'
import { folderFor, itemFor, mailboxFor } from '../access.ts'
import { listMessages, lookOf } from './message-list.ts'
import { messageJson } from './message-json.ts'
import { allowOptions } from '../odata/paging.ts'
import { preferencesOf } from '../preferences.ts'

/** Where a path leads: the mailbox, and the message in it. */
export function messageAt(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): { mailbox: Mailbox; item: Item } {
  const mailbox = mailboxFor(mailboxes, request, params.user ?? '')
  const folder = params.folder === undefined ? undefined : folderFor(mailbox, params.folder)
  return { mailbox, item: itemFor(mailbox, params.message ?? '', folder) }
}

export function messageList(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): Promise<GraphResponse> {
  const mailbox = mailboxFor(mailboxes, request, params.user ?? '')
  const items =
    params.folder === undefined ? mailbox.items : folderFor(mailbox, params.folder).items
  return listMessages(mailboxes, request, { mailbox, items })
}

/** A message as it is now, whatever it was when somebody was notified (graph-contract 2.1). */
export async function getMessage(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): Promise<GraphResponse> {
  allowOptions(request.query, ['$select', '$expand'])
  return messageReply(mailboxes, request, messageAt(mailboxes, request, params), 200)
}

/** A whole message as a reply of its own. */
export async function messageReply(
  mailboxes: Mailboxes,
  request: GraphRequest,
  { mailbox, item }: { mailbox: Mailbox; item: Item },
  status: 200 | 201,
): Promise<GraphResponse> {
  const message = await messageJson(mailboxes, mailbox, item, lookOf(request))
  const context = `${request.origin}/v1.0/$metadata#users('${mailbox.userId}')/messages/$entity`
  return {
    status,
    headers: preferencesOf(request).applied,
    body: { '@odata.context': context, ...message },
  }
}

/** The mail as MIME (graph-contract 4.1). */
export async function getMime(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): Promise<GraphResponse> {
  const { item } = messageAt(mailboxes, request, params)
  return {
    status: 200,
    headers: { 'content-type': 'text/plain' },
    bytes: await mailboxes.reader.mime(item),
  }
}
