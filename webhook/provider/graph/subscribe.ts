import type { Clock } from '../../clock.ts'
import { ProviderError } from '../../errors.ts'
import type { ProviderSubscription, SubscribeRequest } from '../provider.ts'
import type { GraphClient } from './graph-client.ts'
import { FALLBACK_SUBSCRIPTION_MS } from './limits.ts'
import { Subscription } from './schemas.ts'

type Parts = { graph: GraphClient; clock: Clock }

/**
 * Creates a subscription on one folder. Graph validates both URLs inside this call. Some tenants still refuse more than
 * 4,230 minutes: then asked again for that (graph-contract 1.4). What Graph grants is what is returned.
 */
export async function subscribe(
  { graph, root, clock }: Parts & { root: string },
  request: SubscribeRequest,
  signal: AbortSignal,
): Promise<ProviderSubscription> {
  const ask = (lifeMs: number) =>
    graph.json('/subscriptions', Subscription, {
      method: 'post',
      signal,
      body: {
        changeType: 'created,updated,deleted',
        resource: `${root}/mailFolders('${request.providerFolderId}')/messages`,
        notificationUrl: request.notificationUrl,
        lifecycleNotificationUrl: request.lifecycleUrl,
        expirationDateTime: after(clock, lifeMs),
        clientState: request.clientState,
      },
    })
  return granted(await withShorterLife(request.lifeMs, ask))
}

export async function renew(
  { graph, clock }: Parts,
  { subscriptionId, lifeMs }: { subscriptionId: string; lifeMs: number },
  signal: AbortSignal,
): Promise<ProviderSubscription> {
  const ask = (ms: number) =>
    graph.json(`/subscriptions/${encodeURIComponent(subscriptionId)}`, Subscription, {
      method: 'patch',
      signal,
      body: { expirationDateTime: after(clock, ms) },
    })
  return granted(await withShorterLife(lifeMs, ask))
}

async function withShorterLife<T>(lifeMs: number, ask: (lifeMs: number) => Promise<T>): Promise<T> {
  return ask(lifeMs).catch((error: unknown) => {
    const refused = error instanceof ProviderError && error.details.status === 400
    if (refused && lifeMs > FALLBACK_SUBSCRIPTION_MS) return ask(FALLBACK_SUBSCRIPTION_MS)
    throw error
  })
}

const granted = (subscription: Subscription): ProviderSubscription => ({
  subscriptionId: subscription.id,
  expiresAt: new Date(subscription.expirationDateTime),
})

const after = (clock: Clock, ms: number) => new Date(clock.now().getTime() + ms).toISOString()
