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
 * Creates many by one unordered bulk insert. Returns the positions that were there already; any other failure throws,
 * also when it comes along with duplicates.
 */
export async function createManyOnce(insertAll: () => Promise<unknown>): Promise<Set<number>> {
  try {
    await insertAll()
    return new Set()
  } catch (error) {
    if (!(error instanceof mongo.MongoBulkWriteError) || !isOnlyDuplicates(error)) throw error
    return new Set(writeErrorsOf(error).map(({ index }) => index))
  }
}

/** Not durable, or left out by mongoose for not fitting the schema: neither is a write error, and both are failures. */
const isOnlyDuplicates = (error: mongo.MongoBulkWriteError): boolean =>
  writeErrorsOf(error).length > 0 &&
  writeErrorsOf(error).every(({ code }) => code === DUPLICATE_KEY) &&
  !error.result.getWriteConcernError() &&
  leftOutOf(error).length === 0

const writeErrorsOf = ({ writeErrors }: mongo.MongoBulkWriteError) => [writeErrors].flat()

const leftOutOf = (error: Error & { mongoose?: { validationErrors?: unknown[] } }): unknown[] =>
  error.mongoose?.validationErrors ?? []
