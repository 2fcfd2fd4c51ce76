import type { Recipient } from '@microsoft/microsoft-graph-types'
import { z } from 'zod'
import type { GraphRequest, GraphResponse, PathParams } from '../../http/route.ts'
import { topicOf } from '../../store/mime/conversation.ts'
import { wholeSeconds } from '../../store/delivery.ts'
import type { Item } from '../../store/item.ts'
import type { Mailbox } from '../../store/mailbox.ts'
import type { Mailboxes } from '../../store/mailboxes.ts'
import { itemEnvelope } from '../../store/message-view.ts'
import type { Content, Written } from '../../store/mime/content.ts'
import type { Envelope } from '../../store/mime/envelope.ts'
import { escapeHtml } from '../../store/mime/text.ts'
import { requestBodyOf } from '../request-body.ts'
import { bodyOf } from './message-json.ts'
import { messageInput } from './message-input.ts'
import { messageAt, messageReply } from './message-read.ts'
import { blankDraft, draftItem, patchOf, withInput } from './writing.ts'

export type ReplyKind = 'reply' | 'replyAll' | 'forward'

const replyInput = z.object({
  message: messageInput.exactOptional(),
  comment: z.string().exactOptional(),
  toRecipients: messageInput.shape.toRecipients,
})

/** 201 with a draft that answers or passes on a message (graph-contract 4.3); it stays in the conversation. */
export const createReply =
  (kind: ReplyKind) =>
  async (
    mailboxes: Mailboxes,
    request: GraphRequest,
    params: PathParams,
  ): Promise<GraphResponse> => {
    const { mailbox, item } = messageAt(mailboxes, request, params)
    const { message = {}, comment = '', toRecipients } = requestBodyOf(request, replyInput)
    const original = await mailboxes.reader.read(item)
    const now = wholeSeconds(mailboxes.clock.now())
    const answer = answerTo(mailboxes, mailbox, { item, original, kind, comment })
    const input = { ...(toRecipients ? { toRecipients } : {}), ...message }
    const draft = draftItem(withInput(answer, input, now), now, patchOf(message))
    const added = mailbox.add(mailbox.folders.wellKnown('drafts'), draft)
    return messageReply(mailboxes, request, { mailbox, item: added }, 201)
  }

type Source = { item: Item; original: Content; kind: ReplyKind; comment: string }

/** What somebody begins with who answers a message, or passes it on. */
export function answerTo(
  mailboxes: Mailboxes,
  mailbox: Mailbox,
  { item, original, kind, comment }: Source,
): Written {
  const blank = blankDraft(mailboxes, mailbox)
  const envelope = itemEnvelope(item)
  const { subject, references, internetMessageId } = envelope
  return {
    envelope: {
      ...blank.envelope,
      subject: `${kind === 'forward' ? 'FW' : 'RE'}: ${topicOf(subject)}`,
      ...(kind === 'forward' ? {} : recipientsOf(envelope, mailbox, kind)),
      references: [...references, internetMessageId],
    },
    content: {
      html: quoted(envelope, original, comment),
      attachments: kind === 'forward' ? original.attachments : [],
    },
    headers: [],
  }
}

function recipientsOf(
  { from, replyTo, toRecipients, ccRecipients }: Envelope,
  { info }: Mailbox,
  kind: ReplyKind,
): Pick<Envelope, 'toRecipients' | 'ccRecipients'> {
  const authors = replyTo.length > 0 ? replyTo : from ? [from] : []
  if (kind === 'reply') return { toRecipients: authors, ccRecipients: [] }
  const isOther = ({ emailAddress }: Recipient) =>
    emailAddress?.address?.toLowerCase() !== info.address.toLowerCase()
  return {
    toRecipients: [...authors, ...toRecipients.filter(isOther)],
    ccRecipients: ccRecipients.filter(isOther),
  }
}

/** Marked as Outlook marks it, so that `uniqueBody` knows where the quotation begins. */
function quoted({ from, subject }: Envelope, original: Content, comment: string): string {
  const author = `${from?.emailAddress?.name ?? ''} <${from?.emailAddress?.address ?? ''}>`
  const head = `<b>From:</b> ${escapeHtml(author)}<br><b>Subject:</b> ${escapeHtml(subject)}`
  const body = bodyOf(original, 'html').content ?? ''
  return `<div>${escapeHtml(comment)}</div><div id="divRplyFwdMsg">${head}</div>${body}`
}
