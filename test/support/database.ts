import { randomUUID } from 'node:crypto'
import { MongoClient } from 'mongodb'
import type { Connection } from 'mongoose'
import { DatabaseServer } from '../../sandbox/database/server.ts'
import { patience } from '../../sandbox/database/patience.ts'
import { realClock } from '../../webhook/clock.ts'
import { openDatabase } from '../../webhook/store/database.ts'

/** A database of its own for one test file; disposing it drops it. */
export type TestDatabase = AsyncDisposable & {
  /** With the database's name in it. */
  url: string
  name: string
}

/**
 * An empty database on the server that `MONGODB_URL` names (`npm run test:peers` sets it), or on a fresh stand-in.
 * Every test that touches the database gets it here, so that every one of them also runs on another server.
 */
export async function startTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const external = process.env.MONGODB_URL
  const standIn = external ? null : await DatabaseServer.start()
  const url = new URL(external ?? standIn?.url ?? '')
  url.pathname = `/${name}`
  return {
    url: url.href,
    name,
    async [Symbol.asyncDispose]() {
      if (standIn) return standIn[Symbol.asyncDispose]()
      const client = await MongoClient.connect(url.href)
      await client.db().dropDatabase()
      await client.close()
    },
  }
}

/** A connection to a database that is there, as the service opens it. */
export const openTestDatabase = (url: string): Promise<Connection> =>
  openDatabase(url, { ...patience(), clock: realClock, onWait: () => undefined })
