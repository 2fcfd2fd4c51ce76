import { Schema, type Connection } from 'mongoose'
import type { LedgerState } from './ledger-entry.ts'
import { bySealedVersion, sealed, type Sealed } from './keys/sealed.ts'

/** "Not until something happens." */
export const NEVER = new Date('9999-01-01T00:00:00Z')

/** The last comparison of the mailbox's ids with the ledger's. */
export type Proof = {
  at: Date
  equal: boolean
  /** Ids that only the mailbox has, and ids that only the ledger has, when all repairs were made. */
  missing: number
  surplus: number
  /** Messages that were wrong before and were mended, by the way of a normal pass. */
  repaired: number
  /** Of those, e-mails that the ledger called stored and that were not there. */
  lostEmails: number
  /** How many ids the mailbox held. */
  mailboxCount: number
  counts: Record<LedgerState, number>
  ruleVersion: number
  /** The version of the service that compared. */
  serviceVersion: string
}

/**
 * A mail folder we watch or watched, with its delta cursor and its work state in one small document, so that the mark
 * "dirty", the lease and the cursor are each one atomic write (reliability 4.1).
 *
 * `dirtySeq` counts bells; `doneSeq` is the bell the last finished pass had heard. A pass is owed while they differ.
 */
export type Folder = {
  _id: string
  workspaceId: string
  mailboxId: string
  providerFolderId: string
  watched: boolean
  /** The mailbox no longer has this folder. */
  deletedAt: Date | null
  /** Graph's nextLink or deltaLink: where we are. Null before the first page. */
  cursor: string | null
  /** The cursor stands inside a round: more pages are known to come. */
  midRound: boolean
  /** Messages asked for in the next page; learnt from the last ones. */
  pageSize: number
  /** `total` is the provider's count when watching began; null `finishedAt` means the first pass is under way. */
  backfill: { done: number; total: number; startedAt: Date | null; finishedAt: Date | null }
  lastSyncAt: Date | null
  lastErrorCode: string | null
  proof: Proof | null
  /** When the ids are compared next. */
  proofDueAt: Date
  /** What is normal here: the mean time between changes, and how many probes in a row found nothing. */
  rhythm: { lastChangeAt: Date | null; meanGapMs: number | null; emptyProbes: number }
  dirtySeq: number
  doneSeq: number
  /** The rules are applied to what was stored by an older version than this; 0: to none of it. */
  openBelow: number
  /** The bell up to which new mail has been fetched ahead of a round that is still running. */
  peekedSeq: number
  /** The first bell that no pass has answered yet; NEVER when none waits. */
  rangAt: Date
  dueAt: Date
  attempts: number
  /** `token` is raised by every claim; each write of a pass names it, so a worker that lost its lease writes nothing. */
  lease: { owner: string | null; token: number; until: Date }
  /** A worker lost it amid its work, and no pass has ended since: e-mails may be stored that no account names. */
  isOrphaned: boolean
}

/** With its name, for those who show it to people. */
export type NamedFolder = Folder & { displayName: string }

/** A folder as it is stored. */
export type StoredFolder = Folder & { sealed: Sealed<'displayName'> }

/**
 * A comparison was asked for and is not yet made, as after a reconnect: what the last one said is of another time. The
 * daily one is no doubt, nor is a bell.
 */
export const isDoubted = (
  { dirtySeq, doneSeq, proofDueAt }: Pick<Folder, 'dirtySeq' | 'doneSeq' | 'proofDueAt'>,
  now: Date,
): boolean => dirtySeq > doneSeq && proofDueAt <= now

const counts = {
  pending: { type: Number, default: 0 },
  stored: { type: Number, default: 0 },
  excluded: { type: Number, default: 0 },
  failed: { type: Number, default: 0 },
  gone: { type: Number, default: 0 },
}

const proof = new Schema<Proof>(
  {
    at: { type: Date, required: true },
    equal: { type: Boolean, required: true },
    missing: { type: Number, required: true },
    surplus: { type: Number, required: true },
    repaired: { type: Number, default: 0 },
    lostEmails: { type: Number, default: 0 },
    mailboxCount: { type: Number, default: 0 },
    counts,
    ruleVersion: { type: Number, default: 0 },
    serviceVersion: { type: String, default: '' },
  },
  { _id: false },
)

const folderSchema = new Schema<StoredFolder>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    mailboxId: { type: String, required: true },
    providerFolderId: { type: String, required: true },
    sealed: { type: sealed, required: true },
    watched: { type: Boolean, required: true },
    deletedAt: { type: Date, default: null },
    cursor: { type: String, default: null },
    midRound: { type: Boolean, default: false },
    pageSize: { type: Number, default: 0 },
    backfill: {
      done: { type: Number, default: 0 },
      total: { type: Number, default: 0 },
      startedAt: { type: Date, default: null },
      finishedAt: { type: Date, default: null },
    },
    lastSyncAt: { type: Date, default: null },
    lastErrorCode: { type: String, default: null },
    proof: { type: proof, default: null },
    proofDueAt: { type: Date, default: new Date(0) },
    rhythm: {
      lastChangeAt: { type: Date, default: null },
      meanGapMs: { type: Number, default: null },
      emptyProbes: { type: Number, default: 0 },
    },
    dirtySeq: { type: Number, required: true },
    doneSeq: { type: Number, required: true },
    openBelow: { type: Number, default: 0 },
    peekedSeq: { type: Number, default: 0 },
    rangAt: { type: Date, default: NEVER },
    dueAt: { type: Date, required: true },
    attempts: { type: Number, default: 0 },
    lease: {
      owner: { type: String, default: null },
      token: { type: Number, default: 0 },
      until: { type: Date, required: true },
    },
    isOrphaned: { type: Boolean, default: false },
  },
  { collection: 'folders', timestamps: true },
)
folderSchema.index({ mailboxId: 1, providerFolderId: 1 }, { unique: true }) // one work document per folder
folderSchema.index({ workspaceId: 1, providerFolderId: 1 }) // which mailboxes watch the same folder
folderSchema.index({ watched: 1, dueAt: 1 }) // claim: what is due, longest first
folderSchema.index(bySealedVersion)

export const folderModel = (db: Connection) => db.model('Folder', folderSchema)
