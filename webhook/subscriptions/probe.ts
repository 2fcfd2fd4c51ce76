import type { Mailbox } from '../../models/mailbox.ts'
import { DAY, HOUR } from '../duration.ts'
import { ProviderError } from '../errors.ts'
import { isGone, refusedForNow, type Workshop } from './parts.ts'

/** Where its ending is lost, it ends by itself soon; the provider's least is 45 minutes (graph-contract 1.4). */
const PROBE_LIFE_MS = HOUR

type Where = { mailbox: Mailbox; providerFolderId: string }

/**
 * Makes a subscription on a folder that has none, and ends it: the provider makes one only when it has reached us and
 * heard our answer (graph-contract 1.2). Throws what the provider refuses with.
 */
export async function probe(workshop: Workshop, where: Where, signal: AbortSignal): Promise<void> {
  const { straySearches, clock, random } = workshop
  // Whatever dies from here on, somebody will look for what it left behind.
  const firstLookAt = new Date(clock.now().getTime() + DAY * (0.5 + random() / 2))
  await straySearches.begin(where.mailbox._id, firstLookAt)
  const subscriptionId = await ask(workshop, where, signal).catch(async (error: unknown) => {
    if (!(error instanceof ProviderError && error.code === 'conflict')) throw error
    await clear(workshop, where, signal) // a probe whose end we did not survive
    return ask(workshop, where, signal)
  })
  await end(workshop, { ...where, subscriptionId }, signal)
}

async function ask(
  { providers, secrets, urls, pace }: Workshop,
  { mailbox, providerFolderId }: Where,
  signal: AbortSignal,
): Promise<string> {
  await pace.turn(mailbox.workspaceId, signal)
  const of = `probe ${mailbox._id}` // the salt of no folder, so that nobody takes it over as one's own
  const salt = secrets.newSalt(of)
  const clientState = secrets.clientStateOf(of, salt)
  const request = { providerFolderId, ...urls.of(salt), clientState, lifeMs: PROBE_LIFE_MS }
  const { subscriptionId } = await providers.forMailbox(mailbox).subscribe(request, signal)
  return subscriptionId
}

async function end(
  { providers, pace }: Workshop,
  { mailbox, subscriptionId }: Where & { subscriptionId: string },
  signal: AbortSignal,
): Promise<void> {
  await pace.turn(mailbox.workspaceId, signal)
  await providers
    .forMailbox(mailbox)
    .unsubscribe(subscriptionId, signal)
    .catch((error: unknown) => isGone(error) || refusedForNow(error))
}

async function clear(workshop: Workshop, where: Where, signal: AbortSignal): Promise<void> {
  const listed = await workshop.providers.forMailbox(where.mailbox).subscriptions(signal)
  for (const { subscriptionId, notificationUrl, providerFolderId } of listed)
    if (providerFolderId === where.providerFolderId && workshop.urls.isOurs(notificationUrl))
      await end(workshop, { ...where, subscriptionId }, signal)
}
