import { Schema } from 'mongoose'

/**
 * Sealed fields as they are stored: each under a data key of the document's own, and that key under a version of the
 * workspace's key. docs/encryption.md has it byte by byte; webhook/keys/workspace-keys.ts opens it.
 */
export type Sealed<Field extends string = string> = {
  /** The version of the workspace's key that `dataKey` is sealed under. */
  version: number
  dataKey: Buffer
  fields: Record<Field, Buffer>
}

/**
 * Every sealed document has this as `sealed`, beside its `workspaceId`: rotation finds it by the two. It is sealed in the
 * name of its collection, as MongoDB has it, and of its `_id`.
 */
export const sealed = new Schema<Sealed>(
  {
    version: { type: Number, required: true },
    dataKey: { type: Buffer, required: true },
    fields: { type: Schema.Types.Mixed, required: true },
  },
  { _id: false },
)

/** What rotation goes along. */
export const bySealedVersion = { workspaceId: 1, 'sealed.version': 1, _id: 1 } as const
