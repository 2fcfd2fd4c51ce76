import { Schema, type Connection } from 'mongoose'

export type Party = { name: string; address: string }

/** Where the e-mail was seen. `key` names the sighting, so that seeing it again adds nothing. */
export type StoredSighting = {
  key: string
  via: 'sync' | 'add-in'
  mailboxId: string | null
  mailboxAddress: string
  folderId: string | null
  folderName: string | null
  /** The provider's immutable id in that mailbox. */
  messageId: string | null
  /** Who may see the e-mail because of this sighting. */
  ownerUserId: string
  /** Who logged it by hand. */
  byName: string | null
  since: Date
}

/**
 * The message as the CRM sees it: one per identity and workspace, whoever saw it first. Colleagues' copies and the
 * add-in's log are sightings of it.
 */
export type Email = {
  _id: string
  workspaceId: string
  /** See webhook/sync/decide/identity.ts. */
  identity: string
  internetMessageId: string | null
  /** Digest of the normalised Message-ID, for look-ups by it alone. */
  messageIdKey: string | null
  subject: string
  preview: string
  bodyHtml: string
  from: Party | null
  to: Party[]
  cc: Party[]
  sentAt: Date | null
  receivedAt: Date
  hasAttachments: boolean
  sightings: StoredSighting[]
}

const party = {
  _id: false,
  name: { type: String, default: '' },
  address: { type: String, default: '' },
}

const sighting = new Schema<StoredSighting>(
  {
    key: { type: String, required: true },
    via: { type: String, enum: ['sync', 'add-in'], required: true },
    mailboxId: { type: String, default: null },
    mailboxAddress: { type: String, required: true },
    folderId: { type: String, default: null },
    folderName: { type: String, default: null },
    messageId: { type: String, default: null },
    ownerUserId: { type: String, required: true },
    byName: { type: String, default: null },
    since: { type: Date, required: true },
  },
  { _id: false },
)

const emailSchema = new Schema<Email>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    identity: { type: String, required: true },
    internetMessageId: { type: String, default: null },
    messageIdKey: { type: String, default: null },
    subject: { type: String, default: '' },
    preview: { type: String, default: '' },
    bodyHtml: { type: String, default: '' },
    from: { type: party, default: null },
    to: [party],
    cc: [party],
    sentAt: { type: Date, default: null },
    receivedAt: { type: Date, required: true },
    hasAttachments: { type: Boolean, required: true },
    sightings: [sighting],
  },
  { collection: 'emails' },
)
emailSchema.index({ workspaceId: 1, identity: 1 }, { unique: true }) // one message, one e-mail
emailSchema.index({ workspaceId: 1, messageIdKey: 1 }) // "is the open message here?"
emailSchema.index({ workspaceId: 1, 'sightings.messageId': 1 }) // the same, before it has a Message-ID
emailSchema.index({ workspaceId: 1, 'sightings.ownerUserId': 1, receivedAt: -1, _id: -1 }) // "my mail", paged

export const emailModel = (db: Connection) => db.model('Email', emailSchema)
