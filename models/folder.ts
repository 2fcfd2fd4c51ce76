import { Schema, type Connection } from 'mongoose'

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
  displayName: string
  watched: boolean
  /** Graph's nextLink or deltaLink: where we are. Null before the first page. */
  cursor: string | null
  /** `total` is the provider's count when watching began; null `finishedAt` means the first pass is under way. */
  backfill: { done: number; total: number; finishedAt: Date | null }
  lastSyncAt: Date | null
  lastErrorCode: string | null
  /** The last comparison of the mailbox's ids with the ledger's. */
  proof: { at: Date; equal: boolean; missing: number; surplus: number } | null
  dirtySeq: number
  doneSeq: number
  dueAt: Date
  attempts: number
  /** `token` is raised by every claim; each write of a pass names it, so a worker that lost its lease writes nothing. */
  lease: { owner: string | null; token: number; until: Date }
}

const folderSchema = new Schema<Folder>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    mailboxId: { type: String, required: true },
    providerFolderId: { type: String, required: true },
    displayName: { type: String, required: true },
    watched: { type: Boolean, required: true },
    cursor: { type: String, default: null },
    backfill: {
      done: { type: Number, default: 0 },
      total: { type: Number, default: 0 },
      finishedAt: { type: Date, default: null },
    },
    lastSyncAt: { type: Date, default: null },
    lastErrorCode: { type: String, default: null },
    proof: {
      type: new Schema(
        {
          at: { type: Date, required: true },
          equal: { type: Boolean, required: true },
          missing: { type: Number, required: true },
          surplus: { type: Number, required: true },
        },
        { _id: false },
      ),
      default: null,
    },
    dirtySeq: { type: Number, required: true },
    doneSeq: { type: Number, required: true },
    dueAt: { type: Date, required: true },
    attempts: { type: Number, default: 0 },
    lease: {
      owner: { type: String, default: null },
      token: { type: Number, default: 0 },
      until: { type: Date, required: true },
    },
  },
  { collection: 'folders', timestamps: true },
)
folderSchema.index({ mailboxId: 1, providerFolderId: 1 }, { unique: true }) // one work document per folder
folderSchema.index({ watched: 1, dueAt: 1 }) // claim: what is due, longest first

export const folderModel = (db: Connection) => db.model('Folder', folderSchema)
