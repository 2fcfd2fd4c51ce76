import { createHash, randomBytes } from 'node:crypto'
import { aSubscription, WORKSPACE } from '../test/support/builders.ts'
import { isGenuine } from '../webhook/notifications/genuine.ts'
import type { Report } from './figures.ts'

const SAMPLES = 100_000
/** What the machine does besides lengthens some samples without end: the slowest are left out, of both kinds alike. */
const KEPT = 0.9
const SECRET = randomBytes(48).toString('base64url')

/**
 * Does the time of refusing a forged clientState tell how much of it was right? Welch's t over samples of both kinds in
 * an order by chance (dudect); above 4.5 it would (reliability D4).
 */
export function benchSecrets(report: Report): void {
  report.heading('Comparing the secret of a subscription')
  const hash = createHash('sha256').update(SECRET).digest('base64url')
  const subscription = aSubscription({ clientStateHash: hash, workspaceId: WORKSPACE })
  const forge = (right: number) => `${SECRET.slice(0, right)}${'#'.repeat(SECRET.length - right)}`
  const forgeries = [forge(0), forge(SECRET.length - 1)]
  const order = randomBytes(SAMPLES)
  const times: [number[], number[]] = [[], []]
  for (let at = -SAMPLES / 10; at < SAMPLES; at++) {
    const kind = (order[Math.abs(at)] ?? 0) & 1 ? 1 : 0
    const item = {
      ...{ subscriptionId: subscription._id, tenantId: WORKSPACE },
      clientState: Buffer.from(forgeries[kind] ?? '').toString(), // a text of its own, as from a request
    }
    const begun = process.hrtime.bigint()
    isGenuine(item, subscription)
    const took = Number(process.hrtime.bigint() - begun)
    if (at >= 0) times[kind].push(took)
  }
  const t = welch(...(times.map(withoutSlowest) as [number[], number[]]))
  report.figure('secrets.compareT', Math.abs(t), `Welch's t over ${SAMPLES} samples`)
}

const withoutSlowest = (times: number[]): number[] =>
  times.toSorted((a, b) => a - b).slice(0, Math.floor(times.length * KEPT))

function welch(one: number[], other: number[]): number {
  const [a, b] = [momentsOf(one), momentsOf(other)]
  return (a.mean - b.mean) / Math.sqrt(a.variance / one.length + b.variance / other.length)
}

function momentsOf(values: number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, variance: squares / (values.length - 1) }
}
