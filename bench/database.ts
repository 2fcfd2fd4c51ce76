import mongoose from 'mongoose'
import { DatabaseProcess } from './support/database-process.ts'
import type { Report } from './figures.ts'
import { timed } from './timed.ts'

const DOCUMENTS = 10_000
const AT_ONCE = 16
const BATCH = 100

/** The sandbox's database, with and without its journal. */
export async function benchDatabase(report: Report): Promise<void> {
  report.heading('The sandbox database, documents of 1 kB, two unique indexes')
  await using quick = await DatabaseProcess.start()
  await benchOne(report, 'memory', quick.url)
  await using kept = await DatabaseProcess.start({ journal: true })
  await benchOne(report, 'journal', kept.url)
}

async function benchOne(report: Report, kind: string, url: string): Promise<void> {
  const connection = await mongoose.createConnection(url, { dbName: 'bench' }).asPromise()
  const mails = connection.collection<{ _id: string }>('mails')
  await mails.createIndex({ mailbox: 1, number: 1 }, { unique: true })
  const text = 'x'.repeat(1_000)
  const mail = (number: number) => ({ _id: `mail-${number}`, mailbox: 'alice', number, text })

  const measure = async (name: string, one: (index: number) => Promise<unknown>, batch = 1) => {
    const atOnce = batch > 1 ? 1 : AT_ONCE
    const { totalMs } = await timed(DOCUMENTS / batch, atOnce, one)
    report.figure(`database.${kind}.${name}PerS`, (DOCUMENTS * 1_000) / totalMs, 'per second')
  }
  await measure('insert', (index) => mails.insertOne(mail(index)))
  await measure(
    'insertMany',
    (index) =>
      mails.insertMany(
        Array.from({ length: BATCH }, (_, at) => mail(DOCUMENTS + index * BATCH + at)),
      ),
    BATCH,
  )
  await measure('compareAndSet', (index) =>
    mails.updateOne({ _id: `mail-${index}`, number: index }, { $set: { seen: true } }),
  )
  await measure('find', (index) => mails.findOne({ mailbox: 'alice', number: index }))
  await connection.close()
}
