import { Schema, type Connection } from 'mongoose'
import type { MailProvider } from './wire/mailbox.ts'
import { bySealedVersion, sealed, type Sealed } from './keys/sealed.ts'

export type Party = { name: string; address: string }

/** Where the e-mail was seen. `key` names the sighting, so that seeing it again adds nothing. */
export type Sighting = {
  key: string
  via: 'sync' | 'add-in'
  mailboxId: string | null
  folderId: string | null
  /** The provider's immutable id in that mailbox. */
  messageId: string | null
  /** Who may see the e-mail because of this sighting. */
  ownerUserId: string
  since: Date
  /** Since when its message is no longer in that mailbox; none or null: it is there, as far as is known. */
  goneAt?: Date | null
  /** Of a mailbox that is known by its address alone: it was logged from there by hand. */
  mailboxAddress: string | null
  /** Who logged it by hand. */
  byName: string | null
  /** As that mailbox has it; null: not known. */
  isRead: boolean | null
  /** What its people have marked it with there. */
  categories: string[]
  /** What was chosen before it was sent; none: nothing. */
  chosen?: { log: boolean; track: boolean }
}

/** How mail is seen in each provider: the mailboxes that are read are all of Outlook, and so is the add-in. */
export const viasOf: Record<MailProvider, readonly Sighting['via'][]> = {
  outlook: ['sync', 'add-in'],
}

/** What a sighting has sealed: under the e-mail's data key, as one. */
export type SightingDetails = Pick<Sighting, 'mailboxAddress' | 'byName' | 'categories'>

/** `details` is null where there are none. */
export type StoredSighting = Omit<Sighting, keyof SightingDetails> & { details: Buffer | null }

/** What the message says of itself; sealed as one. */
export type EmailHeader = {
  internetMessageId: string | null
  /** Message-IDs as they are written, the oldest first. */
  references: string[]
  inReplyTo: string | null
  subject: string
  preview: string
  /** Its text cannot be read here, and is not kept; left out where it can. */
  isProtected?: boolean
  from: Party | null
  /** Who sent it, where that is another than whom it is from. */
  sender: Party | null
  to: Party[]
  cc: Party[]
  bcc: Party[]
  replyTo: Party[]
}

/** What is kept in clear: times, sizes, and digests to look it up by. */
type EmailFacts = {
  _id: string
  workspaceId: string
  /** A blind key; see webhook/sync/decide/identity.ts. */
  identity: string
  /** The blind key of the normalised Message-ID, for look-ups by it alone. */
  messageIdKey: string | null
  /** The blind keys of every party's address, as it is written and without its plus tag. */
  partyKeys: string[]
  /** A conversation across mailboxes; null: not known yet. */
  threadId: string | null
  /** The oldest message that it names itself, as a blind key: its own thread, whatever others join it with. */
  ownThreadKey: string | null
  /** The contacts it belongs to, as they were last matched (webhook/contacts/matching). */
  contactIds: string[]
  /** It belongs to them by a word on another thread that was joined with its own: colleagues see it no more than before. */
  isFiledOnly: boolean
  /** Raised whenever either is written. */
  matchRev: number
  sentAt: Date | null
  receivedAt: Date
  hasAttachments: boolean
  /** Of header and body, before sealing. */
  bytes: number
}

/** An e-mail as lists show it. */
export type EmailHead = EmailFacts & EmailHeader & { sightings: Sighting[] }

/**
 * The message as the CRM sees it: one per identity and workspace, whoever saw it first. Colleagues' copies and the
 * add-in's log are sightings of it.
 */
export type Email = EmailHead & { bodyHtml: string }

/** An e-mail as it is stored. */
export type StoredEmail = EmailFacts & {
  sealed: Sealed<'header' | 'body'>
  sightings: StoredSighting[]
}

const sighting = new Schema<StoredSighting>(
  {
    key: { type: String, required: true },
    via: { type: String, enum: ['sync', 'add-in'], required: true },
    mailboxId: { type: String, default: null },
    folderId: { type: String, default: null },
    messageId: { type: String, default: null },
    ownerUserId: { type: String, required: true },
    since: { type: Date, required: true },
    goneAt: { type: Date, default: null },
    isRead: { type: Boolean, default: null },
    chosen: { type: new Schema({ log: Boolean, track: Boolean }, { _id: false }) },
    details: { type: Buffer, default: null },
  },
  { _id: false },
)

const emailSchema = new Schema<StoredEmail>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    identity: { type: String, required: true },
    messageIdKey: { type: String, default: null },
    partyKeys: { type: [String], required: true },
    threadId: { type: String, default: null },
    ownThreadKey: { type: String, default: null },
    contactIds: [String],
    isFiledOnly: { type: Boolean, default: false },
    matchRev: { type: Number, default: 0 },
    sentAt: { type: Date, default: null },
    receivedAt: { type: Date, required: true },
    hasAttachments: { type: Boolean, required: true },
    bytes: { type: Number, required: true },
    sealed: { type: sealed, required: true },
    sightings: [sighting],
  },
  { collection: 'emails' },
)
emailSchema.index({ workspaceId: 1, identity: 1 }, { unique: true }) // one message, one e-mail
emailSchema.index({ workspaceId: 1, messageIdKey: 1 }) // "is the open message here?"
emailSchema.index({ workspaceId: 1, 'sightings.messageId': 1 }) // the same, before it has a Message-ID
emailSchema.index({ 'sightings.folderId': 1 }) // whether all that was seen in a folder has its account
emailSchema.index({ workspaceId: 1, 'sightings.ownerUserId': 1, receivedAt: -1, _id: -1 }) // "my mail", paged
emailSchema.index({ workspaceId: 1, partyKeys: 1, receivedAt: -1, _id: -1 }) // all mail with one address
emailSchema.index({ workspaceId: 1, 'sightings.mailboxId': 1, receivedAt: -1, _id: -1 }) // what a mailbox shares
emailSchema.index({ workspaceId: 1, contactIds: 1, receivedAt: -1, _id: -1 }) // all mail of one contact
emailSchema.index({ workspaceId: 1, receivedAt: 1 }) // what is past its time
emailSchema.index({ workspaceId: 1, threadId: 1, receivedAt: -1, _id: -1 }) // a conversation
emailSchema.index(bySealedVersion)

export const emailModel = (db: Connection) => db.model('Email', emailSchema)
