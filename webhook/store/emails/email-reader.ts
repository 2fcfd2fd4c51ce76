import type { Connection } from 'mongoose'
import {
  emailModel,
  viasOf,
  type Email,
  type EmailHead,
  type StoredEmail,
} from '../../../models/email.ts'
import type { EmailState } from '../../../models/wire/email.ts'
import type { MailProvider } from '../../../models/wire/mailbox.ts'
import { MOST_COUNTED } from '../../../models/wire/pane/limits.ts'
import type { Vault } from '../../keys/vault.ts'
import { emailIdOf, openEmail, openHead } from '../sealed-email.ts'

export type PageRequest = { limit: number; before: { receivedAt: Date; id: string } | null }

/** Which e-mails one person may see: those with a sighting of theirs, and matched ones of mailboxes that share. */
export type Reader = {
  workspaceId: string
  userId: string
  mailboxId?: string
  sharedMailboxIds?: string[]
  /** Seen there, as far as this person may know. */
  provider?: MailProvider
  /** Of one contact alone. */
  contactId?: string
  /** Of one conversation alone, or of all but that one. */
  threadId?: string
  butThreadId?: string
  state?: EmailState
  /** Received then or later, and before. */
  receivedFrom?: Date
  receivedUntil?: Date
}

/** How the message open in Outlook can be named; `sightingKey`: as that sighting alone. */
export type OpenNames = {
  messageIdKey: string | null
  itemId: string | null
  sightingKey?: string
}

const WITHOUT_BODY = { 'sealed.fields.body': 0 } as const

/** Reading e-mails: opened here, and nowhere else. */
export class EmailReader {
  protected readonly emails
  protected readonly vault: Vault

  constructor({ db, vault }: { db: Connection; vault: Vault }) {
    this.emails = emailModel(db)
    this.vault = vault
  }

  /** In which folder each sighting of these e-mails was seen, by its key. */
  async seenIn(emailIds: string[]): Promise<Map<string, string | null>> {
    if (emailIds.length === 0) return new Map()
    const there = await this.emails
      .find({ _id: { $in: emailIds } })
      .select({ 'sightings.key': 1, 'sightings.folderId': 1 })
      .lean()
    return new Map(
      there.flatMap(({ sightings }) => sightings.map(({ key, folderId }) => [key, folderId])),
    )
  }

  async find(_id: string): Promise<Email | null> {
    const found = await this.emails.findOne({ _id }).lean()
    return found && openEmail(await this.vault.of(found.workspaceId), found)
  }

  async findMany(ids: string[]): Promise<EmailHead[]> {
    if (ids.length === 0) return []
    return this.openHeads(
      await this.emails
        .find({ _id: { $in: ids } })
        .select(WITHOUT_BODY)
        .sort({ receivedAt: 1 })
        .lean(),
    )
  }

  async findByIdentity(workspaceId: string, identity: string): Promise<Email | null> {
    return this.find(emailIdOf(workspaceId, identity))
  }

  /** The message open in Outlook, by either of its names, among the e-mails this person has a sighting of. */
  async findOpen(
    { workspaceId, userId }: Reader,
    { messageIdKey, itemId, sightingKey }: OpenNames,
  ): Promise<EmailHead | null> {
    const names = [
      ...(messageIdKey === null ? [] : [{ messageIdKey }]),
      ...(itemId === null ? [] : [{ 'sightings.messageId': itemId }]),
    ]
    const seenAs = sightingKey === undefined ? {} : { 'sightings.key': sightingKey }
    const found = await this.emails
      .find({ workspaceId, 'sightings.ownerUserId': userId, ...seenAs, $or: names })
      .select(WITHOUT_BODY)
      .limit(1)
      .lean()
    const [email = null] = await this.openHeads(found)
    return email
  }

  async page(reader: Reader, { limit, before }: PageRequest): Promise<EmailHead[]> {
    return this.openHeads(
      await this.emails
        .find(before ? { $and: [visibleTo(reader), olderThan(before)] } : visibleTo(reader))
        .select(WITHOUT_BODY)
        .sort({ receivedAt: -1, _id: -1 })
        .limit(limit)
        .lean(),
    )
  }

  /** Up to `most` and one. */
  async count(reader: Reader, most = MOST_COUNTED): Promise<number> {
    return this.emails.countDocuments(visibleTo(reader), { limit: most + 1 })
  }

  private async openHeads(found: StoredEmail[]): Promise<EmailHead[]> {
    const keys = await this.vault.ofAll(found.map(({ workspaceId }) => workspaceId))
    return found.map((email) => openHead(keys(email.workspaceId), email))
  }
}

/** The filter for what they may see of what they ask for. */
export const visibleTo = (reader: Reader) => {
  const narrowing = [...seenThrough(reader), ...inState(reader), ...receivedIn(reader)]
  const seen = seenBy(reader)
  return narrowing.length > 0 ? { $and: [seen, ...narrowing] } : seen
}

/** By a sighting that lets them see it: in which mailboxes others have it is not theirs to know. */
function seenThrough({ provider, userId, mailboxId, sharedMailboxIds = [] }: Reader) {
  if (!provider) return []
  const via = { $in: viasOf[provider] }
  const own = { ownerUserId: userId, ...(mailboxId && { mailboxId }) }
  const shared = sharedMailboxIds.filter((id) => id === (mailboxId ?? id))
  return [
    {
      $or: [
        { sightings: { $elemMatch: { ...own, via } } },
        ...(shared.length > 0
          ? [{ sightings: { $elemMatch: { mailboxId: { $in: shared }, via } } }]
          : []),
      ],
    },
  ]
}

/** Of a person's own copies, where it is about a copy: a colleague's reading is not theirs to know. */
function inState({ state, userId: ownerUserId, mailboxId }: Reader) {
  const own = { ownerUserId, ...(mailboxId && { mailboxId }) }
  switch (state) {
    case 'unread':
      return [{ sightings: { $elemMatch: { ...own, isRead: false, goneAt: null } } }]
    case 'gone':
      return [{ sightings: { $elemMatch: { ...own, goneAt: { $ne: null } } } }]
    case 'with-attachments':
      return [{ hasAttachments: true }]
    case 'by-hand':
      return [{ sightings: { $elemMatch: { ...own, via: 'add-in' } } }]
    case 'no-contact':
      return [{ contactIds: { $size: 0 } }]
    default:
      return []
  }
}

const receivedIn = ({ receivedFrom, receivedUntil }: Reader) => [
  ...(receivedFrom ? [{ receivedAt: { $gte: receivedFrom } }] : []),
  ...(receivedUntil ? [{ receivedAt: { $lt: receivedUntil } }] : []),
]

function seenBy(reader: Reader) {
  const { workspaceId, userId, mailboxId, sharedMailboxIds = [] } = reader
  const { contactId, threadId, butThreadId } = reader
  const own = { 'sightings.ownerUserId': userId }
  const shared = {
    'sightings.mailboxId': { $in: sharedMailboxIds },
    contactIds: { $gt: '' },
    isFiledOnly: { $ne: true },
  }
  return {
    workspaceId,
    ...(mailboxId && { 'sightings.mailboxId': mailboxId }),
    ...(contactId && { contactIds: contactId }),
    ...(threadId && { threadId }),
    ...(butThreadId && { threadId: { $ne: butThreadId } }),
    ...(sharedMailboxIds.length > 0 ? { $or: [own, shared] } : own),
  }
}

const olderThan = ({ receivedAt, id }: { receivedAt: Date; id: string }) => ({
  $or: [{ receivedAt: { $lt: receivedAt } }, { receivedAt, _id: { $lt: id } }],
})
