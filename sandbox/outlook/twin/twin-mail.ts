import type { Message } from '@microsoft/microsoft-graph-types'
import { bodyOf } from '../../graph/mail/message/message-json.ts'
import { attachmentJson } from '../../graph/mail/attachment/attachment-json.ts'
import type { Content } from '../../graph/store/mime/content.ts'
import { composedHeaders, headersOf } from '../../graph/store/mime/envelope.ts'
import type { Item } from '../../graph/store/item.ts'
import type { Mailbox } from '../../graph/store/mailbox.ts'
import type { Mailboxes } from '../../graph/store/mailboxes.ts'
import { itemEnvelope, lightMimeOf, messageOf } from '../../graph/store/message-view.ts'
import { personByOid } from '../../sign-in/directory.ts'
import type { FullItem, ItemAttachment, ListItem, OutlookMail } from '../outlook-mail.ts'
import { toPerson } from './person.ts'
import { twinWriting } from './twin-writing.ts'

/** More would be a long scroll; the newest are what people open. */
const MOST_LISTED = 100
const NOT_LISTED = new Set(['deleteditems', 'drafts', 'outbox', 'junkemail'])

/** The twin's mail as Outlook shows it: read in process, so that Graph's request log tells of FlowCRM alone. */
export function twinMail(mailboxes: Mailboxes): OutlookMail {
  const found = (address: string, id: string) => {
    const mailbox = mailboxes.lookUp(address)
    const item = mailbox?.findItem(id)
    return mailbox && item ? { mailbox, item } : null
  }
  return {
    mailboxes: () =>
      mailboxes.mailboxes().map(({ userId, address, displayName }) => ({
        ...{ address, displayName },
        isShared: personByOid(userId)?.kind === 'shared-mailbox',
      })),

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
      const at = found(address, id)
      if (!at) return null
      const [text, whole] = await Promise.all([
        mailboxes.reader.text(at.item),
        mailboxes.reader.read(at.item),
      ])
      const message = messageOf(at.mailbox, at.item, 'default')
      return {
        ...toListItem(message),
        ...toFull(message),
        bodyHtml: bodyOf(text, 'html').content ?? '',
        attachments: attachmentsOf(at.mailbox, at.item, whole),
        headers: headersIn(at.item),
      }
    },

    async attachment(address, id, attachmentId) {
      const at = found(address, id)
      if (!at) return null
      const content = await mailboxes.reader.read(at.item)
      const index = attachmentsOf(at.mailbox, at.item, content).findIndex(
        (one) => one.id === attachmentId,
      )
      return content.attachments[index]?.bytes ?? null
    },

    async archive(address, id) {
      return found(address, id) && mailboxes.move(address, id, 'archive').defaultId
    },

    write: twinWriting(mailboxes),
  }
}

const toListItem = (message: Message): ListItem => ({
  id: message.id ?? '',
  subject: message.subject ?? '',
  from: message.from ? toPerson(message.from) : null,
  preview: message.bodyPreview ?? '',
  receivedAt: message.receivedDateTime ?? '',
  isDraft: message.isDraft ?? false,
  isRead: message.isRead ?? true,
  hasAttachments: message.hasAttachments ?? false,
})

const toFull = (message: Message) => ({
  internetMessageId: message.internetMessageId ?? null,
  conversationId: message.conversationId ?? '',
  categories: message.categories ?? [],
  to: (message.toRecipients ?? []).map(toPerson),
  cc: (message.ccRecipients ?? []).map(toPerson),
  bcc: (message.bccRecipients ?? []).map(toPerson),
})

const KINDS = { file: 'file', item: 'item', reference: 'cloud' } as const

function attachmentsOf(mailbox: Mailbox, item: Item, content: Content): ItemAttachment[] {
  return content.attachments.map(({ kind, contentType, isInline, contentId }, index) => {
    const look = { index, idType: 'default' as const, withBytes: false }
    const { id = '', name, size } = attachmentJson(mailbox, item, content, look)
    return {
      ...{ id, name: name ?? '', size: size ?? 0, isInline, contentType, kind: KINDS[kind] },
      contentId: contentId ?? null,
    }
  })
}

function headersIn(item: Item): NonNullable<FullItem['headers']> {
  const lines =
    'mime' in item.source
      ? headersOf(lightMimeOf(item.source))
      : [...composedHeaders(itemEnvelope(item)), ...item.source.written.headers]
  return lines.map(({ name, value }) => ({ name: name ?? '', value: value ?? '' }))
}
