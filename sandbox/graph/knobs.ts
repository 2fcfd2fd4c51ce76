import { DAY, HOUR, MINUTE, SECOND } from '../../webhook/duration.ts'
import { defaultMailKnobs, type MailKnobs } from './mail/knobs.ts'

/** How the subscription resource behaves (graph-contract 1). */
export type SubscriptionKnobs = {
  /** 10,080 as documented today, 4,230 as live tenants have answered (graph-contract 1.4). */
  maxMinutes: number
  /** 1,440 for subscriptions with resource data (graph-contract 1.4). */
  maxRichMinutes: number
  /** Docs announce refusal; a silent cut has been seen (graph-contract 1.4). */
  tooLong: 'reject' | 'shorten'
  /** Active subscriptions on one mailbox, all apps together (graph-contract 1.4). */
  maxPerMailbox: number
  /** What happens to a PATCH and a reauthorize within 10 minutes of each other (graph-contract 1.1). */
  patchAndReauthorize: 'flag' | 'refuse'
  /** A new `notificationUrl` is validated before PATCH accepts it; whether Graph does is open (graph-contract 11 #2). */
  validateOnPatch: boolean
  /** Takes `http://localhost` URLs, because the sandbox has no certificates. Graph itself wants https. */
  allowLoopbackHttp: boolean
  handshakeTimeoutMs: number
  /** Page size of the list; not documented. */
  listPageSize: number
}

/** How notifications travel (graph-contract 2). */
export type DeliveryKnobs = {
  minLatencyMs: number
  maxLatencyMs: number
  /** Notifications for one URL that fall due this close together share a POST. */
  batchWindowMs: number
  maxBatch: number
  /** The spelling of `resource`; `mixed` picks one by chance for each notification (graph-contract 2.1). */
  resourceStyle: 'slashes' | 'tenant' | 'quoted' | 'mixed'
  /** How many notifications carry the optional `id`, 0 to 1. */
  idShare: number
  firstTimeoutMs: number
  retryTimeoutMs: number
  retryBaseMs: number
  retryForMs: number
  /** Responses in the window before an endpoint is judged; today's docs name none, 100 was named once. */
  healthMinSamples: number
  /** Above this size a bulk operation is announced by `missed` alone (graph-contract 9 #9). */
  bulkSilenceAbove: number
  /** How much of a smaller bulk operation gets through (graph-contract 9 #9). */
  bulkShare: number
  /** Whether lost notifications are followed by `missed`; "may", say the docs (graph-contract 2.2). */
  missedAfterLoss: boolean
  /** `token`: the stored token lapses with the access token. A number: after so many ms. `never`: not at all. */
  storedToken: 'token' | 'never' | number
  /** How much faster windows, back-off and lifecycle cadence run than on Graph; 1 is real. */
  timeScale: number
  validationTokenVersion: 1 | 2
  /** What is wrong with rich notifications (graph-contract 2.4). */
  richFlaw:
    | 'none'
    | 'bad-signature'
    | 'expired-token'
    | 'foreign-token'
    | 'null-tokens'
    | 'wrong-certificate-id'
}

/** How the wait is told: as it is, always as `1`, with a fraction, not at all, as a date, or as nonsense. */
export const retryAfterStyles = [
  'present',
  'one',
  'fractional',
  'absent',
  'date',
  'zero',
  'negative',
  'absurd',
  'past-date',
] as const
export type RetryAfterStyle = (typeof retryAfterStyles)[number]

/** The way in (graph-contract 6 and 7.5). */
export type HttpKnobs = {
  concurrentPerMailbox: number
  /** How `Retry-After` looks on a 429 (graph-contract 6.2). */
  retryAfter: RetryAfterStyle
  /** Off: nothing is counted against any limit. */
  throttling: boolean
  /** For app-only callers named here, the only mailboxes (owner ids) they may open (graph-contract 7.5). */
  mailboxAllowList: Readonly<Record<string, readonly string[]>>
  /** For each mailbox (owner id), the users to whom it is shared; they also need a `.Shared` scope (graph-contract 7.2). */
  sharedWith: Readonly<Record<string, readonly string[]>>
}

export type GraphKnobs = {
  subscriptions: SubscriptionKnobs
  delivery: DeliveryKnobs
  http: HttpKnobs
  mail: MailKnobs
}

/** Some knobs, the rest as they are. */
export type KnobChanges = { [Group in keyof GraphKnobs]?: Partial<GraphKnobs[Group]> }

const asDocumented: Omit<GraphKnobs, 'mail'> = {
  subscriptions: {
    maxMinutes: (7 * DAY) / MINUTE,
    maxRichMinutes: DAY / MINUTE,
    tooLong: 'reject',
    maxPerMailbox: 1_000,
    patchAndReauthorize: 'flag',
    validateOnPatch: false,
    allowLoopbackHttp: true,
    handshakeTimeoutMs: 10 * SECOND,
    listPageSize: 100,
  },
  delivery: {
    minLatencyMs: SECOND,
    maxLatencyMs: MINUTE,
    batchWindowMs: 50,
    maxBatch: 100,
    resourceStyle: 'mixed',
    idShare: 0.5,
    firstTimeoutMs: 3 * SECOND,
    retryTimeoutMs: 10 * SECOND,
    retryBaseMs: 10 * SECOND,
    retryForMs: 4 * HOUR,
    healthMinSamples: 10,
    bulkSilenceAbove: 25,
    bulkShare: 0.8,
    missedAfterLoss: true,
    storedToken: 'token',
    timeScale: 1,
    validationTokenVersion: 2,
    richFlaw: 'none',
  },
  http: {
    concurrentPerMailbox: 4,
    retryAfter: 'present',
    throttling: true,
    mailboxAllowList: {},
    sharedWith: {},
  },
}

/** What the sandbox changes so that a person need not wait: notifications come within half a second. */
export const sandboxKnobs: KnobChanges = { delivery: { minLatencyMs: 100, maxLatencyMs: 400 } }

/** A set of knobs of one's own: as Graph is documented, apart from `changes`. Parts read it live, so it may be turned later. */
export function graphKnobs(changes: KnobChanges = {}): GraphKnobs {
  return {
    subscriptions: { ...asDocumented.subscriptions, ...changes.subscriptions },
    delivery: { ...asDocumented.delivery, ...changes.delivery },
    http: { ...asDocumented.http, ...changes.http },
    mail: { ...defaultMailKnobs(), ...changes.mail },
  }
}
