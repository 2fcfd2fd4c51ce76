import { z } from 'zod'
import { badRequest } from '../../errors.ts'
import type { GraphRequest, GraphResponse, PathParams } from '../../http/route.ts'
import { newItem } from '../../store/delivery.ts'
import type { Item } from '../../store/item.ts'
import type { Mailbox } from '../../store/mailbox.ts'
import type { Mailboxes } from '../../store/mailboxes.ts'
import { itemEnvelope } from '../../store/message-view.ts'
import { finish, toOutbox } from '../../store/sending.ts'
import { mailboxFor } from '../access.ts'
import { requestBodyOf } from '../request-body.ts'
import { messageInput } from './message-input.ts'
import { messageAt } from './message-read.ts'
import { isMime, mimeIn, newDraft } from './message-write.ts'

const sendMailInput = z.object({
  message: messageInput,
  saveToSentItems: z.boolean().default(true),
})

/** 202 with neither body nor id; the mail is in Sent Items a moment later (graph-contract 4.3). */
export function sendMessage(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): Promise<GraphResponse> {
  const { mailbox, item } = messageAt(mailboxes, request, params)
  if (!item.isDraft)
    throw badRequest('Cannot send a message that was sent.', 'ErrorInvalidOperation')
  checkRecipients(item)
  toOutbox(mailboxes, mailbox, item)
  return accepted(mailboxes, mailbox, item, true)
}

export async function sendMail(
  mailboxes: Mailboxes,
  request: GraphRequest,
  params: PathParams,
): Promise<GraphResponse> {
  const mailbox = mailboxFor(mailboxes, request, params.user ?? '')
  const asMime = isMime(request)
  const { message, saveToSentItems } = asMime
    ? { message: {}, saveToSentItems: true }
    : requestBodyOf(request, sendMailInput)
  const fields = asMime
    ? await newItem({ mime: mimeIn(request), isDraft: true }, mailboxes.clock)
    : newDraft(mailboxes, mailbox, message)
  checkRecipients(fields)
  const item = mailbox.add(mailbox.folders.wellKnown('outbox'), { ...fields, isDraft: false })
  return accepted(mailboxes, mailbox, item, saveToSentItems)
}

async function accepted(
  mailboxes: Mailboxes,
  mailbox: Mailbox,
  item: Item,
  keep: boolean,
): Promise<GraphResponse> {
  const done = finish(mailboxes, mailbox, item, keep)
  // A mail that rests in the Outbox goes on by itself; the answer does not wait for it.
  if (mailboxes.knobs.sendDelayMs === 0) await done
  return { status: 202 }
}

function checkRecipients(item: Pick<Item, 'source'>): void {
  const { toRecipients, ccRecipients, bccRecipients } = itemEnvelope(item)
  if (toRecipients.length + ccRecipients.length + bccRecipients.length > 0) return
  throw badRequest('At least one recipient is not valid.', 'ErrorInvalidRecipients')
}
