import { Schema, type Connection } from 'mongoose'

/**
 * `stopping`: nothing begins any more, and what was begun comes to its end. `shredded`: its keys are destroyed, and what
 * nobody can read any more is being deleted. `ended`: that is done.
 */
export const workspaceEndStates = ['stopping', 'shredded', 'ended'] as const
export type WorkspaceEndState = (typeof workspaceEndStates)[number]

/** A workspace that has left. Stays for good, beside its audit chain and the records of its destroyed keys. */
export type WorkspaceEnding = {
  /** The workspace's id. */
  _id: string
  workspaceId: string
  at: Date
  /** Who ended it, as the audit log names them. */
  byUserId: string
  byRole: string
  state: WorkspaceEndState
  /** When somebody goes on; whoever does puts it off first. */
  dueAt: Date
  /** Documents that are deleted. */
  done: number
  /** What it had when it was ended, by collection. */
  counts: { of: string; documents: number }[]
  keysDestroyed: number
  endedAt: Date | null
}

const count = new Schema(
  { of: { type: String, required: true }, documents: { type: Number, required: true } },
  { _id: false },
)

const workspaceEndingSchema = new Schema<WorkspaceEnding>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    at: { type: Date, required: true },
    byUserId: { type: String, required: true },
    byRole: { type: String, required: true },
    state: { type: String, enum: workspaceEndStates, required: true },
    dueAt: { type: Date, required: true },
    done: { type: Number, default: 0 },
    counts: [count],
    keysDestroyed: { type: Number, default: 0 },
    endedAt: { type: Date, default: null },
  },
  { collection: 'workspaceEndings' },
)
workspaceEndingSchema.index({ dueAt: 1 }) // what is still to be done; hardly ever one

export const workspaceEndingModel = (db: Connection) =>
  db.model('WorkspaceEnding', workspaceEndingSchema)
