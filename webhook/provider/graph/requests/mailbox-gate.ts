import type { Clock } from '../../../clock.ts'
import { MINUTE } from '../../../duration.ts'
import { ProviderError } from '../../../errors.ts'
import { GATE_FORGOTTEN_MS, MAX_GATE_WAIT_MS } from '../limits.ts'
import { RequestWindow } from './request-window.ts'
import { backoffMs, parseRetryAfter } from './retry-after.ts'
import { unlessAborted } from './unless-aborted.ts'

export type GateParts = {
  clock: Clock
  random: () => number
  concurrency: number
  requestsPer10Minutes: number
  /** How many processes share these two, each on its own: 1 or more. */
  sharers: () => number
  /** Told of each wait: what the provider asked for, or what our own measure of its limit asks for. */
  onWait?: (wait: { cause: 'throttled' | 'quota'; ms: number }) => void
}

type Headed = Pick<Response, 'status' | 'headers'>

/**
 * One mailbox's share of Graph: at most `concurrency` requests in flight, so many in ten minutes (both of all instances
 * together, unless there are more of them than places), and none before a
 * throttled mailbox's time (requests made while throttled count against it, graph-contract 6.2). Other mailboxes have
 * gates of their own.
 */
export class MailboxGate {
  private inFlight = 0
  /** Of those, answers that are still coming. */
  private held = 0
  private readonly waiting: (() => void)[] = []
  private readonly window: RequestWindow
  private closedUntilMs = 0
  private usedAtMs = 0
  /** Refusals in a row. Those of requests that were under way together are one. */
  private strikes = 0
  private era = 0

  constructor(private readonly parts: GateParts) {
    const limit = () => this.share(parts.requestsPer10Minutes)
    this.window = new RequestWindow({ limit, windowMs: 10 * MINUTE })
  }

  /** Makes the request in its turn. Throws `throttled`, and asks nobody, where the turn is not soon. */
  async pass(request: () => Promise<Response>, signal?: AbortSignal): Promise<Response> {
    const answer = await this.begin(request, signal)
    this.leave()
    return answer
  }

  /**
   * The same for an answer that is still coming: its place is free again when `leave` is called, once. The last place is
   * never held, or new mail would wait for a large file.
   */
  async hold<Answer extends Headed>(
    request: () => Promise<Answer>,
    signal?: AbortSignal,
  ): Promise<{ answer: Answer; leave: () => void }> {
    const answer = await this.begin(request, signal)
    if (this.held >= this.share(this.parts.concurrency) - 1) {
      this.leave()
      return { answer, leave: () => undefined }
    }
    this.held++
    const leave = () => {
      this.held--
      this.leave()
    }
    return { answer, leave }
  }

  /** In its turn; its place is still taken when the answer is here. */
  private async begin<Answer extends Headed>(
    request: () => Promise<Answer>,
    signal?: AbortSignal,
  ): Promise<Answer> {
    await this.enter(signal)
    try {
      await this.turn(signal)
      const { era } = this
      const answer = await request()
      this.heed(answer, era)
      return answer
    } catch (error) {
      this.leave()
      throw error
    }
  }

  /** How long nothing gets through; 0 when it is open. */
  closedForMs(): number {
    return Math.max(0, this.closedUntilMs - this.nowMs())
  }

  /** How many requests went through in the last ten minutes, and how many may. */
  load(): { used: number; most: number } {
    const most = this.share(this.parts.requestsPer10Minutes)
    return { used: this.window.countAt(this.nowMs()), most }
  }

  /** Nothing would be lost if it were made anew. */
  isForgettable(): boolean {
    return this.inFlight === 0 && this.nowMs() - this.usedAtMs > GATE_FORGOTTEN_MS
  }

  private async enter(signal?: AbortSignal): Promise<void> {
    if (this.inFlight < this.share(this.parts.concurrency)) return void this.inFlight++
    const place = new Promise<void>((resolve) => this.waiting.push(resolve)) // leave() hands its place over
    try {
      await unlessAborted(place, signal)
    } catch (error) {
      void place.then(() => this.leave())
      throw error
    }
  }

  private leave(): void {
    this.inFlight--
    while (this.inFlight < this.share(this.parts.concurrency)) {
      const next = this.waiting.shift()
      if (!next) return
      this.inFlight++
      next()
    }
  }

  private share(whole: number): number {
    return Math.max(1, Math.floor(whole / this.parts.sharers()))
  }

  private async turn(signal?: AbortSignal): Promise<void> {
    for (;;) {
      signal?.throwIfAborted()
      const fullForMs = this.window.waitMs(this.nowMs())
      const waitMs = Math.max(this.closedForMs(), fullForMs)
      if (waitMs === 0) break
      if (this.closedForMs() > 0 || waitMs > MAX_GATE_WAIT_MS) throw throttled(waitMs)
      this.parts.onWait?.({ cause: 'quota', ms: waitMs })
      await this.parts.clock.sleep(waitMs, signal)
    }
    this.usedAtMs = this.nowMs()
    this.window.add(this.usedAtMs)
  }

  /** Some tenants say `1` whatever happens (graph-contract 9 #27), so our own measure holds as well. */
  private heed({ status, headers }: Headed, era: number): void {
    const given = parseRetryAfter(headers.get('retry-after'), this.parts.clock.now())
    const isAskedToWait = status === 429 || (given !== null && (status === 503 || status === 504))
    if (era === this.era) {
      if (isAskedToWait) this.era++
      this.strikes = isAskedToWait ? this.strikes + 1 : status < 500 ? 0 : this.strikes
    }
    if (!isAskedToWait) return
    const waitMs = Math.max(given ?? 0, backoffMs(this.strikes, this.parts.random))
    this.parts.onWait?.({ cause: 'throttled', ms: waitMs })
    this.closedUntilMs = Math.max(this.closedUntilMs, this.nowMs() + waitMs)
  }

  private nowMs(): number {
    return this.parts.clock.now().getTime()
  }
}

const throttled = (retryAfterMs: number) =>
  new ProviderError('throttled', 'later', 'The mailbox is throttled; not asked again yet.', {
    retryAfterMs,
  })
