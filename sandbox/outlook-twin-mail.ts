import type { Message } from '@microsoft/microsoft-graph-types'
import { bodyOf } from './graph/mail/message/message-json.ts'
import type { Mailboxes } from './graph/store/mailboxes.ts'
import { messageOf } from './graph/store/message-view.ts'
import type { FullItem, ListItem, OutlookMail, Person } from './outlook/outlook-mail.ts'

/** More would be a long scroll; the newest are what people open. */
const MOST_LISTED = 100
const NOT_LISTED = new Set(['deleteditems', 'drafts', 'outbox', 'junkemail'])

/** The twin's mail as Outlook shows it: read in process, so that Graph's request log tells of FlowCRM alone. */
export function twinMail(mailboxes: Mailboxes): OutlookMail {
  return {
    mailboxes: () =>
      mailboxes.mailboxes().map(({ address, displayName }) => ({ address, displayName })),

    async messages(address) {
      const mailbox = mailboxes.lookUp(address)
      if (!mailbox) return []
      const listed = [...mailbox.items.newestFirst()].filter(
        ({ folder }) => !NOT_LISTED.has(folder.wellKnownName ?? ''),
      )
      return listed
        .slice(0, MOST_LISTED)
        .map((item) => toListItem(messageOf(mailbox, item, 'default')))
    },

    async message(address, id) {
      const message = mailboxes.findMessage(address, id, 'default')
      if (!message) return null
      const content = await mailboxes.reader.text(mailboxes.at(address, id).item)
      const bodyHtml = bodyOf(content, 'html').content ?? ''
      return { ...toListItem(message), ...toFull(message), bodyHtml }
    },
  }
}

const toListItem = (message: Message): ListItem => ({
  id: message.id ?? '',
  subject: message.subject ?? '',
  from: message.from ? toPerson(message.from) : null,
  preview: message.bodyPreview ?? '',
  receivedAt: message.receivedDateTime ?? '',
  isDraft: message.isDraft ?? false,
})

const toFull = (message: Message): Pick<FullItem, 'internetMessageId' | 'to' | 'cc'> => ({
  internetMessageId: message.internetMessageId ?? null,
  to: (message.toRecipients ?? []).map(toPerson),
  cc: (message.ccRecipients ?? []).map(toPerson),
})

const toPerson = ({ emailAddress }: NonNullable<Message['from']>): Person => ({
  name: emailAddress?.name ?? '',
  address: emailAddress?.address ?? '',
})
