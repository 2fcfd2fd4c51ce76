import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Providers } from '../../../webhook/provider/provider.ts'
import { bareApp } from '../../../webhook/http/app.ts'
import { errorHandler } from '../../../webhook/http/error-handler.ts'
import { requestId } from '../../../webhook/http/middleware/request-log.ts'
import { notificationRoutes } from '../../../webhook/http/routes/notifications.ts'
import { createLogger } from '../../../webhook/logger.ts'
import type { ReceiverParts } from '../../../webhook/notifications/receive.ts'
import { hashOfClientState, Subscriptions } from '../../../webhook/sync/subscriptions.ts'
import { aFolderToWatch, aSubscription, ALICE, WORKSPACE } from '../../support/builders.ts'
import { openStores } from '../store/open-stores.ts'

export const SECRET = 'Zq3-secret_Ab'

/** Nothing that arrives may ask Graph anything. */
const noGraph: Providers = {
  forMailbox: () => {
    throw new Error('a notification asked Graph')
  },
}

/** The receiver with real stores, and an Inbox at rest with a subscription. */
export async function aReceiver() {
  const stores = await openStores()
  const refused: { subscriptionId: string; reason: string }[] = []
  const subscriptions = new Subscriptions({
    ...stores,
    providers: noGraph,
    publicUrl: 'https://crm.example',
    lifeMs: 86_400_000,
  })
  const parts = {
    ...stores,
    subscriptions,
    onRefused: (one: (typeof refused)[0]) => refused.push(one),
  }

  /** A folder whose first pass is over, and its subscription. */
  const aSubscribedFolder = async (name: string): Promise<string> => {
    const folderId = await stores.folders.watch(
      aFolderToWatch({ providerFolderId: name, displayName: name }),
      stores.clock.now(),
    )
    const { lease } = (await stores.queue.claim())!
    await stores.queue.finish(lease, new Date('9999-01-01'))
    const clientStateHash = hashOfClientState(SECRET)
    await stores.subscriptionStore.create(aSubscription({ _id: name, folderId, clientStateHash }))
    return folderId
  }
  const bellsOf = async (folderId: string) => (await stores.folders.find(folderId))!.dirtySeq - 1

  return { ...stores, parts, refused, aSubscribedFolder, bellsOf }
}
export type Receiver = Awaited<ReturnType<typeof aReceiver>>

/** As Graph sends it. */
export const anItem = (over: Record<string, unknown> = {}) => ({
  subscriptionId: 'Inbox',
  clientState: SECRET,
  changeType: 'created',
  tenantId: WORKSPACE,
  resource: `Users/${ALICE}/Messages/AAkA`,
  ...over,
})

/** The same over HTTP, as the service mounts it. */
export async function listening({ parts }: { parts: ReceiverParts }) {
  const app = bareApp()
  app.use(requestId)
  app.use('/webhooks/graph', notificationRoutes(parts))
  app.use(errorHandler(createLogger('silent')))
  const server = createServer(app)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/graph`
  return {
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
