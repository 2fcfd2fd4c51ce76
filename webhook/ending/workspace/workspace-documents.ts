import type { Connection, Model } from 'mongoose'
import { blobChunkModel } from '../../../models/attachments/blob.ts'

type Owned = { _id: string; workspaceId: string }

/** What outlives a workspace: its audit chain, the records of its destroyed keys, and that it was ended. */
const STAYS: readonly string[] = ['AuditEntry', 'WorkspaceKey', 'WorkspaceEnding']

const STRETCH = 1_000

/** Every collection that has documents of workspaces: all models with a `workspaceId`, so that none can be forgotten. */
export const workspaceModels = (db: Connection): Model<Owned>[] =>
  Object.values(db.models).filter(
    ({ modelName, schema }) => schema.path('workspaceId') && !STAYS.includes(modelName),
  ) as Model<Owned>[]

/** How many documents a workspace has, by collection; those with none are left out. */
export async function countDocuments(
  db: Connection,
  workspaceId: string,
): Promise<{ of: string; documents: number }[]> {
  const counted = await Promise.all(
    workspaceModels(db).map(async (model) => ({
      of: model.collection.collectionName,
      documents: await model.countDocuments({ workspaceId }),
    })),
  )
  return counted
    .filter(({ documents }) => documents > 0)
    .toSorted((one, other) => (one.of < other.of ? -1 : 1))
}

/** Work that waits for its time: whoever takes it up would find no keys. */
export async function dropWork(db: Connection, workspaceId: string): Promise<number> {
  const waiting = workspaceModels(db).filter(({ schema }) => schema.path('dueAt'))
  let dropped = 0
  for (const model of waiting) dropped += (await model.deleteMany({ workspaceId })).deletedCount
  return dropped
}

/** Deletes a workspace's documents, some at a time; after each it says how many. Begun anew, it goes on. */
export async function* deleteDocuments(
  db: Connection,
  workspaceId: string,
): AsyncGenerator<number> {
  const chunks = blobChunkModel(db)
  for (const model of workspaceModels(db))
    for (;;) {
      const found = await model.find({ workspaceId }).select({ _id: 1 }).limit(STRETCH).lean()
      if (found.length === 0) break
      const ids = found.map(({ _id }) => _id)
      // A blob's chunks know its file alone, so they go first.
      if (model.modelName === 'BlobFile') await chunks.deleteMany({ files_id: { $in: ids } })
      yield (await model.deleteMany({ _id: { $in: ids } })).deletedCount
    }
}
