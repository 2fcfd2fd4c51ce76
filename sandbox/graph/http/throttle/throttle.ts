import type { Clock } from '../../../../webhook/clock.ts'
import { SECOND } from '../../../../webhook/duration.ts'
import { GraphFault } from '../../errors.ts'
import type { HttpKnobs, RetryAfterStyle } from '../../knobs.ts'
import {
  GLOBAL_PER_APP,
  OUTLOOK_PER_MAILBOX,
  OUTLOOK_UPLOAD_BYTES,
  SUBSCRIPTION_CALLS,
  type SubscriptionCall,
} from './limits.ts'
import { SlidingWindow } from './sliding-window.ts'

/** What a request is charged to. */
export type Charge = {
  appId: string
  tenantId: string
  /** Object id of the mailbox's owner. */
  mailbox?: string
  /** Body of a PATCH, POST or PUT. */
  uploadBytes: number
  subscriptionCall?: SubscriptionCall
}

type Overrun = { code: string; message: string; waitMs: number }

/** Graph's limits, per app and mailbox, per app and tenant, per app (graph-contract 6.1). */
export class Throttle {
  private readonly windows = new Map<string, SlidingWindow>()
  private readonly inHand = new Map<string, number>()
  private readonly blockedUntil = new Map<string, number>()

  constructor(
    private readonly clock: Clock,
    private readonly knobs: HttpKnobs,
  ) {}

  /** Refuses everything for this mailbox for a while, whatever the counts say. */
  block(mailbox: string, ms: number): void {
    this.blockedUntil.set(mailbox, this.nowMs() + ms)
  }

  /** The mailboxes under a block, and until when. */
  blocked(): { mailbox: string; until: Date }[] {
    return [...this.blockedUntil]
      .filter(([, until]) => until > this.nowMs())
      .map(([mailbox, until]) => ({ mailbox, until: new Date(until) }))
  }

  unblock(): void {
    this.blockedUntil.clear()
  }

  /**
   * Counts the request, even when it is refused (graph-contract 6.1), and holds its place among the concurrent ones
   * until the returned function is called. Throws the 429 when a limit is passed.
   */
  enter(charge: Charge): () => void {
    const overrun =
      this.blockade(charge) ?? (this.knobs.throttling ? this.overrun(charge) : undefined)
    if (overrun) throw this.refusal(overrun)
    if (charge.mailbox === undefined) return () => undefined
    const place = `${charge.appId}|${charge.mailbox}`
    this.inHand.set(place, (this.inHand.get(place) ?? 0) + 1)
    return () => void this.inHand.set(place, (this.inHand.get(place) ?? 1) - 1)
  }

  private blockade({ mailbox = '' }: Charge): Overrun | undefined {
    const waitMs = (this.blockedUntil.get(mailbox) ?? 0) - this.nowMs()
    return waitMs > 0 ? outlook('MailboxConcurrency', waitMs) : undefined
  }

  /** Every counter is fed before any of them speaks, so that refused calls count everywhere. */
  private overrun({
    appId,
    tenantId,
    mailbox,
    uploadBytes,
    subscriptionCall,
  }: Charge): Overrun | undefined {
    const overruns: (Overrun | undefined)[] = [general(this.count(`app|${appId}`, GLOBAL_PER_APP))]
    if (subscriptionCall) {
      const { tenant, app } = SUBSCRIPTION_CALLS[subscriptionCall]
      const name = `subscriptions|${subscriptionCall}|${appId}`
      overruns.push(
        general(this.count(`${name}|${tenantId}`, tenant)),
        general(this.count(name, app)),
      )
    }
    if (mailbox !== undefined) {
      const place = `${appId}|${mailbox}`
      overruns.push(
        outlook('RequestRate', this.count(`rate|${place}`, OUTLOOK_PER_MAILBOX)),
        outlook('UploadVolume', this.count(`upload|${place}`, OUTLOOK_UPLOAD_BYTES, uploadBytes)),
        this.tooManyAtOnce(place),
      )
    }
    return overruns.find((overrun) => overrun !== undefined)
  }

  private tooManyAtOnce(place: string): Overrun | undefined {
    const full = (this.inHand.get(place) ?? 0) >= this.knobs.concurrentPerMailbox
    return full ? outlook('MailboxConcurrency', SECOND) : undefined
  }

  private count(
    name: string,
    { limit, windowMs }: { limit: number; windowMs: number },
    amount = 1,
  ): number {
    const window = this.windows.get(name) ?? new SlidingWindow(limit, windowMs)
    this.windows.set(name, window)
    return window.add(this.nowMs(), amount)
  }

  private refusal({ code, message, waitMs }: Overrun): GraphFault {
    const retryAfter = retryAfterHeader(this.knobs.retryAfter, waitMs, this.clock.now())
    return new GraphFault(
      429,
      code,
      message,
      retryAfter === undefined ? {} : { 'retry-after': retryAfter },
    )
  }

  private nowMs(): number {
    return this.clock.now().getTime()
  }
}

/** The spellings of `Retry-After` that clients have met (graph-contract 6.2). */
export function retryAfterHeader(
  style: RetryAfterStyle,
  waitMs: number,
  now: Date,
): string | undefined {
  const seconds = Math.max(1, Math.ceil(waitMs / SECOND))
  switch (style) {
    case 'present':
      return String(seconds)
    case 'one':
      return '1'
    case 'fractional':
      return (seconds + 0.128).toFixed(3)
    case 'date':
      return new Date(now.getTime() + seconds * SECOND).toUTCString()
    case 'absent':
      return undefined
    case 'zero':
      return '0'
    case 'negative':
      return '-1'
    case 'absurd':
      return '1000000000'
    case 'past-date':
      return new Date(now.getTime() - seconds * SECOND).toUTCString()
  }
}

/** Outlook's own wording; only `MailboxConcurrency` is on record, the other names are guesses (graph-contract 6.2). */
const outlook = (limit: string, waitMs: number): Overrun | undefined =>
  waitMs > 0
    ? { code: 'ApplicationThrottled', message: `Application is over its ${limit} limit.`, waitMs }
    : undefined

const general = (waitMs: number): Overrun | undefined =>
  waitMs > 0 ? { code: 'TooManyRequests', message: 'Please retry again later.', waitMs } : undefined
