import { DAY, MINUTE } from '../duration.ts'
import { ProviderError } from '../errors.ts'
import type { ProviderSubscription } from '../provider/provider.ts'
import { firstRenewalAt } from './decide/renewal-time.ts'
import { refusedForNow, type Place, type Workshop } from './parts.ts'
import { hashOfClientState } from './secret.ts'

/** With headers, under a day (graph-contract 1.4); a little less, as clocks differ. */
const RICH_LIFE_MS = DAY - 15 * MINUTE

/** Life to ask for. */
export const lifeMsOf = ({
  lifeMs,
  encryption,
}: Pick<Workshop, 'lifeMs' | 'encryption'>): number =>
  encryption ? Math.min(lifeMs, RICH_LIFE_MS) : lifeMs

/**
 * Makes the folder's subscription, or takes over the one that a crash left without a record. False when the provider
 * refuses for now.
 */
export async function makeSubscription(
  workshop: Workshop,
  place: Place,
  signal: AbortSignal,
): Promise<boolean> {
  const { straySearches, clock, random } = workshop
  // Whatever dies from here on, somebody will look for what it left behind.
  const firstLookAt = new Date(clock.now().getTime() + DAY * (0.5 + random() / 2))
  await straySearches.begin(place.mailbox._id, firstLookAt)
  const asked = await ask(workshop, place, signal)
  if (asked !== 'conflict') return asked === 'made'
  if (await adopt(workshop, place, signal)) return true
  return (await ask(workshop, place, signal)) === 'made'
}

type Asked = 'made' | 'conflict' | 'refused'

async function ask(workshop: Workshop, place: Place, signal: AbortSignal): Promise<Asked> {
  const { providers, secrets, urls, pace, encryption, crash } = workshop
  const { folder, mailbox } = place
  await pace.turn(mailbox.workspaceId, signal)
  const salt = secrets.newSalt(folder._id)
  const request = {
    providerFolderId: folder.providerFolderId,
    ...urls.of(salt),
    clientState: secrets.clientStateOf(folder._id, salt),
    lifeMs: lifeMsOf(workshop),
    ...(encryption && { encryption }),
  }
  crash('subscription-asked')
  const granted = await providers
    .forMailbox(mailbox)
    .subscribe(request, signal)
    .catch((error: unknown) => (isConflict(error) ? ('conflict' as const) : refusedForNow(error)))
  if (granted === 'conflict') return 'conflict'
  if (!granted) return 'refused'
  crash('subscription-granted')
  await record(workshop, place, { granted, salt }, signal)
  return 'made'
}

/**
 * The provider has one for this folder already. One that our salt opens is renewed and recorded. Any other, made under
 * another address or root key, is of no use to anybody and makes room.
 */
async function adopt(workshop: Workshop, place: Place, signal: AbortSignal): Promise<boolean> {
  const { providers, secrets, urls, pace, crash } = workshop
  const { folder, mailbox } = place
  const provider = providers.forMailbox(mailbox)
  const listed = (await provider.subscriptions(signal).catch(refusedForNow)) ?? []
  for (const { subscriptionId, notificationUrl, providerFolderId } of listed) {
    if (providerFolderId !== folder.providerFolderId) continue
    const salt = urls.saltOf(notificationUrl)
    await pace.turn(mailbox.workspaceId, signal)
    if (salt !== null && secrets.isSaltOf(folder._id, salt)) {
      const granted = await provider
        .renew(subscriptionId, lifeMsOf(workshop), signal)
        .catch(refusedForNow)
      if (!granted) continue
      crash('subscription-adopted')
      await record(workshop, place, { granted, salt }, signal)
      return true
    }
    await provider.unsubscribe(subscriptionId, signal).catch(refusedForNow)
    crash('subscription-ended-at-provider')
  }
  return false
}

async function record(
  { subscriptionStore, providers, secrets, encryption, clock, random, crash }: Workshop,
  { folder, mailbox }: Place,
  { granted, salt }: { granted: ProviderSubscription; salt: string },
  signal: AbortSignal,
): Promise<void> {
  const now = clock.now()
  const { subscriptionId: _id, expiresAt } = granted
  const created = await subscriptionStore.create({
    _id,
    workspaceId: mailbox.workspaceId,
    mailboxId: mailbox._id,
    folderId: folder._id,
    providerUserId: mailbox.providerUserId,
    clientStateHash: hashOfClientState(secrets.clientStateOf(folder._id, salt)),
    certificateId: encryption?.certificateId ?? null,
    createdAt: now,
    renewedAt: now,
    expiresAt,
    renewAt: firstRenewalAt({ from: now, expiresAt }, random),
    challengedAt: null,
  })
  crash('subscription-recorded')
  if (created) return
  // Another worker was first. Unless it recorded this very one, ours would ring twice for everything.
  const first = await subscriptionStore.ofFolder(folder._id)
  if (first?._id === _id) return
  await providers.forMailbox(mailbox).unsubscribe(_id, signal).catch(refusedForNow)
}

const isConflict = (error: unknown): boolean =>
  error instanceof ProviderError && error.code === 'conflict'
