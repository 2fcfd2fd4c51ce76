import { answerTo } from '../../graph/mail/message/message-reply.ts'
import type { MessageInput } from '../../graph/mail/message/message-input.ts'
import { bodyOf } from '../../graph/mail/message/message-json.ts'
import { blankDraft, draftItem, withInput, writtenOf } from '../../graph/mail/message/writing.ts'
import { wholeSeconds } from '../../graph/store/delivery.ts'
import type { Mailbox } from '../../graph/store/mailbox.ts'
import type { Mailboxes } from '../../graph/store/mailboxes.ts'
import { refOf } from '../../graph/store/message-view.ts'
import { glimpseOf, type Written } from '../../graph/store/mime/content.ts'
import type { DraftFields, DraftStart, MailWriting } from '../outlook-mail.ts'
import { toPerson, toRecipient } from './person.ts'

/** Drafts in the twin's mailboxes: what Outlook does when somebody writes, so that FlowCRM sees it come. */
export function twinWriting(mailboxes: Mailboxes): MailWriting {
  const blank = async (mailbox: Mailbox, start: DraftStart): Promise<Written | null> => {
    if (start.kind === 'new') return blankDraft(mailboxes, mailbox)
    const item = mailbox.findItem(start.to)
    if (!item) return null
    const original = await mailboxes.reader.read(item)
    return answerTo(mailboxes, mailbox, { item, original, kind: start.kind, comment: '' })
  }
  const now = () => wholeSeconds(mailboxes.clock.now())
  return {
    async begin(address, start) {
      const mailbox = mailboxes.lookUp(address)
      const written = mailbox && (await blank(mailbox, start))
      return written ? fieldsOf(written) : null
    },

    async save(address, id, { start, ...fields }) {
      const mailbox = mailboxes.lookUp(address)
      const item = id === null ? undefined : mailbox?.findItem(id)
      if (!mailbox || (id !== null && !item?.isDraft)) return null
      const before = item ? await writtenOf(mailboxes, item) : await blank(mailbox, start)
      if (!before) return null
      const written = withInput(before, inputOf(fields), now())
      if (item) mailbox.change(item, { source: { written }, glimpse: glimpseOf(written.content) })
      const kept =
        item ?? mailbox.add(mailbox.folders.wellKnown('drafts'), draftItem(written, now()))
      return { id: refOf(mailbox, kept).defaultId }
    },

    async send(address, id) {
      if (!mailboxes.lookUp(address)?.findItem(id)?.isDraft) return false
      await mailboxes.sendDraft(address, id)
      return true
    },
  }
}

function fieldsOf({ envelope, content }: Written): DraftFields {
  const { toRecipients, ccRecipients, bccRecipients, subject } = envelope
  return {
    to: toRecipients.map(toPerson),
    cc: ccRecipients.map(toPerson),
    bcc: bccRecipients.map(toPerson),
    subject,
    bodyHtml: bodyOf(content, 'html').content ?? '',
    headers: {},
  }
}

const inputOf = ({ to, cc, bcc, subject, bodyHtml, headers }: DraftFields): MessageInput => ({
  toRecipients: to.map(toRecipient),
  ccRecipients: cc.map(toRecipient),
  bccRecipients: bcc.map(toRecipient),
  subject,
  body: { contentType: 'html', content: bodyHtml },
  internetMessageHeaders: Object.entries(headers).map(([name, value]) => ({ name, value })),
})
