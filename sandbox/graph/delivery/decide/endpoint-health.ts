import { MINUTE, SECOND } from '../../../../webhook/duration.ts'

/** graph-contract 2.2, today's column. */
export const HEALTH_WINDOW_MS = 10 * MINUTE
export const SLOW = { overMs: 3 * SECOND, share: 0.1 }
export const DROP = { overMs: 10 * SECOND, share: 0.15 }
/** How many responses a re-test needs: "a small sample" (graph-contract 2.2). */
const PROBE_SAMPLES = 3

export type HealthState = 'ok' | 'slow' | 'drop'
type Sample = { at: number; tookMs: number }

/** How Graph sees one endpoint. `samples` are the responses it judges by; times are ms of the clock. */
export type Health = { state: HealthState; retestAt: number; samples: readonly Sample[] }
export type HealthRules = { windowMs: number; minSamples: number }

export const healthy: Health = { state: 'ok', retestAt: 0, samples: [] }

/** What happens to a new notification: a slow endpoint waits, a dropped one loses it, each until its re-test. */
export function admission({ state, retestAt }: Health, now: number): 'send' | 'delay' | 'drop' {
  if (state === 'ok' || now >= retestAt) return 'send'
  return state === 'slow' ? 'delay' : 'drop'
}

/** The endpoint after one more response; a time-out counts with the time it was given. */
export function afterResponse(
  health: Health,
  sample: Sample,
  { windowMs, minSamples }: HealthRules,
): Health {
  // Attempts that began before the re-test say nothing about it.
  if (health.state !== 'ok' && sample.at < health.retestAt) return health
  const samples = [...health.samples, sample].filter(({ at }) => at > sample.at - windowMs)
  const enough = health.state === 'ok' ? minSamples : PROBE_SAMPLES
  if (samples.length < enough) return { ...health, samples }
  const state = judge(samples)
  if (state === 'ok') return { ...healthy, samples: health.state === 'ok' ? samples : [] }
  return { state, retestAt: sample.at + windowMs, samples: [] }
}

function judge(samples: readonly Sample[]): HealthState {
  const share = (overMs: number) =>
    samples.filter(({ tookMs }) => tookMs >= overMs).length / samples.length
  if (share(DROP.overMs) > DROP.share) return 'drop'
  return share(SLOW.overMs) > SLOW.share ? 'slow' : 'ok'
}
