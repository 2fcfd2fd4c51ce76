import type { ChangeNotificationCollection } from '@microsoft/microsoft-graph-types'
import type { Clock } from '../../../webhook/clock.ts'
import type { DeliveryKnobs } from '../knobs.ts'
import type { SubscriptionStore } from '../subscriptions/subscription-store.ts'
import type { Agenda } from './agenda.ts'
import { nextRetryMs } from './decide/backoff.ts'
import type { EndpointStates } from './endpoint-states.ts'
import { isAcknowledged, type LoggedPost, type NotificationLog } from './notification-log.ts'
import { urlOf, type Parcel } from './parcel.ts'
import { postWithin, type Post, type PostOutcome } from './post.ts'

export type OutboxParts = {
  agenda: Agenda
  clock: Clock
  post: Post
  store: SubscriptionStore
  endpoints: EndpointStates
  log: NotificationLog
  knobs: DeliveryKnobs
  validationTokens: (parcels: readonly Parcel[]) => Promise<string[] | null | undefined>
  /** Told what was given up, once for each parcel. */
  onLoss: (parcel: Parcel) => void
  /** Told of each parcel as it is posted for the first time. */
  onLeave: (parcel: Parcel) => void
}

/** Parcels for one URL that travel, and are retried, together. */
type Shipment = {
  parcels: readonly Parcel[]
  attempt: number
  firstAt: number
  /** Has waited for a slow endpoint once; it goes out now, and its response is the re-test. */
  wasPutOff?: true
}

/** Batches parcels by URL, posts them, retries what was not acknowledged for up to 4 h (graph-contract 2.2). */
export class Outbox {
  /** Parcels by the moment they are due. */
  private readonly boxes = new Map<number, Parcel[]>()

  constructor(private readonly parts: OutboxParts) {}

  /** Parcels due within one batch window leave together. */
  put(parcel: Parcel, delayMs: number): void {
    const { batchWindowMs } = this.parts.knobs
    const due = this.nowMs() + delayMs
    const at = batchWindowMs > 0 ? Math.ceil(due / batchWindowMs) * batchWindowMs : due
    const box = this.boxes.get(at)
    if (box) return void box.push(parcel)
    this.boxes.set(at, [parcel])
    this.parts.agenda.after(at - this.nowMs(), () => this.empty(at))
  }

  private async empty(at: number): Promise<void> {
    const parcels = this.boxes.get(at) ?? []
    this.boxes.delete(at)
    const shipments = batches(parcels, this.parts.knobs.maxBatch)
    await Promise.all(
      shipments.map((batch) => this.ship({ parcels: batch, attempt: 1, firstAt: this.nowMs() })),
    )
  }

  private async ship(shipment: Shipment): Promise<void> {
    const alive = shipment.parcels.filter((parcel) => this.isAlive(parcel))
    const lapsed = alive.filter((parcel) => this.isLapsed(parcel))
    // A lapsed token counts for nothing against the endpoint (graph-contract 2.2).
    if (lapsed.length > 0)
      this.retry({ ...shipment, parcels: lapsed }, 'its stored token had lapsed')
    const ready = this.admitted({
      ...shipment,
      parcels: alive.filter((parcel) => !lapsed.includes(parcel)),
    })
    for (const [url, parcels] of byUrl(ready)) await this.send(url, { ...shipment, parcels })
  }

  /** What a slow or dropping endpoint gets now; the rest is put off or lost (graph-contract 2.2). */
  private admitted(shipment: Shipment): Parcel[] {
    const hadItsWait = shipment.attempt > 1 || shipment.wasPutOff === true
    return shipment.parcels.filter((parcel) => {
      const { verdict, waitMs } = this.parts.endpoints.admit(urlOf(parcel))
      if (verdict === 'send' || (verdict === 'delay' && hadItsWait)) return true
      if (verdict === 'drop' && parcel.kind === 'change')
        this.lose(parcel, 'the endpoint was too slow')
      else
        this.parts.agenda.after(waitMs, () =>
          this.ship({ ...shipment, parcels: [parcel], wasPutOff: true }),
        )
      return false
    })
  }

  private async send(url: string, shipment: Shipment): Promise<void> {
    const { knobs, clock, onLeave } = this.parts
    const at = clock.now()
    if (shipment.attempt === 1) shipment.parcels.forEach(onLeave)
    const outcome = await postWithin(this.parts, url, {
      body: JSON.stringify(await this.payload(shipment.parcels)),
      headers: { 'content-type': 'application/json' },
      timeoutMs: shipment.attempt === 1 ? knobs.firstTimeoutMs : knobs.retryTimeoutMs,
    })
    if (outcome.kind !== 'failed') this.parts.endpoints.record(url, outcome.tookMs)
    const post: LoggedPost = {
      at,
      url,
      attempt: shipment.attempt,
      items: shipment.parcels.map(({ item }) => item),
      outcome: outcomeOf(outcome),
      tookMs: outcome.tookMs,
    }
    this.parts.log.posted(post)
    if (!isAcknowledged(post)) this.retry(shipment, 'it was never acknowledged')
  }

  private async payload(parcels: readonly Parcel[]): Promise<ChangeNotificationCollection> {
    const validationTokens = await this.parts.validationTokens(parcels)
    return {
      value: parcels.map(({ item }) => item),
      ...(validationTokens === undefined ? {} : { validationTokens }),
    }
  }

  private retry({ parcels, attempt, firstAt }: Shipment, why: string): void {
    const { knobs, agenda } = this.parts
    const waitMs = nextRetryMs(
      { attempt, sinceFirstMs: (this.nowMs() - firstAt) * knobs.timeScale },
      knobs,
    )
    if (waitMs === null) for (const parcel of parcels) this.lose(parcel, why)
    else
      agenda.after(waitMs / knobs.timeScale, () =>
        this.ship({ parcels, attempt: attempt + 1, firstAt }),
      )
  }

  private lose(parcel: Parcel, why: string): void {
    this.parts.log.lost({ at: this.parts.clock.now(), item: parcel.item, why })
    this.parts.onLoss(parcel)
  }

  /** Nothing is sent for a subscription that is gone, but the news that it is (graph-contract 2.3). */
  private isAlive({ farewell, subscription }: Parcel): boolean {
    return farewell === true || this.parts.store.get(subscription.id) !== undefined
  }

  private isLapsed({ kind, subscription }: Parcel): boolean {
    return kind === 'change' && subscription.authorizedUntil <= this.parts.clock.now()
  }

  private nowMs(): number {
    return this.parts.clock.now().getTime()
  }
}

/** Full batches of parcels for one URL each, in order. */
function batches(parcels: readonly Parcel[], max: number): Parcel[][] {
  return [...byUrl(parcels).values()].flatMap((sameUrl) =>
    Array.from({ length: Math.ceil(sameUrl.length / max) }, (_, index) =>
      sameUrl.slice(index * max, (index + 1) * max),
    ),
  )
}

/** By the URL their subscriptions have now: a PATCH may have changed it. */
const byUrl = (parcels: readonly Parcel[]): Map<string, Parcel[]> => {
  const groups = new Map<string, Parcel[]>()
  for (const parcel of parcels)
    groups.set(urlOf(parcel), [...(groups.get(urlOf(parcel)) ?? []), parcel])
  return groups
}

const outcomeOf = (outcome: PostOutcome): LoggedPost['outcome'] =>
  outcome.kind === 'replied' ? outcome.reply.status : outcome.kind
