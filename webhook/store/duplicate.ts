import { mongo } from 'mongoose'

/** MongoDB's "this key is there already". Servers differ in what else they say, so the code alone counts. */
const DUPLICATE_KEY = 11_000

/** Creates by insert: true when it was created now, false when it was there (house decision 11: never an upsert). */
export async function createOnce(insert: () => Promise<unknown>): Promise<boolean> {
  try {
    await insert()
    return true
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY) return false
    throw error
  }
}

/**
 * Creates many by one unordered bulk insert. Returns the positions that were there already; any other failure throws.
 */
export async function createManyOnce(insertAll: () => Promise<unknown>): Promise<Set<number>> {
  try {
    await insertAll()
    return new Set()
  } catch (error) {
    if (!(error instanceof mongo.MongoBulkWriteError)) throw error
    const writeErrors = [error.writeErrors].flat()
    if (writeErrors.some(({ code }) => code !== DUPLICATE_KEY)) throw error
    return new Set(writeErrors.map(({ index }) => index))
  }
}
