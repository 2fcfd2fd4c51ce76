import type { Clock } from '../../../webhook/clock.ts'
import type { DeliveryKnobs } from '../knobs.ts'
import {
  HEALTH_WINDOW_MS,
  admission,
  afterResponse,
  healthy,
  type Health,
} from './decide/endpoint-health.ts'

/** The health of each endpoint: host and path, whatever the query; it holds for all subscriptions there (graph-contract 2.2). */
export class EndpointStates {
  private readonly states = new Map<string, Health>()

  constructor(
    private readonly clock: Clock,
    private readonly knobs: DeliveryKnobs,
  ) {}

  /** What happens to a notification now, and how long it waits when it is not sent: ten minutes, or until the re-test. */
  admit(url: string): { verdict: 'send' | 'delay' | 'drop'; waitMs: number } {
    const health = this.of(url)
    const verdict = admission(health, this.nowMs())
    return {
      verdict,
      waitMs: verdict === 'delay' ? this.windowMs() : Math.max(0, health.retestAt - this.nowMs()),
    }
  }

  record(url: string, tookMs: number): void {
    const rules = {
      windowMs: this.windowMs(),
      minSamples: this.knobs.healthMinSamples,
    }
    this.states.set(key(url), afterResponse(this.of(url), { at: this.nowMs(), tookMs }, rules))
  }

  of(url: string): Health {
    return this.states.get(key(url)) ?? healthy
  }

  /** The endpoints that are not well. */
  unwell(): { url: string; state: string }[] {
    return [...this.states]
      .filter(([, { state }]) => state !== 'ok')
      .map(([url, { state }]) => ({ url, state }))
  }

  private windowMs(): number {
    return HEALTH_WINDOW_MS / this.knobs.timeScale
  }

  private nowMs(): number {
    return this.clock.now().getTime()
  }
}

const key = (url: string): string => {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}
