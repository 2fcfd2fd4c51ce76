import { bulkMime } from '../../sandbox/seed/bulk.ts'
import type { GraphTwin } from '../../sandbox/graph/twin.ts'
import { realClock } from '../../webhook/clock.ts'
import { SECOND } from '../../webhook/duration.ts'
import type { Inside } from '../support/inside.ts'
import type { Team } from './teams.ts'

/** When each mail came, in ms, by its immutable id. Its notification leaves within 25 ms (`quickKnobs`). */
export type Delivered = Map<string, number>

/** Delivers mail at a steady rate, to one team after another; `first`: its number, so that no mail comes twice. */
export async function deliver(
  graph: GraphTwin,
  teams: Team[],
  { rate, seconds, first }: { rate: number; seconds: number; first: number },
): Promise<Delivered> {
  const delivered: Delivered = new Map()
  const begun = performance.now()
  for (let number = 0; number < rate * seconds; number++) {
    const dueInMs = begun + (number * SECOND) / rate - performance.now()
    if (dueInMs > 1) await realClock.sleep(dueInMs)
    const address = teams[number % teams.length]?.address ?? ''
    const receivedAt = new Date()
    const mime = bulkMime(first + number, address, receivedAt)
    const { immutableId } = await graph.mailboxes.deliver(address, { mime, receivedAt })
    delivered.set(immutableId, receivedAt.getTime())
  }
  return delivered
}

/** Of what is stored: how long after it came the ledger says so. */
export async function storedAfterMs(
  inside: Inside,
  teams: Team[],
  delivered: Delivered,
): Promise<number[]> {
  const accounts = await inside.ledger
    .find({ mailboxId: { $in: teams.map(({ mailboxId }) => mailboxId) }, state: 'stored' })
    .select({ messageId: 1, history: 1 })
    .lean()
  return accounts.flatMap(({ messageId, history }) => {
    const came = delivered.get(messageId)
    const stored = history.find(({ kind }) => kind === 'stored')
    return came === undefined || !stored ? [] : [stored.at.getTime() - came]
  })
}
