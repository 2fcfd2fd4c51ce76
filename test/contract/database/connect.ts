import { afterAll, beforeAll } from '@jest/globals'
import { type Collection, type Db, type Document, MongoClient } from 'mongodb'
import { startTestDatabase, type TestDatabase } from '../../support/database.ts'

export type Contract = {
  client: MongoClient
  db: Db
  /** A collection that no other test uses, filled with these documents. */
  collection: (documents?: Document[]) => Promise<Collection<Document>>
}

/** Opens one database for the tests of a file and closes it after them. */
export function useDatabase(options: { maxPoolSize?: number } = {}): Contract {
  let database: TestDatabase
  let made = 0
  const contract = {
    async collection(documents: Document[] = []) {
      const collection = contract.db.collection<Document>(`mails${++made}`)
      if (documents.length > 0) await collection.insertMany(documents.map((each) => ({ ...each })))
      return collection
    },
  } as Contract
  beforeAll(async () => {
    database = await startTestDatabase()
    contract.client = await MongoClient.connect(database.url, options)
    contract.db = contract.client.db()
  })
  afterAll(async () => {
    await contract.client.close()
    await database[Symbol.asyncDispose]()
  })
  return contract
}

/** The error a promise ends with; no error is a failure. */
export async function errorOf(promise: Promise<unknown>): Promise<{ code?: number } & Document> {
  try {
    await promise
  } catch (error) {
    return error as Document
  }
  throw new Error('expected an error')
}
