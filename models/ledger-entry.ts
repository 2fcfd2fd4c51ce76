import { Schema, type Connection } from 'mongoose'

export const ledgerStates = ['pending', 'stored', 'excluded', 'failed', 'gone'] as const
export type LedgerState = (typeof ledgerStates)[number]

/** How a message came to our notice: a bell, a delta pass that nobody rang for, the reconciler, or a person. */
export const ledgerRoutes = ['notification', 'delta', 'reconcile', 'hand'] as const
export type LedgerRoute = (typeof ledgerRoutes)[number]

export const ledgerEventKinds = [
  'seen',
  'fetched',
  'decided',
  'stored',
  'retried',
  'moved',
  'gone',
] as const

/** One line of a message's story. */
export type LedgerEvent = {
  at: Date
  kind: (typeof ledgerEventKinds)[number]
  /** Of `seen`: how. */
  via: LedgerRoute | null
  /** Of `decided`, `retried` and `gone`: the reason's code. */
  reason: string | null
  ruleVersion: number | null
  /** The folder it was in then. */
  folderId: string | null
}

/** The story is bounded: the newest events are kept. */
export const MAX_HISTORY = 20

/**
 * Our account of one message id in one mailbox, and why. Written for every message, also those not stored. Nothing of a
 * person is in clear: what it can be found by is a keyed digest (webhook/blind-index.ts).
 */
export type LedgerEntry = {
  _id: string
  workspaceId: string
  mailboxId: string
  /** The provider's immutable id; case-sensitive. */
  messageId: string
  folderId: string
  state: LedgerState
  /** A code of the catalogue in webhook/sync/decide/reasons.ts. */
  reason: string
  ruleVersion: number
  emailId: string | null
  /** Keyed digest of the normalised Message-ID. */
  messageIdKey: string | null
  /** Keyed digest of the sender's address. */
  senderKey: string | null
  /** Keyed digests of everybody's addresses, kept only where a new contact would change the verdict. */
  partyKeys: string[]
  /** Of what waits for room: how much the plan allows, and how much was used. */
  full: { most: number; used: number } | null
  receivedAt: Date | null
  seenAt: Date
  decidedAt: Date
  /** Tries that failed since the last success. */
  attempts: number
  /** When it is tried again by itself; null: not at all. */
  retryAt: Date | null
  /** Where the time went from the server's receipt to our store; null where it says nothing, as in a backfill. */
  delay: { providerMs: number; oursMs: number } | null
  /** Raised by every write; a write names the one it read, so that two passes cannot undo each other. */
  rev: number
  history: LedgerEvent[]
}

const event = {
  _id: false,
  at: { type: Date, required: true },
  kind: { type: String, enum: ledgerEventKinds, required: true },
  via: { type: String, default: null },
  reason: { type: String, default: null },
  ruleVersion: { type: Number, default: null },
  folderId: { type: String, default: null },
}

const delay = new Schema(
  { providerMs: { type: Number, required: true }, oursMs: { type: Number, required: true } },
  { _id: false },
)

const full = new Schema(
  { most: { type: Number, required: true }, used: { type: Number, required: true } },
  { _id: false },
)

const ledgerEntrySchema = new Schema<LedgerEntry>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    mailboxId: { type: String, required: true },
    messageId: { type: String, required: true },
    folderId: { type: String, required: true },
    state: { type: String, enum: ledgerStates, required: true },
    reason: { type: String, required: true },
    ruleVersion: { type: Number, required: true },
    emailId: { type: String, default: null },
    messageIdKey: { type: String, default: null },
    senderKey: { type: String, default: null },
    partyKeys: { type: [String], default: [] },
    full: { type: full, default: null },
    receivedAt: { type: Date, default: null },
    seenAt: { type: Date, required: true },
    decidedAt: { type: Date, required: true },
    attempts: { type: Number, default: 0 },
    retryAt: { type: Date, default: null },
    delay: { type: delay, default: null },
    rev: { type: Number, default: 1 },
    history: [event],
  },
  { collection: 'ledgerEntries' },
)
ledgerEntrySchema.index({ mailboxId: 1, messageId: 1 }, { unique: true }) // one account per message
ledgerEntrySchema.index({ folderId: 1, state: 1, retryAt: 1 }) // counts, the id set of a folder, and what is to be tried again
ledgerEntrySchema.index({ mailboxId: 1, messageIdKey: 1 }) // explain by Message-ID
ledgerEntrySchema.index({ mailboxId: 1, senderKey: 1, receivedAt: -1 }) // explain by sender and date
ledgerEntrySchema.index({ workspaceId: 1, partyKeys: 1 }) // what a new contact changes

export const ledgerEntryModel = (db: Connection) => db.model('LedgerEntry', ledgerEntrySchema)
