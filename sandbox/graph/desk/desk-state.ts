import type { Clock } from '../../../webhook/clock.ts'
import type { LoggedPost } from '../delivery/notification-log.ts'
import type { Notifier } from '../delivery/notifier.ts'
import type { AccessGate } from '../http/access/access-gate.ts'
import type { RequestFaults } from '../http/request-faults.ts'
import type { LoggedRequest, RequestLog } from '../http/request-log.ts'
import type { Throttle } from '../http/throttle/throttle.ts'
import type { MailStoreView } from '../store/mail-store.ts'
import type { SubscriptionStore } from '../subscriptions/subscription-store.ts'

export type DeskStateParts = {
  mailboxes: Pick<MailStoreView, 'mailboxes' | 'findMailbox'>
  subscriptions: SubscriptionStore
  notifier: Notifier
  requests: RequestLog
  faults: RequestFaults
  gate: AccessGate
  throttle: Throttle
  clock: Clock
}

const SHOWN = 20

/** What the desk's page shows: no tokens and no client states. */
export function deskState(parts: DeskStateParts) {
  const nameOf = (userId: string | undefined) =>
    userId === undefined ? '' : (parts.mailboxes.findMailbox(userId)?.address ?? userId)
  return {
    now: parts.clock.now().toISOString(),
    mailboxes: parts.mailboxes
      .mailboxes()
      .map(({ userId, address, displayName }) => ({ userId, address, displayName })),
    active: activeFaults(parts, nameOf),
    waiting: parts.notifier.pending(),
    subscriptions: parts.subscriptions.all().map((subscription) => ({
      id: subscription.id,
      mailbox: nameOf(subscription.target.mailbox),
      resource: subscription.resource,
      changeType: subscription.changeType,
      expiresAt: subscription.expiresAt.toISOString(),
      isPaused: subscription.authorizedUntil <= parts.clock.now(),
    })),
    requests: parts.requests.last(SHOWN).map(requestLine(nameOf)).reverse(),
    notifications: parts.notifier.log.posts.slice(-SHOWN).map(notificationLine).reverse(),
    losses: parts.notifier.log.losses.length,
  }
}

function activeFaults(parts: DeskStateParts, nameOf: (userId: string) => string): string[] {
  const seconds = (until: Date) =>
    Math.ceil((until.getTime() - parts.clock.now().getTime()) / 1_000)
  return [
    ...parts.notifier.faults.active(),
    ...parts.faults.active(),
    ...parts.gate.active().map((user) => `consent of ${nameOf(user)} is revoked`),
    ...parts.throttle
      .blocked()
      .map(
        ({ mailbox, until }) => `${nameOf(mailbox)} is throttled for another ${seconds(until)} s`,
      ),
    ...parts.notifier.endpoints.unwell().map(({ url, state }) => `Graph treats ${url} as ${state}`),
  ]
}

const requestLine =
  (nameOf: (userId: string | undefined) => string) =>
  ({ at, method, path, mailbox, caller, status }: LoggedRequest) => ({
    at: at.toISOString(),
    method,
    path,
    mailbox: nameOf(mailbox),
    caller: caller?.userId === undefined ? 'app' : nameOf(caller.userId),
    status,
  })

const notificationLine = ({ at, url, items, outcome, attempt }: LoggedPost) => ({
  at: at.toISOString(),
  url: new URL(url).origin + new URL(url).pathname,
  items: items.map(({ changeType, lifecycleEvent }) => lifecycleEvent ?? changeType ?? ''),
  outcome,
  attempt,
})
