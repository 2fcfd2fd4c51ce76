import type { Party } from '../../models/wire/email.ts'
import { MAX_BODY_CHARS } from '../../models/wire/pane/limits.ts'
import { createDraft, type ComposeItem, type Draft } from './compose.ts'
import { OfficeError } from './errors.ts'
import type { OfficeCall } from './host.ts'
import { createMeeting, type OpenMeeting } from './meeting.ts'
import { ownerOf, partiesOf, partyOf } from './parties.ts'
import { isMobile } from './requirements.ts'

/** The open message, as read at one moment. */
export type OpenMessage = {
  /** Graph (REST) id; absent where Outlook gives none. */
  itemId?: string
  /** RFC 5322 Message-ID; Outlook may not have it yet. */
  internetMessageId?: string
  /** As Outlook spells it; absent where it gives none. */
  conversationId?: string
  /** The mailbox it lies in: the user's own, or a shared one. */
  mailboxAddress: string
  subject: string
  from: Party | null
  to: Party[]
  cc: Party[]
  /** ISO time; Outlook tells add-ins when the item was created, which for mail is when it was sent or arrived. */
  sentAt: string | null
  /** As the sender has attached them; pictures that stand in the text are inline. */
  attachments: OpenAttachment[]
  /** Reads the body as HTML; rejects when another message is open by then, or it is longer than we take. */
  readBodyHtml: () => Promise<string>
}

/** `size` in bytes, as Outlook tells it. */
export type OpenAttachment = { name: string; size: number; isInline: boolean }

export type OpenItem =
  | { kind: 'none' }
  /** Without `draft`: it does not tell whom it is to. */
  | { kind: 'draft'; draft?: Draft }
  /** Without `meeting`: it is nothing that can be logged. */
  | { kind: 'not-mail'; meeting?: OpenMeeting }
  | { kind: 'message'; message: OpenMessage }

/** What may be there of the many shapes `mailbox.item` has; nothing in it is taken for granted. */
type ReadItem = Partial<Office.MessageRead> &
  Pick<Office.MessageRead, 'itemId' | 'subject' | 'body'>

/** Reads whatever is open now. */
export async function readOpenItem(office: typeof Office, call: OfficeCall): Promise<OpenItem> {
  const { mailbox } = office.context
  const item = mailbox.item as ReadItem | null | undefined
  if (!item) return { kind: 'none' }
  if (item.itemType !== office.MailboxEnums.ItemType.Message) {
    const meeting = createMeeting(office.context, item, call)
    return { kind: 'not-mail', ...(meeting && { meeting }) }
  }
  // In compose the plain properties are objects with getAsync (outlook-addin 2.2).
  if (typeof item.subject !== 'string') {
    const draft = createDraft(office, item as unknown as ComposeItem, call)
    return { kind: 'draft', ...(draft && { draft }) }
  }
  return { kind: 'message', message: await readMessage(office, item, call) }
}

async function readMessage(
  office: typeof Office,
  item: ReadItem,
  call: OfficeCall,
): Promise<OpenMessage> {
  const { mailbox } = office.context
  const mailboxAddress = await ownerOf(mailbox, item, call)
  const { itemId } = item
  // Without any id the CRM cannot be asked about it (outlook-addin 2.5: both may be missing for a moment).
  if (!itemId && !item.internetMessageId) throw new OfficeError('outlook-failed')
  return {
    ...(itemId ? { itemId: toRestId(mailbox, itemId) } : {}),
    ...(item.internetMessageId ? { internetMessageId: item.internetMessageId } : {}),
    ...(item.conversationId ? { conversationId: item.conversationId } : {}),
    mailboxAddress,
    subject: item.subject,
    from: partyOf(item.from),
    to: partiesOf(item.to),
    cc: partiesOf(item.cc),
    sentAt: item.dateTimeCreated?.toISOString() ?? null,
    attachments: (item.attachments ?? []).map(({ name, size, isInline }) => {
      return { name, size, isInline }
    }),
    readBodyHtml: async () => {
      const html = await call<string>((done) => item.body.getAsync(office.CoercionType.Html, done))
      if (identityOf(mailbox) !== itemId) throw new OfficeError('message-changed')
      if (html.length > MAX_BODY_CHARS) throw new OfficeError('message-too-long')
      return html
    },
  }
}

/** Outlook's own id of what is open: changes when, and only when, another item is. */
export function identityOf(mailbox: Office.Mailbox): string | null {
  return (mailbox.item as ReadItem | null | undefined)?.itemId ?? null
}

/** Desktop and web give EWS ids; Graph wants the REST form (outlook-addin 2.5). */
function toRestId(mailbox: Office.Mailbox, itemId: string): string {
  if (isMobile(mailbox)) return itemId
  return mailbox.convertToRestId(itemId, 'v2.0')
}
