import type { Clock } from '../../webhook/clock.ts'
import type { Random } from '../random.ts'
import { deltaRoutes } from './delta/routes.ts'
import { SyncStates } from './delta/sync-states.ts'
import { matchesFilter } from './delivery/decide/message-filter.ts'
import { Notifier } from './delivery/notifier.ts'
import { fetchPost, type Post } from './delivery/post.ts'
import type { SignValidationToken } from './delivery/content/validation-tokens.ts'
import type { ConsentHooks } from './desk/fault-desk.ts'
import type { Compose } from './desk/mail-desk.ts'
import { AccessGate } from './http/access/access-gate.ts'
import type { TokenCheck } from './http/access/access.ts'
import { batchRoute } from './http/batch/batch.ts'
import { Dispatcher } from './http/dispatcher.ts'
import { RequestFaults } from './http/request-faults.ts'
import { RequestLog } from './http/request-log.ts'
import { Throttle } from './http/throttle/throttle.ts'
import { graphKnobs, type KnobChanges } from './knobs.ts'
import { mailRoutes } from './mail/routes.ts'
import { Mailboxes } from './store/mailboxes.ts'
import { subscriptionRoutes } from './subscriptions/routes.ts'
import { SubscriptionService } from './subscriptions/subscription-service.ts'
import { SubscriptionStore } from './subscriptions/subscription-store.ts'

export type GraphTwinOptions = {
  clock: Clock
  random: Random
  tokenCheck: TokenCheck
  /** Without it, rich notifications come with `validationTokens: null`. */
  signValidationToken?: SignValidationToken
  /** Writes the mails that the desk delivers; plain ones unless said otherwise. */
  compose?: Compose
  /** Told when the desk revokes or gives back a person's consent, so that sign-in can follow. */
  consent?: ConsentHooks
  /** What differs from Graph as documented. */
  knobs?: KnobChanges
  /** How notifications leave; over the network unless said otherwise. */
  post?: Post
}

export type TwinParts = ReturnType<typeof createParts>

/** Builds the twin, in reading order: mail, subscriptions and their notifications, the way in. */
export function createParts(options: GraphTwinOptions) {
  const { clock, random, tokenCheck, signValidationToken: sign, post = fetchPost } = options
  const knobs = graphKnobs(options.knobs)
  const mailboxes = new Mailboxes({ clock, random, knobs: knobs.mail })
  const states = new SyncStates(random, () => knobs.mail.deltaGenerations)

  const subscriptions = new SubscriptionStore(clock)
  const notifier = new Notifier({
    store: subscriptions,
    matches: matchesFilter,
    ...(sign ? { sign } : {}),
    post,
    clock,
    random,
    knobs: knobs.delivery,
  })
  mailboxes.onChange((change) => notifier.changed(change))
  const service = new SubscriptionService({
    store: subscriptions,
    mailboxes,
    knobs,
    post,
    clock,
    random,
  })

  const gate = new AccessGate(tokenCheck, clock)
  const throttle = new Throttle(clock, knobs.http)
  const faults = new RequestFaults()
  const requests = new RequestLog()
  const dispatcher: Dispatcher = new Dispatcher({
    routes: [
      ...subscriptionRoutes(service, knobs.subscriptions),
      ...mailRoutes(mailboxes),
      ...deltaRoutes({ mailboxes, states }),
      batchRoute({ random, handle: (incoming) => dispatcher.handle(incoming) }),
    ],
    gate,
    mailboxes,
    throttle,
    faults,
    log: requests,
    knobs: knobs.http,
    clock,
    random,
  })
  return {
    clock,
    random,
    knobs,
    mailboxes,
    states,
    subscriptions,
    notifier,
    gate,
    throttle,
    faults,
    requests,
    dispatcher,
  }
}
