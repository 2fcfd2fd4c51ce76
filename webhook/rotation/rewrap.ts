import type { Connection, Model } from 'mongoose'
import type { Sealed } from '../../models/keys/sealed.ts'
import { SealBrokenError } from '../keys/cipher.ts'
import type { DocumentName, SealedKey, WorkspaceKeys } from '../keys/workspace-keys.ts'

type SealedDocument = { _id: string; workspaceId: string; sealed: Sealed | null }

/** Every collection that seals something: all models with a `sealed` (models/keys/sealed.ts), so that none can be forgotten. */
export const sealedModels = (db: Connection): Model<SealedDocument>[] =>
  Object.values(db.models).filter(({ schema }) => schema.path('sealed')) as Model<SealedDocument>[]

/** How many documents of a workspace are sealed under these versions of its key. */
export async function countUnder(
  db: Connection,
  { workspaceId, versions }: { workspaceId: string; versions: number[] },
): Promise<number> {
  const filter = { workspaceId, 'sealed.version': { $in: versions } }
  const counts = sealedModels(db).map((model) => model.countDocuments(filter))
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
}

/**
 * Moves the data keys under these versions to the current one, batch by batch; after each it says how many that were. What
 * is there is never unreadable: a data key is replaced by compare-and-set, and whoever wrote meanwhile wins. Begun anew
 * after a crash it goes on, since what is done is no longer found.
 */
export async function* rewrap(
  db: Connection,
  keys: WorkspaceKeys,
  { versions, atOnce }: { versions: number[]; atOnce: number },
): AsyncGenerator<number> {
  for (const model of sealedModels(db))
    for (const version of versions) yield* rewrapIn(model, keys, { version, atOnce })
}

async function* rewrapIn(
  model: Model<SealedDocument>,
  keys: WorkspaceKeys,
  { version, atOnce }: { version: number; atOnce: number },
) {
  const { workspaceId } = keys
  const { collectionName: collection } = model.collection
  for (let after = ''; ;) {
    const found = await model
      .find({ workspaceId, 'sealed.version': version, _id: { $gt: after } })
      .sort({ _id: 1 })
      .select({ 'sealed.version': 1, 'sealed.dataKey': 1 })
      .limit(atOnce)
      .lean<{ _id: string; sealed: SealedKey }[]>()
    const updates = found.flatMap(({ _id, sealed }) => {
      const moved = movedKey(keys, { collection, id: _id }, sealed)
      return moved ? [{ updateOne: replacing(_id, sealed, moved) }] : []
    })
    if (updates.length > 0) await model.bulkWrite(updates, { ordered: false, timestamps: false })
    yield updates.length
    if (found.length < atOnce) return
    after = found.at(-1)?._id ?? after
  }
}

/** Null when it cannot be opened: it stays, and is counted as left. */
function movedKey(keys: WorkspaceKeys, of: DocumentName, sealed: SealedKey): SealedKey | null {
  try {
    return keys.rewrap(of, sealed)
  } catch (error) {
    if (error instanceof SealBrokenError) return null
    throw error
  }
}

/** Compare and set by the old key's bytes: a document that was sealed anew meanwhile has another one. */
const replacing = (_id: string, was: SealedKey, now: SealedKey) => ({
  filter: { _id, 'sealed.dataKey': was.dataKey },
  update: { $set: { 'sealed.version': now.version, 'sealed.dataKey': now.dataKey } },
})
