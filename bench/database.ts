import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import mongoose from 'mongoose'
import { startDatabase } from './database-process.ts'
import { figure, heading, perSecond, spread, timed } from './figures.ts'

const DOCUMENTS = 10_000
const AT_ONCE = 16
const BATCH = 100

/** The sandbox's database, with and without its journal. */
export async function benchDatabase(): Promise<void> {
  heading('The sandbox database, documents of 1 kB, two unique indexes')
  await using quick = await startDatabase()
  await benchOne('in memory', quick.url)
  const folder = await mkdtemp(path.join(tmpdir(), 'flowcrm-bench-'))
  await using kept = await startDatabase(['--data', folder])
  await benchOne('with journal', kept.url)
  await rm(folder, { recursive: true })
}

async function benchOne(name: string, url: string): Promise<void> {
  const connection = await mongoose.createConnection(url, { dbName: 'bench' }).asPromise()
  const mails = connection.collection<{ _id: string }>('mails')
  await mails.createIndex({ mailbox: 1, number: 1 }, { unique: true })
  const text = 'x'.repeat(1_000)
  const mail = (number: number) => ({ _id: `mail-${number}`, mailbox: 'alice', number, text })

  const inserts = await timed(DOCUMENTS, AT_ONCE, (index) => mails.insertOne(mail(index)))
  report(`${name}: insert one, ${AT_ONCE} at once`, DOCUMENTS, inserts)
  const batches = await timed(DOCUMENTS / BATCH, 1, (index) =>
    mails.insertMany(
      Array.from({ length: BATCH }, (_, at) => mail(DOCUMENTS + index * BATCH + at)),
    ),
  )
  report(`${name}: insert by the ${BATCH}, per document`, DOCUMENTS, batches)
  const sets = await timed(DOCUMENTS, AT_ONCE, (index) =>
    mails.updateOne({ _id: `mail-${index}`, number: index }, { $set: { seen: true } }),
  )
  report(`${name}: compare and set, ${AT_ONCE} at once`, DOCUMENTS, sets)
  const finds = await timed(DOCUMENTS, AT_ONCE, (index) =>
    mails.findOne({ mailbox: 'alice', number: index }),
  )
  report(`${name}: find by an index among ${2 * DOCUMENTS}, ${AT_ONCE} at once`, DOCUMENTS, finds)
  await connection.close()
}

const report = (
  what: string,
  count: number,
  { eachMs, totalMs }: { eachMs: number[]; totalMs: number },
) => figure(what, `${perSecond((count * 1_000) / totalMs)} (${spread(eachMs)})`)
