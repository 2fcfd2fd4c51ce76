import { mongo, type Model } from 'mongoose'

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
 * Creates many by one unordered insert. Returns the positions that were there already; any other failure throws, also
 * when it comes along with duplicates. The documents go to the driver as they are: they come from schemas at the edge
 * and carry their types, and to have mongoose cast them once more costs 40 % of a first reading (docs/benchmarks.md).
 */
export async function insertNew<T extends object>(
  { collection }: Pick<Model<T>, 'collection'>,
  documents: T[],
): Promise<Set<number>> {
  if (documents.length === 0) return new Set()
  documents.forEach(refuseWrongDates)
  try {
    await collection.insertMany(documents, { ordered: false })
    return new Set()
  } catch (error) {
    return positionsThereAlready(error)
  }
}

/** Where the failure says nothing but "there already": of which. Every other failure is thrown on. */
export function positionsThereAlready(error: unknown): Set<number> {
  if (!(error instanceof mongo.MongoBulkWriteError) || !isOnlyDuplicates(error)) throw error
  return new Set(writeErrorsOf(error).map(({ index }) => index))
}

/** The one misfit that a type lets pass; the driver would make 1970 of it. */
function refuseWrongDates(document: object): void {
  for (const [field, value] of Object.entries(document))
    if (value instanceof Date && Number.isNaN(value.getTime()))
      throw new TypeError(`The field ${field} holds no valid date.`)
}

/** A write that is not durable is no write error, and a failure. */
const isOnlyDuplicates = (error: mongo.MongoBulkWriteError): boolean =>
  writeErrorsOf(error).length > 0 &&
  writeErrorsOf(error).every(({ code }) => code === DUPLICATE_KEY) &&
  !error.result.getWriteConcernError()

const writeErrorsOf = ({ writeErrors }: mongo.MongoBulkWriteError) => [writeErrors].flat()
