import { MINUTE } from '../../../webhook/duration.ts'
import type { SubscriptionKnobs } from '../knobs.ts'
import { MIN_LIFETIME_MS } from './limits.ts'

export type LifetimeVerdict =
  { kind: 'granted'; expiresAt: Date } | { kind: 'too-long'; maxMinutes: number }

/** How long a subscription gets: raised to 45 minutes, refused or cut beyond the maximum (graph-contract 1.4). */
export function grantLifetime(
  wanted: Date,
  now: Date,
  rich: boolean,
  knobs: Pick<SubscriptionKnobs, 'maxMinutes' | 'maxRichMinutes' | 'tooLong'>,
): LifetimeVerdict {
  const maxMinutes = rich ? knobs.maxRichMinutes : knobs.maxMinutes
  const latest = now.getTime() + maxMinutes * MINUTE
  if (wanted.getTime() > latest && knobs.tooLong === 'reject')
    return { kind: 'too-long', maxMinutes }
  const earliest = now.getTime() + MIN_LIFETIME_MS
  return {
    kind: 'granted',
    expiresAt: new Date(Math.min(Math.max(wanted.getTime(), earliest), latest)),
  }
}
