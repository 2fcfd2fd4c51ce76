import { realClock } from '../../webhook/clock.ts'
import { SECOND } from '../../webhook/duration.ts'
import type { Report, Scale } from '../figures.ts'
import { aliceWatches, fillInbox } from '../support/alice.ts'
import { DatabaseProcess } from '../support/database-process.ts'
import { Inside, isRead } from '../support/inside.ts'
import { ServiceProcess } from '../support/service-process.ts'
import { teamsWatch, type Team } from './teams.ts'
import { deliver, storedAfterMs } from './new-mail.ts'

const RATES = [20, 100]
const TEAMS = 20
/** What Alice's mailbox has to be read of, at most. */
const BACKLOG = 20_000
const PATIENCE_MS = 120 * SECOND

type Parts = { service: ServiceProcess; inside: Inside; teams: Team[] }

/**
 * C10: from new mail in many mailboxes to its being stored; by itself, and while another
 * mailbox is read for the first time. Each rate with a service and a database of its own.
 */
export async function benchFreshness(report: Report, scale: Scale): Promise<void> {
  report.heading('Freshness')
  for (const rate of RATES) await freshnessAt(report, rate, scale)
}

async function freshnessAt(report: Report, rate: number, { seconds, largest }: Scale) {
  const backlog = Math.min(BACKLOG, largest)
  await using database = await DatabaseProcess.start({ journal: true })
  await using service = await ServiceProcess.start(database.url)
  await using inside = await Inside.open(database.url)
  await fillInbox(service.graph, backlog)
  const teams = await teamsWatch(service, TEAMS)
  await inside.settled()
  const parts = { service, inside, teams }
  const load = { rate, seconds }
  await newMail(report, parts, { ...load, of: `alone.${rate}perS`, first: 0 })

  await aliceWatches(service, ['Inbox'])
  await newMail(report, parts, { ...load, of: `backfill.${rate}perS`, first: rate * seconds })
  const left = await backlogLeft(inside, backlog)
  report.figure(
    `freshness.backlogLeft.${rate}perS`,
    left,
    `of ${backlog}, when the new mail was in`,
  )
}

type Load = { rate: number; seconds: number; of: string; first: number }

async function newMail(report: Report, { service, inside, teams }: Parts, load: Load) {
  const { of } = load
  const { notifications } = service.graph
  notifications.clear()
  const begun = performance.now()
  const delivered = await deliver(service.graph, teams, load)
  const perSecond = (delivered.size * SECOND) / (performance.now() - begun)
  report.figure(`freshness.deliveredPerS.${of}`, perSecond, 'mails a second')
  const until = Date.now() + PATIENCE_MS
  let delays = await storedAfterMs(inside, teams, delivered)
  while (delays.length < delivered.size && Date.now() < until) {
    await realClock.sleep(SECOND)
    delays = await storedAfterMs(inside, teams, delivered)
  }
  report.spread('freshness', delays, { shares: ['p50', 'p95', 'p99', 'max'], of })
  const missing = delivered.size - delays.length
  report.figure(`freshness.missing.${of}`, missing, `of ${delivered.size}`)
  report.figure(`freshness.dropped.${of}`, notifications.losses.length, 'notifications, by Graph')
}

async function backlogLeft(inside: Inside, backlog: number): Promise<number> {
  const folder = (await inside.watched()).find((each) => !isRead(each))
  return folder ? backlog - folder.backfill.done : 0
}
