import { Schema, type Connection } from 'mongoose'

/**
 * A secret of one workspace, wrapped by the root key: a version of the key that its documents' data keys are sealed under
 * (`seal`), or what its blind keys are made with (`index`, one for ever). See docs/encryption.md.
 */
export type WorkspaceKey = {
  _id: string
  workspaceId: string
  kind: 'seal' | 'index'
  version: number
  /** Which root key wraps it: a digest that says nothing of the key. */
  rootId: string
  /** Null: destroyed, and what was sealed under it is gone for good. */
  wrapped: Buffer | null
  createdAt: Date
  /** New data keys are sealed under it from then on: when every instance has read it. */
  activeAt: Date
  /** A newer version is there: what is sealed under this one is being moved to that. */
  retiredAt: Date | null
  destroyedAt: Date | null
}

const workspaceKeySchema = new Schema<WorkspaceKey>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    kind: { type: String, enum: ['seal', 'index'], required: true },
    version: { type: Number, required: true },
    rootId: { type: String, required: true },
    wrapped: { type: Buffer, default: null },
    createdAt: { type: Date, required: true },
    activeAt: { type: Date, required: true },
    retiredAt: { type: Date, default: null },
    destroyedAt: { type: Date, default: null },
  },
  { collection: 'workspaceKeys' },
)
workspaceKeySchema.index({ workspaceId: 1, kind: 1, version: 1 }, { unique: true }) // all of a workspace, each once
workspaceKeySchema.index({ retiredAt: 1 }) // what is being rotated
workspaceKeySchema.index({ rootId: 1 }) // what an old root key still wraps

export const workspaceKeyModel = (db: Connection) => db.model('WorkspaceKey', workspaceKeySchema)
