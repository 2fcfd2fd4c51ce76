import type { Folder } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { Subscription } from '../../models/subscription.ts'
import { MINUTE } from '../duration.ts'
import { ProviderError } from '../errors.ts'
import { fateOf } from './decide/fate.ts'
import { nextRenewalAt } from './decide/renewal-time.ts'
import { endSubscription, TRY_AGAIN_MS } from './end.ts'
import { lifeMsOf } from './make.ts'
import { isGone, type Workshop } from './parts.ts'

const AT_ONCE = 20
/** The provider asks for an authorization a good while before it falls silent (graph-contract 2.3): later, ask what it kept. */
const ANSWERED_IN_TIME_MS = 5 * MINUTE

/** Looks at the subscriptions whose time has come, each on one instance alone. */
export async function renewDue(workshop: Workshop, signal: AbortSignal): Promise<void> {
  const { subscriptionStore, clock, crash } = workshop
  const due = await subscriptionStore.dueForRenewal(clock.now(), AT_ONCE)
  const places = await placesOf(workshop, due)
  // Mailboxes whose credential was refused just now: the folder that was rung settles that, and the others wait for it.
  const refused = new Set<string>()
  for (const { subscription, ...place } of places) {
    if (signal.aborted) return
    const renewAt = new Date(clock.now().getTime() + TRY_AGAIN_MS)
    if (!(await subscriptionStore.postpone(subscription, renewAt))) continue
    crash('renewal-postponed')
    if (refused.has(subscription.mailboxId)) continue
    await settle(workshop, { ...place, subscription: { ...subscription, renewAt } }, signal, () =>
      refused.add(subscription.mailboxId),
    )
  }
}

type Place = { subscription: Subscription; mailbox: Mailbox | null; folder: Folder | null }

/** Read once for all that are due, two of the five questions that a renewal has for the database. */
async function placesOf({ mailboxes, folders }: Workshop, due: Subscription[]): Promise<Place[]> {
  const [theirMailboxes, theirFolders] = await Promise.all([
    mailboxes.findMany([...new Set(due.map(({ mailboxId }) => mailboxId))]),
    folders.findMany(due.map(({ folderId }) => folderId)),
  ])
  const mailboxOf = new Map(theirMailboxes.map((mailbox) => [mailbox._id, mailbox]))
  const folderOf = new Map(theirFolders.map((folder) => [folder._id, folder]))
  return due.map((subscription) => ({
    subscription,
    mailbox: mailboxOf.get(subscription.mailboxId) ?? null,
    folder: folderOf.get(subscription.folderId) ?? null,
  }))
}

async function settle(
  workshop: Workshop,
  place: Place,
  signal: AbortSignal,
  onRefused: () => void,
): Promise<void> {
  const { queue, subscriptionStore, clock, encryption } = workshop
  const { subscription, mailbox } = place
  const { _id, folderId, expiresAt } = subscription
  const certificateId = encryption?.certificateId ?? null
  const fate = fateOf({ ...place, certificateId, now: clock.now() })
  if (fate === 'forget') {
    await queue.ring([folderId]) // first, as a bell too many does no harm
    await subscriptionStore.remove(_id)
    workshop.onForgotten(_id)
  } else if (fate === 'wait' || !mailbox) {
    // A reconnect brings it forward.
    await subscriptionStore.postpone(subscription, expiresAt)
  } else {
    await act(workshop, { subscription, mailbox, fate }, signal).catch(async (error: unknown) => {
      if (!(error instanceof ProviderError)) throw error
      // Nobody may ring any more: its folder's pass asks what came, and meets the same refusal, which is settled there.
      if (error.retry === 'after-reconnect') onRefused()
      const isRefused = error.retry === 'after-reconnect' || error.code === 'access-denied'
      if (isRefused || subscription.challengedAt) await queue.ring([folderId])
    })
  }
}

type Case = { subscription: Subscription; mailbox: Mailbox }

async function act(
  workshop: Workshop,
  { fate, ...one }: Case & { fate: 'end' | 'replace' | 'renew' },
  signal: AbortSignal,
): Promise<void> {
  if (fate === 'renew') await renewSubscription(workshop, one, signal)
  else if (fate === 'replace') await replaceSubscription(workshop, one, signal)
  else await endSubscription(workshop, one, signal)
}

/** Ends it and rings: the folder's next pass makes a new one before it asks what changed, so that nothing falls between. */
export async function replaceSubscription(
  workshop: Workshop,
  one: Case,
  signal: AbortSignal,
): Promise<void> {
  if (await endSubscription(workshop, one, signal))
    await workshop.queue.ring([one.subscription.folderId])
}

/**
 * Extends the life, which also renews the authorization: so the other call for that is never made, and the two cannot
 * come too close (graph-contract 1.1). False when the provider no longer has it.
 */
export async function renewSubscription(
  workshop: Workshop,
  { subscription, mailbox }: Case,
  signal: AbortSignal,
): Promise<boolean> {
  const { providers, subscriptionStore, pace, clock, random, crash } = workshop
  await pace.turn(mailbox.workspaceId, signal)
  try {
    const { expiresAt } = await providers
      .forMailbox(mailbox)
      .renew(subscription._id, lifeMsOf(workshop), signal)
    crash('renewal-granted')
    const renewedAt = clock.now()
    const renewAt = nextRenewalAt({ from: renewedAt, expiresAt }, random)
    const { _id, folderId, challengedAt } = subscription
    const isLate =
      challengedAt && renewedAt.getTime() - challengedAt.getTime() > ANSWERED_IN_TIME_MS
    if (isLate) await workshop.queue.ring([folderId]) // first, as a bell too many does no harm
    await subscriptionStore.renewed(_id, { renewedAt, expiresAt, renewAt })
    return true
  } catch (error) {
    if (!isGone(error)) throw error
    await lose(workshop, [subscription])
    await workshop.queue.ring([subscription.folderId])
    return false
  }
}

/**
 * The provider no longer has these: their records count no more, and the folders' next passes make new ones. Whoever
 * calls this rings the folders afterwards; until then the records can still be recognised, should we die in between.
 */
export async function lose(
  { subscriptionStore, clock, crash, onForgotten }: Workshop,
  lost: Pick<Subscription, '_id'>[],
): Promise<void> {
  const ids = lost.map(({ _id }) => _id)
  await subscriptionStore.expire(ids, clock.now())
  for (const id of ids) onForgotten(id)
  crash('subscription-lost-removed')
}
