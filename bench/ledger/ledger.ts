import type { ExplainQuestion } from '../../models/wire/explain.ts'
import { Explainer } from '../../webhook/explain/explainer.ts'
import { DAY } from '../../webhook/duration.ts'
import { reconcileFolder } from '../../webhook/reconcile/reconcile-folder.ts'
import { short, type Report, type Scale } from '../figures.ts'
import { DatabaseProcess } from '../support/database-process.ts'
import { peakMB } from '../support/process-usage.ts'
import { timed } from '../timed.ts'
import { internetMessageIdOf, messageIdOf, receivedAtOf, senderOf } from './entries.ts'
import { openOneFolder, type OneFolder } from './one-folder.ts'

const SIZES = [1_000, 10_000, 100_000, 1_000_000]
/** The stand-in holds all documents and the keys of all indexes in memory. */
const DATABASE_HEAP_MB = 12_288
const QUESTIONS = 50

/** Whether explaining and comparing stay quick as the ledger grows; Graph's own time is not in it. */
export async function benchLedger(report: Report, { largest }: Scale): Promise<void> {
  report.heading('The ledger, in one folder')
  await using database = await DatabaseProcess.start({ heapMB: DATABASE_HEAP_MB })
  await using folder = await openOneFolder(database.url)
  for (const size of SIZES.filter((each) => each <= largest)) {
    await folder.growTo(size)
    await explain(report, folder, size)
    await reconcile(report, folder, size)
  }
  report.figure('ledger.databaseMB', peakMB(database.pid), 'MB held by the database in the end')
}

/** By each of the three ways to ask, and for messages that nobody has. */
async function explain(report: Report, folder: OneFolder, size: number): Promise<void> {
  const explainer = new Explainer(folder)
  const signal = new AbortController().signal
  const { eachMs } = await timed(4 * QUESTIONS, 1, (index) => {
    const number = Math.floor((index / (4 * QUESTIONS)) * size)
    const question = questionAbout(number, index % 4)
    return explainer.explain(folder.mailbox, question, signal)
  })
  report.figure(
    `explain.msAt${short(size)}`,
    Math.max(...eachMs),
    `ms, slowest of ${eachMs.length}`,
  )
}

function questionAbout(number: number, way: number): ExplainQuestion {
  if (way === 0) return { messageId: messageIdOf(number) }
  if (way === 1) return { internetMessageId: internetMessageIdOf(number) }
  if (way === 2) return { internetMessageId: `<nobody-has-${number}@customer.test>` }
  const around = receivedAtOf(number).toISOString()
  return { from: senderOf(number), around, withinMinutes: 60 }
}

/** A comparison that finds both sides equal, every e-mail looked for. */
async function reconcile(report: Report, folder: OneFolder, size: number): Promise<void> {
  const claimed = await folder.queue.claim()
  if (!claimed) throw new Error('the folder is not due')
  const nothingToApply = () => {
    throw new Error('there is nothing to apply')
  }
  const context = {
    ...folder,
    subscriptions: { check: async () => 'alive' as const },
    random: Math.random,
    pageSize: { first: 100, min: 25, max: 500 },
    reconcileMs: DAY,
    threads: { of: nothingToApply, settle: nothingToApply },
    onApplied: nothingToApply,
    onQuarantined: nothingToApply,
  }
  const { mailbox } = folder
  const begun = performance.now()
  const proof = await reconcileFolder(
    context,
    { ...claimed, mailbox, found: 0, progressed: false },
    new AbortController().signal,
  )
  report.figure(`reconcile.msAt${short(size)}`, performance.now() - begun, 'ms')
  if (!proof.equal || proof.mailboxCount !== size) throw new Error('the comparison went wrong')
  await folder.queue.finish(claimed.lease, new Date())
}
