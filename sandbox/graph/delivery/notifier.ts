import type { Clock } from '../../../webhook/clock.ts'
import type { Random } from '../../random.ts'
import type { DeliveryKnobs } from '../knobs.ts'
import type { MailChange } from '../store/change.ts'
import type { SubscriptionStore } from '../subscriptions/subscription-store.ts'
import { Agenda } from './agenda.ts'
import { DeliveryFaults } from './delivery-faults.ts'
import { EndpointStates } from './endpoint-states.ts'
import { Lifecycle } from './lifecycle.ts'
import { notifiedAs, type MatchesFilter } from './decide/matching.ts'
import { NotificationLog } from './notification-log.ts'
import { changeNotification } from './content/notification.ts'
import { Outbox } from './outbox.ts'
import type { Parcel } from './parcel.ts'
import type { Post } from './post.ts'
import { validationTokensFor, type SignValidationToken } from './content/validation-tokens.ts'

export type NotifierParts = {
  store: SubscriptionStore
  matches: MatchesFilter
  sign?: SignValidationToken
  post: Post
  clock: Clock
  random: Random
  knobs: DeliveryKnobs
}

/** How long notifications held for reordering wait for the rest of their number, in greatest latencies. */
const HELD_FOR_LATENCIES = 5

/** From a change in a mailbox to a POST at each endpoint that asked for it (graph-contract 2). */
export class Notifier {
  readonly faults: DeliveryFaults
  readonly log = new NotificationLog()
  readonly lifecycle: Lifecycle
  readonly endpoints: EndpointStates
  private readonly deliveries: Agenda
  private readonly duties: Agenda
  private readonly outbox: Outbox
  private held: Parcel[] = []

  constructor(private readonly parts: NotifierParts) {
    const { clock, random, knobs, store, sign } = parts
    this.faults = new DeliveryFaults(clock, random)
    this.endpoints = new EndpointStates(clock, knobs)
    this.deliveries = new Agenda(clock)
    this.duties = new Agenda(clock)
    this.lifecycle = new Lifecycle({
      store,
      agenda: this.duties,
      clock,
      knobs,
      send: (parcel) => this.outbox.put(parcel, this.latencyMs()),
    })
    this.outbox = new Outbox({
      ...parts,
      agenda: this.deliveries,
      endpoints: this.endpoints,
      log: this.log,
      validationTokens: (parcels) => validationTokensFor(parcels, sign, knobs),
      onLoss: (parcel) => this.regret(parcel),
      onLeave: (parcel) => {
        if (parcel.item.lifecycleEvent === 'missed')
          this.lifecycle.missedHasLeft(parcel.subscription)
      },
    })
  }

  /** To be called for every change, as it happens. */
  changed(change: MailChange): void {
    const { store, matches, random, knobs } = this.parts
    for (const subscription of store.all()) {
      const type = notifiedAs(change, subscription, matches)
      if (!type) continue
      const item = changeNotification(change, type, subscription, { random, knobs })
      const parcel: Parcel = { kind: 'change', subscription, item }
      if (this.survivesBulk(change)) this.dispatch(parcel)
      else this.lose(parcel, 'lost in a bulk operation', true)
    }
  }

  /** Resolves when no delivery is due or under way. An endpoint that waits for a virtual clock keeps it from resolving. */
  async idle(): Promise<void> {
    await this.duties.idle()
    await this.deliveries.idle()
  }

  /** How many deliveries wait for time to pass. */
  pending(): number {
    return this.deliveries.waiting()
  }

  close(): void {
    this.deliveries.close()
    this.duties.close()
  }

  private dispatch(parcel: Parcel): void {
    const fate = this.faults.fate(() => this.latencyMs())
    if (fate.kind === 'lost') this.lose(parcel, fate.why, fate.announced)
    else if (fate.kind === 'held') this.hold(parcel, fate.last)
    else for (const delayMs of fate.delaysMs) this.outbox.put(parcel, delayMs)
  }

  /** Let go back to front, each in a POST of its own; after a while also when some are still missing. */
  private hold(parcel: Parcel, isLast: boolean): void {
    this.held.push(parcel)
    if (isLast) this.release()
    else if (this.held.length === 1) {
      this.deliveries.after(HELD_FOR_LATENCIES * this.parts.knobs.maxLatencyMs, () =>
        this.release(),
      )
    }
  }

  private release(): void {
    const stepMs = 2 * this.parts.knobs.batchWindowMs
    for (const [index, parcel] of this.held.reverse().entries())
      this.outbox.put(parcel, index * stepMs)
    this.held = []
  }

  /** Exchange goes silent over large operations and loses part of small ones (graph-contract 9 #9). */
  private survivesBulk({ bulkSize = 1 }: MailChange): boolean {
    const { bulkSilenceAbove, bulkShare } = this.parts.knobs
    if (bulkSize <= 1) return true
    return bulkSize <= bulkSilenceAbove && this.parts.random.chance(bulkShare)
  }

  private lose(parcel: Parcel, why: string, announced: boolean): void {
    this.log.lost({ at: this.parts.clock.now(), item: parcel.item, why })
    if (announced) this.regret(parcel)
  }

  private regret({ kind, subscription }: Parcel): void {
    if (kind === 'change' && this.parts.knobs.missedAfterLoss) this.lifecycle.missed(subscription)
  }

  private latencyMs(): number {
    const { minLatencyMs, maxLatencyMs } = this.parts.knobs
    return this.parts.random.between(minLatencyMs, maxLatencyMs)
  }
}
