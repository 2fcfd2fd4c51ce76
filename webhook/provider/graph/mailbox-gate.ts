import type { Clock } from '../../clock.ts'
import { ProviderError } from '../../errors.ts'

/**
 * One mailbox's share of Graph: at most `concurrency` requests in flight, and none before a throttled mailbox's time
 * (requests made while throttled count against it, graph-contract 6.2). Other mailboxes have gates of their own.
 */
export class MailboxGate {
  private inFlight = 0
  private waiting: (() => void)[] = []
  private closedUntilMs = 0

  constructor(private readonly parts: { clock: Clock; concurrency: number }) {}

  async pass<T>(request: () => Promise<T>): Promise<T> {
    await this.enter()
    try {
      this.refuseWhileClosed()
      return await request()
    } finally {
      this.leave()
    }
  }

  closeFor(ms: number): void {
    this.closedUntilMs = Math.max(this.closedUntilMs, this.parts.clock.now().getTime() + ms)
  }

  private refuseWhileClosed(): void {
    const retryAfterMs = this.closedUntilMs - this.parts.clock.now().getTime()
    if (retryAfterMs > 0)
      throw new ProviderError(
        'throttled',
        'later',
        'The mailbox is throttled; not asked again yet.',
        {
          retryAfterMs,
        },
      )
  }

  private async enter(): Promise<void> {
    if (this.inFlight < this.parts.concurrency) this.inFlight++
    else await new Promise<void>((resolve) => this.waiting.push(resolve)) // leave() hands its place over
  }

  private leave(): void {
    const next = this.waiting.shift()
    if (next) next()
    else this.inFlight--
  }
}
