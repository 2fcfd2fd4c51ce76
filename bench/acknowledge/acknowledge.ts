import { realClock } from '../../webhook/clock.ts'
import { SECOND } from '../../webhook/duration.ts'
import type { Report, Scale } from '../figures.ts'
import { DatabaseProcess } from '../support/database-process.ts'
import { Inside } from '../support/inside.ts'
import { cpuMs } from '../support/process-usage.ts'
import { ServiceProcess } from '../support/service-process.ts'
import { addWitnesses, bodyOf, type Bell } from './bells.ts'
import { benchDelay } from './delay.ts'
import { drive } from './drive.ts'
import { reportKept, watchFolders, type Parts } from './parts.ts'
import { steadily, type Drive } from './plan.ts'

const RATES = [200, 500, 1_000]
const CONNECTIONS = 50
/** The last drive is cut off by `kill -9`. */
const FINAL = { rate: 1_000, seconds: 3, killedAfterMs: 2 * SECOND }

/**
 * How long Graph waits for us, from the moment a POST was due to the 202 that says it is written down. Every other POST
 * rings for one of 20 watched folders, whose passes run meanwhile, the rest each for a folder of its own. In the end the
 * service and its database are killed, and every 202 is looked for in the journal.
 */
export async function benchAcknowledge(report: Report, { seconds }: Scale): Promise<void> {
  report.heading('Notifications')
  await using database = await DatabaseProcess.start({ journal: true })
  await using service = await ServiceProcess.start(database.url)
  const parts = { service, database, inside: await Inside.open(database.url) }
  const folderIds = await watchFolders(parts)
  await benchDelay(report, parts, folderIds)

  const posts = RATES.reduce((sum, rate) => sum + rate * seconds, FINAL.rate * FINAL.seconds)
  const witnesses = await addWitnesses(parts.inside, posts / 2)
  const rung: string[] = []
  for (const rate of RATES)
    rung.push(...(await keepUp(report, parts, { rate, seconds, witnesses })))
  rung.push(...(await killInTheMiddle(parts, witnesses)))
  await parts.inside[Symbol.asyncDispose]()
  await reportKept(report, 'ack', { url: await database.restart(), rung })
}

type Load = { rate: number; seconds: number; witnesses: Bell[] }

/** One rate, kept up for its time. Returns the witnesses that were acknowledged. */
async function keepUp(report: Report, { service, inside }: Parts, load: Load): Promise<string[]> {
  const { rate, seconds } = load
  const [before, cpuBefore] = [await marksOf(inside), cpuMs(service.pid)]
  const { drove, rung } = await ring(service, load)
  const of = `${rate}perS`
  const eachMs = drove.answers.map(({ tookMs }) => tookMs)
  report.spread('ack', eachMs, { shares: ['p50', 'p99', 'p99.9', 'max'], of })
  const cpu = (cpuMs(service.pid) - cpuBefore) / (rate * seconds)
  report.figure(`ack.cpuMs.${of}`, cpu, 'ms of one core per POST, passes included')
  const acknowledged = drove.answers.filter(({ status }) => status === 202).length
  report.figure(`ack.failed.${of}`, rate * seconds - acknowledged, `of ${rate * seconds}`)
  const marks = (await marksOf(inside)) - before
  report.figure(`ack.marks.${of}`, marks, `for ${acknowledged - rung.length} rings`)
  await inside.until(({ dirtySeq, doneSeq }) => dirtySeq === doneSeq)
  return rung
}

/** A drive during which everything dies. Returns the witnesses that were acknowledged before. */
async function killInTheMiddle({ service, database }: Parts, witnesses: Bell[]): Promise<string[]> {
  const { rate, seconds, killedAfterMs } = FINAL
  const [{ rung }] = await Promise.all([
    ring(service, { rate, seconds, witnesses }),
    realClock.sleep(killedAfterMs).then(() => Promise.all([service.kill(), database.kill()])),
  ])
  return rung
}

async function ring(
  { url, graph }: ServiceProcess,
  { rate, seconds, witnesses }: Load,
): Promise<{ drove: Drive; rung: string[] }> {
  const watched = graph.subscriptions.all()
  const alone = witnesses.splice(0, (rate * seconds) / 2)
  const bells = alone.flatMap((witness, at) => [watched[at % watched.length] ?? witness, witness])
  const drove = await drive({
    url: `${url}/webhooks/graph/notifications`,
    bodies: bells.map(bodyOf),
    posts: steadily({ rate, seconds }, (post) => post),
    connections: CONNECTIONS,
  })
  const rung = drove.answers.flatMap(({ post, status }) =>
    status === 202 && post % 2 === 1 ? [bells[post]?.id ?? ''] : [],
  )
  return { drove, rung }
}

const marksOf = async (inside: Inside): Promise<number> =>
  (await inside.watched()).reduce((sum, { dirtySeq }) => sum + dirtySeq, 0)
