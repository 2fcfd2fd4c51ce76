import { SECOND } from '../../webhook/duration.ts'
import type { Report, Scale } from '../figures.ts'
import { DatabaseProcess } from '../support/database-process.ts'
import { Inside } from '../support/inside.ts'
import { ServiceProcess } from '../support/service-process.ts'
import { addWitnesses, bodyOf } from './bells.ts'
import { drive } from './drive.ts'
import { reportKept, watchFolders, type Parts } from './parts.ts'
import { steadily, type Answer, type Plan } from './plan.ts'

/** Tried one after another, until one is not kept up. */
const WARM_UP = 100
const RATES = [200, 400, 600, 800, 1_000, 1_200, 1_500, 1_800, 2_200, 2_700]
const TRIAL_SECONDS = 4
const WELL_MS = 250
const TIMES = 3
const AFTERWARDS = { rate: 200, seconds: 15 }
/** As many as wait when Graph sends without waiting for our answers. */
const CONNECTIONS = 4_000
/** Of so many POSTs one rings for a folder of its own, by which can be seen whether it was kept. */
const WITNESS_EVERY = 10

/** A6: three times what the service can keep up, for a time, then what is usual; then everything is killed. */
export async function benchOverload(report: Report, { seconds }: Scale): Promise<void> {
  report.heading('Overload')
  await using database = await DatabaseProcess.start({ journal: true })
  await using service = await ServiceProcess.start(database.url)
  const parts = { service, database, inside: await Inside.open(database.url) }
  await watchFolders(parts)
  const capacity = await capacityOf(parts)
  report.figure('overload.capacityPerS', capacity, 'POSTs a second, kept up')

  const load = { rate: TIMES * capacity, seconds }
  const rung = await overload(report, parts, load)
  await Promise.all([service.kill(), database.kill()])
  await parts.inside[Symbol.asyncDispose]()
  await reportKept(report, 'overload', { url: await database.restart(), rung })
}

async function capacityOf(parts: Parts): Promise<number> {
  let kept = WARM_UP
  for (const rate of [WARM_UP, ...RATES]) {
    const posts = steadily({ rate, seconds: TRIAL_SECONDS }, (post) => post)
    const answers = await send(parts, { posts, witnesses: [] })
    if (rate > WARM_UP && !isKeptUp(answers, posts.length - rate)) break
    kept = rate
  }
  return kept
}

/** In the last second nobody waits for those of the seconds before. */
function isKeptUp(answers: Answer[], from: number): boolean {
  const last = answers.filter(({ post }) => post >= from)
  const well = last.filter(({ tookMs }) => tookMs < WELL_MS)
  return well.length > last.length / 2 && answers.every(({ status }) => status === 202)
}

/** Returns the witnesses that were acknowledged. */
async function overload(
  report: Report,
  parts: Parts,
  load: { rate: number; seconds: number },
): Promise<string[]> {
  const offered = load.rate * load.seconds
  const endsAtMs = load.seconds * SECOND
  const count = Math.ceil(offered / WITNESS_EVERY)
  const witnesses = await addWitnesses(parts.inside, count)
  const isWitness = (post: number) => post < offered && post % WITNESS_EVERY === 0
  const posts = [
    ...steadily(load, (post) => (isWitness(post) ? -1 - post / WITNESS_EVERY : post)),
    ...steadily({ ...AFTERWARDS, fromMs: endsAtMs }, (post) => post),
  ]
  const answers = await send(parts, { posts, witnesses: witnesses.map(bodyOf) })
  const during = answers.filter(({ post }) => post < offered)
  reportLoad(report, { offered, during })
  const after = answers.filter(({ post }) => post >= offered)
  report.figure('overload.wellAgainAfterS', secondsUntilWell(posts, after, endsAtMs), 's')
  return during.flatMap(({ post, status }) =>
    status === 202 && isWitness(post) ? [witnesses[post / WITNESS_EVERY]?.id ?? ''] : [],
  )
}

function reportLoad(
  report: Report,
  { offered, during }: { offered: number; during: Answer[] },
): void {
  const admitted = during.filter(({ status }) => status === 202)
  const turnedAway = during.filter(({ status, hasRetryAfter }) => status === 503 && hasRetryAfter)
  const other = offered - admitted.length - turnedAway.length
  report.figure('overload.admitted', admitted.length, `of ${offered}`)
  report.figure('overload.turnedAway', turnedAway.length, '503 with Retry-After')
  report.figure('overload.otherwise', other, 'answered otherwise, or not at all')
  const shares = ['p50', 'p99', 'max'] as const
  const eachMs = (answers: Answer[]) => answers.map(({ tookMs }) => tookMs)
  report.spread('overload.admitted', eachMs(admitted), { shares })
  report.spread('overload.turnedAway', eachMs(turnedAway), { shares })
  const sinceSent = admitted.map(({ sinceSentMs }) => sinceSentMs)
  report.spread('overload.admittedSinceSent', sinceSent, { shares })
}

/** From when on, a second each, all were acknowledged and 99 of 100 in the usual time. */
function secondsUntilWell(posts: Plan['posts'], after: Answer[], endsAtMs: number): number {
  let well = AFTERWARDS.seconds
  for (let second = AFTERWARDS.seconds - 1; second >= 0; second--) {
    const answers = after.filter(({ post }) => {
      return Math.floor(((posts[post]?.atMs ?? 0) - endsAtMs) / SECOND) === second
    })
    const good = answers.filter(({ status, tookMs }) => status === 202 && tookMs < WELL_MS)
    if (good.length < 0.99 * AFTERWARDS.rate) break
    well = second
  }
  return well
}

/** `body` of a post: from 0 on one of the watched folders in turn, below 0 a witness. */
async function send(
  { service: { url, graph } }: Parts,
  { posts, witnesses }: { posts: Plan['posts']; witnesses: string[] },
): Promise<Answer[]> {
  const watched = graph.subscriptions.all().map(bodyOf)
  const bodyAt = (body: number) => (body < 0 ? watched.length - 1 - body : body % watched.length)
  const { answers } = await drive({
    url: `${url}/webhooks/graph/notifications`,
    bodies: [...watched, ...witnesses],
    posts: posts.map(({ atMs, body }) => ({ atMs, body: bodyAt(body) })),
    connections: CONNECTIONS,
  })
  return answers
}
