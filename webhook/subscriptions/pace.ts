import type { Clock } from '../clock.ts'
import { SECOND } from '../duration.ts'

/**
 * Writes about subscriptions of one tenant, as many as Graph takes: 500 in 20 s (graph-contract 6.1). Eighty at once
 * and twenty a second after that leave the way there a second to be uneven in, however many were lost together.
 */
const AT_ONCE = 80
const PER_SECOND = 20

/** A bucket of permissions for each tenant, refilled as time passes. */
export class Pace {
  /** When each tenant's bucket will be, or was, full again. */
  private readonly fullAt = new Map<string, number>()

  constructor(private readonly clock: Clock) {}

  /** Resolves when one more write is within the limit; in its turn. */
  async turn(workspaceId: string, signal: AbortSignal): Promise<void> {
    const now = this.clock.now().getTime()
    const fullAt = Math.max(now, this.fullAt.get(workspaceId) ?? 0) + SECOND / PER_SECOND
    this.fullAt.set(workspaceId, fullAt)
    const waitMs = fullAt - now - (AT_ONCE / PER_SECOND) * SECOND
    if (waitMs > 0) await this.clock.sleep(waitMs, signal)
  }
}
