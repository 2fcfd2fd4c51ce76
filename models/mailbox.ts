import { Schema, type Connection } from 'mongoose'
import { mailboxEnding, type MailboxEnding } from './ending/mailbox-ending.ts'
import { bySealedVersion, sealed, type Sealed } from './keys/sealed.ts'

/** Who can end a credential's trouble (graph-contract 7.4). `wait` never reaches a mailbox: it passes by itself. */
export const credentialActions = ['reconnect', 'consent', 'admin', 'policy', 'operator'] as const
export type CredentialAction = (typeof credentialActions)[number]

/** Every so many minutes where notifications are not wanted. */
export const pollChoices = [5, 15, 60] as const
/** How much of its matched e-mails colleagues see (webhook/crm/decide/visibility.ts). */
export const sharingChoices = ['full', 'subject', 'metadata', 'private'] as const
export type SharingChoice = (typeof sharingChoices)[number]
/** Days of history read when a folder is first watched; null: all of it, 0: none. */
export const windowChoices = [0, 30, 90, 365] as const

export type MailboxSettings = {
  /** Null: in real time, by notifications. */
  pollEveryMinutes: (typeof pollChoices)[number] | null
  windowDays: (typeof windowChoices)[number] | null
  /** Null: its owner has not chosen, which is as good as private. */
  sharing: SharingChoice | null
}

/** A connected mail account. `_id` is made from workspace and provider user, so connecting twice is one record. */
export type Mailbox = {
  _id: string
  /** The customer organization: its Entra tenant id. */
  workspaceId: string
  /** The account's own id at the provider (Entra object id); addresses can change, this cannot. */
  providerUserId: string
  address: string
  displayName: string
  authMode: 'delegated' | 'app'
  /** Who sees its unmatched mail: the person, or for a shared mailbox the admin who connected it. */
  ownerUserId: string
  /** MSAL's account id for silent tokens; null in app mode. */
  homeAccountId: string | null
  /** Raised whenever the credential becomes good again, so that an older refusal told late is known as such. */
  credentialSeq: number
  /**
   * `reconnect-needed`: its person must come back. `blocked`: somebody else must act; looked at again once a day.
   * `disconnected`: nothing is asked for it any more. Its record stays, as e-mails and accounts name it.
   */
  status: 'connected' | 'reconnect-needed' | 'blocked' | 'disconnected'
  /** The last refusal of the credential: who can end it, the provider's own code, and since when. */
  trouble: { action: CredentialAction; code: string; since: Date } | null
  /** Of a blocked mailbox: when it is looked at again. */
  recheckAt: Date | null
  /** Nothing is read while it is paused; the cursors stay. */
  paused: { at: Date; byName: string } | null
  settings: MailboxSettings
  /** What is to go back to it was refused: the provider's own code, and since when. Null: it may be written to, as far as is known. */
  writeRefused: { code: string; since: Date } | null
  /** When the names of its watched folders are looked up again. */
  folderLookAt: Date
  /** It was somebody else's until then: what was seen in it is still being handed over to its owner. */
  handover: { from: string; at: Date } | null
  /** Of a disconnected mailbox: what is still to be put away. */
  ending: MailboxEnding | null
}

/** A mailbox as it is stored. */
export type StoredMailbox = Omit<Mailbox, 'address' | 'displayName' | 'paused'> & {
  /** The blind key of its address in lower case. */
  addressKey: string
  sealed: Sealed<'address' | 'displayName'>
  /** `by` is sealed under the mailbox's data key. */
  paused: { at: Date; by: Buffer } | null
}

const trouble = new Schema(
  {
    action: { type: String, enum: credentialActions, required: true },
    code: { type: String, required: true },
    since: { type: Date, required: true },
  },
  { _id: false },
)

const paused = new Schema(
  { at: { type: Date, required: true }, by: { type: Buffer, required: true } },
  { _id: false },
)

const writeRefused = new Schema(
  { code: { type: String, required: true }, since: { type: Date, required: true } },
  { _id: false },
)

const handover = new Schema(
  { from: { type: String, required: true }, at: { type: Date, required: true } },
  { _id: false },
)

const mailboxSchema = new Schema<StoredMailbox>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    providerUserId: { type: String, required: true },
    addressKey: { type: String, required: true },
    sealed: { type: sealed, required: true },
    authMode: { type: String, enum: ['delegated', 'app'], required: true },
    ownerUserId: { type: String, required: true },
    homeAccountId: { type: String, default: null },
    credentialSeq: { type: Number, default: 0 },
    status: {
      type: String,
      enum: ['connected', 'reconnect-needed', 'blocked', 'disconnected'],
      required: true,
    },
    trouble: { type: trouble, default: null },
    recheckAt: { type: Date, default: null },
    paused: { type: paused, default: null },
    settings: {
      pollEveryMinutes: { type: Number, default: null },
      windowDays: { type: Number, default: null },
      sharing: { type: String, default: null },
    },
    writeRefused: { type: writeRefused, default: null },
    folderLookAt: { type: Date, default: new Date(0) },
    handover: { type: handover, default: null },
    ending: { type: mailboxEnding, default: null },
  },
  { collection: 'mailboxes', timestamps: true },
)
mailboxSchema.index({ workspaceId: 1, providerUserId: 1 }, { unique: true }) // one record per account
mailboxSchema.index({ workspaceId: 1, ownerUserId: 1 }) // "my mailboxes"
mailboxSchema.index({ workspaceId: 1, addressKey: 1 }) // by its address
mailboxSchema.index({ 'handover.at': 1 }) // those being handed over: hardly ever one
mailboxSchema.index({ 'ending.dueAt': 1 }) // what is still to be put away of disconnected ones
mailboxSchema.index({ status: 1, folderLookAt: 1 }) // whose folders' names are looked up
mailboxSchema.index({ status: 1, recheckAt: 1 }) // blocked ones, to be looked at again
mailboxSchema.index(bySealedVersion)

export const mailboxModel = (db: Connection) => db.model('Mailbox', mailboxSchema)
