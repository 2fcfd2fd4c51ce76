import { Readable } from 'node:stream'
import mongoose from 'mongoose'
import { attachmentModel, type StoredAttachment } from '../models/attachments/attachment.ts'
import { bulkMime } from '../sandbox/seed/bulk.ts'
import { realClock } from '../webhook/clock.ts'
import type { Report } from './figures.ts'
import { ALICE, ALICE_ID, aliceWatches, fillInbox } from './support/alice.ts'
import { DatabaseProcess } from './support/database-process.ts'
import { Inside } from './support/inside.ts'
import { forgetPeak, peakMB } from './support/process-usage.ts'
import { ServiceProcess } from './support/service-process.ts'

const SIZES_MB = [40, 100, 150]
const PIECE = Buffer.alloc(64 * 1_024, 'a large file ')
const PIECES_PER_MB = 16
/** The database holds every chunk in memory. */
const DATABASE_HEAP_MB = 4_096

/** Large attachments, one after the other: how quick, and by how much the service alone grows (reliability F5: < 64 MB). */
export async function benchAttachments(report: Report): Promise<void> {
  report.heading('Attachments')
  await using database = await DatabaseProcess.start({ journal: true, heapMB: DATABASE_HEAP_MB })
  const most = { PLAN_ATTACHMENT_MB: String(Math.max(...SIZES_MB)) }
  await using service = await ServiceProcess.start(database.url, most)
  await using inside = await Inside.open(database.url)
  await fillInbox(service.graph, 50)
  await aliceWatches(service, ['Inbox'])
  await inside.settled()
  await using stored = await storedIn(database.url)
  for (const megabytes of SIZES_MB) {
    await measure(report, `attachments.fetch`, { megabytes, pid: service.pid }, async () => {
      await receive(service, megabytes)
      await stored.until(megabytes)
    })
    const { emailId, _id } = await stored.until(megabytes)
    const browser = await service.browser().signIn('alice')
    await measure(report, `attachments.download`, { megabytes, pid: service.pid }, async () => {
      const answer = await browser.fetch(`/api/v1/emails/${emailId}/attachments/${_id}`)
      const reader = answer.body?.getReader()
      let bytes = 0
      for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read())
        bytes += piece.value.byteLength
      if (bytes !== megabytes * PIECES_PER_MB * PIECE.length) throw new Error('not all came')
    })
  }
}

async function measure(
  report: Report,
  name: string,
  { megabytes, pid }: { megabytes: number; pid: number },
  work: () => Promise<void>,
): Promise<void> {
  forgetPeak(pid)
  const before = peakMB(pid)
  const begun = performance.now()
  await work()
  const seconds = (performance.now() - begun) / 1_000
  report.figure(`${name}.mbPerS.${megabytes}MB`, megabytes / seconds, 'MB per second')
  report.figure(`${name}.grownMB.${megabytes}MB`, peakMB(pid) - before, 'MB more memory')
}

/** The file is made while it is read: nobody here holds it either. */
async function receive({ graph }: ServiceProcess, megabytes: number): Promise<void> {
  const pieces = megabytes * PIECES_PER_MB
  const open = () =>
    Readable.from(
      (function* () {
        for (let n = 0; n < pieces; n++) yield PIECE
      })(),
    )
  const mime = bulkMime(100_000 + megabytes, ALICE, new Date())
  const { immutableId } = await graph.mailboxes.deliver(ALICE, { mime, folder: 'archive' })
  await graph.mailboxes.attach(ALICE_ID, immutableId, {
    ...{ kind: 'file', name: `${megabytes} MB.bin`, contentType: 'application/octet-stream' },
    ...{ isInline: false, bytes: Buffer.alloc(0), modifiedAt: Date.now() },
    streamed: { size: pieces * PIECE.length, open },
  })
  graph.mailboxes.move(ALICE_ID, immutableId, 'inbox')
}

async function storedIn(url: string) {
  const db = await mongoose.createConnection(url, { autoIndex: false }).asPromise()
  const attachments = attachmentModel(db)
  return {
    /** Waits for the attachment of this size. */
    async until(megabytes: number): Promise<StoredAttachment> {
      const size = megabytes * PIECES_PER_MB * PIECE.length
      for (;;) {
        const found = await attachments.findOne({ state: 'stored', size }).lean()
        if (found) return found
        await realClock.sleep(50)
      }
    },
    [Symbol.asyncDispose]: () => db.close(),
  }
}
