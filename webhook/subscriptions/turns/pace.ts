import type { Clock } from '../../clock.ts'
import { SECOND } from '../../duration.ts'

/**
 * Writes about subscriptions of one tenant, as many as Graph takes: 500 in 20 s (graph-contract 6.1). Eighty at once
 * and twenty a second after that leave the way there a second to be uneven in, however many were lost together.
 */
const AT_ONCE = 80
const PER_SECOND = 20

export type PaceParts = {
  clock: Clock
  /** Instances that write about the same tenants, this one too. */
  sharers: () => number
}

/** A bucket of permissions for each tenant, refilled as time passes; each instance has its share. */
export class Pace {
  /** When each tenant's bucket will be, or was, full again. */
  private readonly fullAt = new Map<string, number>()

  constructor(private readonly parts: PaceParts) {}

  /** Between two writes of one tenant that waits for its turns, in ms. */
  get gapMs(): number {
    return (SECOND / PER_SECOND) * this.parts.sharers()
  }

  /** Whether a write would have to wait now. */
  isBusy(workspaceId: string): boolean {
    return this.waitMs(this.fullWith(workspaceId)) > 0
  }

  /** Resolves when one more write is within the limit; in its turn. */
  async turn(workspaceId: string, signal: AbortSignal): Promise<void> {
    const fullAt = this.fullWith(workspaceId)
    this.fullAt.set(workspaceId, fullAt)
    const waitMs = this.waitMs(fullAt)
    if (waitMs > 0) await this.parts.clock.sleep(waitMs, signal)
  }

  /** When the bucket is full again if one more is taken. */
  private fullWith(workspaceId: string): number {
    return Math.max(this.now(), this.fullAt.get(workspaceId) ?? 0) + this.gapMs
  }

  private waitMs(fullAt: number): number {
    return fullAt - this.now() - (AT_ONCE / PER_SECOND) * SECOND
  }

  private now(): number {
    return this.parts.clock.now().getTime()
  }
}
