import type { Lag } from '../../models/wire/health/mailbox-health.ts'
import type { RecentAccount } from './recent-accounts.ts'

/** Where the time went with these messages; null when of none it is known (a backfill says nothing). Pure. */
export function lagOf(accounts: readonly RecentAccount[]): Lag | null {
  const timed = accounts.flatMap(({ receivedAt, delay }) =>
    receivedAt && delay ? [{ receivedAt, ...delay }] : [],
  )
  if (timed.length === 0) return null
  const oldest = Math.min(...timed.map(({ receivedAt }) => receivedAt.getTime()))
  return {
    messages: timed.length,
    since: new Date(oldest).toISOString(),
    provider: percentilesOf(timed.map(({ providerMs }) => providerMs)),
    ours: percentilesOf(timed.map(({ oursMs }) => oursMs)),
  }
}

function percentilesOf(values: number[]): Lag['ours'] {
  const sorted = values.toSorted((one, other) => one - other)
  return { p50Ms: rankedAt(sorted, 0.5), p95Ms: rankedAt(sorted, 0.95) }
}

/** The nearest rank: a value that really was. */
const rankedAt = (sorted: number[], share: number): number =>
  Math.round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0)
