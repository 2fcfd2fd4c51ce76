import { MongoClient } from 'mongodb'
import { MINUTE } from '../../webhook/duration.ts'

/** Puts what a part starts with into one collection, in batches. */
export type Filling = {
  insert: (collection: string, documents: object[]) => Promise<void>
} & AsyncDisposable

/**
 * A connection past the service's own, which gives a database up after 5 s: while it takes in gigabytes, the stand-in now
 * and then clears up its memory for longer than that.
 */
export async function openFilling(mongodbUrl: string): Promise<Filling> {
  const client = await MongoClient.connect(mongodbUrl, {
    connectTimeoutMS: 10 * MINUTE,
    promoteBuffers: true,
  })
  const db = client.db()
  return {
    async insert(collection, documents) {
      await db.collection(collection).insertMany(documents, { ordered: false })
    },
    [Symbol.asyncDispose]: () => client.close(),
  }
}
