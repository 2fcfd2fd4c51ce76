import { short, type Report, type Scale } from '../figures.ts'
import { mustHold } from '../requests/count.ts'
import { aliceWatches, fillInbox } from '../support/alice.ts'
import { DatabaseProcess } from '../support/database-process.ts'
import { Inside, isRead } from '../support/inside.ts'
import { cpuMs, forgetPeak, peakMB } from '../support/process-usage.ts'
import { ServiceProcess } from '../support/service-process.ts'

const SIZES = [1_000, 10_000, 200_000]
/** On the way to a larger size the figures are read here, too. */
const HALF_WAY = 100_000
/** The database holds every document in memory. */
const DATABASE_HEAP_MB = 8_192

/** Backfills of an Inbox: how quick, and how much memory the service alone has held, comparing ids included. */
export async function benchStore(report: Report, { largest }: Scale): Promise<void> {
  report.heading('Storing')
  let perSecond = NaN
  for (const mails of SIZES.filter((size) => size <= largest))
    perSecond = await backfill(report, mails)
  report.figure('store.mailsPerS', perSecond, 'mails per second, in the largest run')
}

/** Returns how many it stored in a second. */
async function backfill(report: Report, mails: number): Promise<number> {
  await using database = await DatabaseProcess.start({ journal: true, heapMB: DATABASE_HEAP_MB })
  await using service = await ServiceProcess.start(database.url)
  await using inside = await Inside.open(database.url)
  await fillInbox(service.graph, mails)
  forgetPeak(service.pid)
  await aliceWatches(service, ['Inbox'])
  const [begun, cpuBefore] = [performance.now(), cpuMs(service.pid)]
  const tell = (stored: number) => {
    const of = short(stored)
    const perSecond = (stored * 1_000) / (performance.now() - begun)
    const cpu = (cpuMs(service.pid) - cpuBefore) / stored
    report.figure(`store.mailsPerS.${of}`, perSecond, 'mails per second')
    report.figure(`store.cpuMsPerMail.${of}`, cpu, 'ms of one core per mail')
    return perSecond
  }
  if (mails > HALF_WAY) {
    await inside.until(({ backfill: { done } }) => done >= HALF_WAY)
    tell(HALF_WAY)
    report.figure(`store.peakMB.${short(HALF_WAY)}`, peakMB(service.pid), 'MB, half way')
  }
  await inside.until(isRead)
  const perSecond = tell(mails)
  await inside.settled()
  await mustHold(inside, mails)
  report.figure(`store.peakMB.${short(mails)}`, peakMB(service.pid), 'MB')
  report.figure(`store.databaseMB.${short(mails)}`, peakMB(database.pid), 'MB held by the database')
  return perSecond
}
