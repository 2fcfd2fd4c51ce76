import type { Clock } from '../../../clock.ts'
import { ProviderError } from '../../../errors.ts'
import type { ListedSubscription, ProviderSubscription, SubscribeRequest } from '../../provider.ts'
import type { GraphCall, GraphClient } from '../requests/graph-client.ts'
import { FALLBACK_SUBSCRIPTION_MS, MAX_RICH_SUBSCRIPTION_MS } from '../limits.ts'
import { headerSelect, Subscription, SubscriptionPage } from '../schemas.ts'
import { watchedFolder } from './subscription-resource.ts'

type Parts = { graph: GraphClient; clock: Clock }

/**
 * Creates a subscription on one folder. Graph validates both URLs inside this call. Some tenants still refuse more than
 * 4,230 minutes, and all more than a day where headers come along: then asked again for that (graph-contract 1.4). What
 * Graph grants is what is returned.
 */
export async function subscribe(
  { graph, root, clock }: Parts & { root: string },
  request: SubscribeRequest,
  signal: AbortSignal,
): Promise<ProviderSubscription> {
  const ask = (lifeMs: number) =>
    graph.json('/subscriptions', Subscription, {
      ...{ operation: 'subscribe', method: 'post', signal },
      body: {
        changeType: 'created,updated,deleted',
        ...watching(`${root}/mailFolders('${request.providerFolderId}')/messages`, request),
        notificationUrl: request.notificationUrl,
        lifecycleNotificationUrl: request.lifecycleUrl,
        expirationDateTime: after(clock, lifeMs),
        clientState: request.clientState,
      },
    })
  return granted(await withShorterLife(request.lifeMs, ask))
}

/** Rich notifications want `$select` in the resource, and it cannot name the body (graph-contract 2.4). */
const watching = (messages: string, { encryption }: SubscribeRequest) =>
  encryption
    ? {
        resource: `${messages}?$select=${headerSelect}`,
        includeResourceData: true,
        encryptionCertificate: encryption.certificate,
        encryptionCertificateId: encryption.certificateId,
      }
    : { resource: messages }

export async function renew(
  { graph, clock }: Parts,
  { subscriptionId, lifeMs }: { subscriptionId: string; lifeMs: number },
  signal: AbortSignal,
): Promise<ProviderSubscription> {
  const ask = (ms: number) =>
    graph.json(`/subscriptions/${encodeURIComponent(subscriptionId)}`, Subscription, {
      ...{ operation: 'renew', method: 'patch', signal },
      body: { expirationDateTime: after(clock, ms) },
    })
  return granted(await withShorterLife(lifeMs, ask))
}

/** What this credential may see: a person's own, and of an app all of the tenant (graph-contract 1.1). */
export async function listSubscriptions(
  graph: GraphClient,
  providerUserId: string,
  signal: AbortSignal,
): Promise<ListedSubscription[]> {
  const call: GraphCall = { operation: 'subscriptions', signal }
  const listed: ListedSubscription[] = []
  for await (const page of graph.pages('/subscriptions', SubscriptionPage, () => call))
    for (const subscription of page.value)
      listed.push({
        ...granted(subscription),
        notificationUrl: subscription.notificationUrl ?? '',
        providerFolderId: watchedFolder(subscription.resource, providerUserId),
      })
  return listed
}

/** The longest life that is not refused; a URL that was not validated would be refused for any. */
async function withShorterLife<T>(lifeMs: number, ask: (lifeMs: number) => Promise<T>): Promise<T> {
  const shorter = [FALLBACK_SUBSCRIPTION_MS, MAX_RICH_SUBSCRIPTION_MS].find((ms) => ms < lifeMs)
  return ask(lifeMs).catch((error: unknown) => {
    if (shorter !== undefined && isTooLong(error)) return withShorterLife(shorter, ask)
    throw error
  })
}

const isTooLong = (error: unknown) =>
  error instanceof ProviderError &&
  error.details.status === 400 &&
  error.details.providerCode?.toLowerCase() !== 'validationerror'

const granted = (subscription: Subscription): ProviderSubscription => ({
  subscriptionId: subscription.id,
  expiresAt: new Date(subscription.expirationDateTime),
})

const after = (clock: Clock, ms: number) => new Date(clock.now().getTime() + ms).toISOString()
