import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { NEVER } from '../../../models/folder.ts'
import { noCrash } from '../../../webhook/crash-points.ts'
import { bareApp } from '../../../webhook/http/app.ts'
import { errorHandler } from '../../../webhook/http/error-handler.ts'
import { requestId } from '../../../webhook/http/middleware/request-log.ts'
import { turnAway } from '../../../webhook/http/middleware/turn-away.ts'
import { notificationRoutes } from '../../../webhook/http/routes/service/notifications.ts'
import { createLogger } from '../../../webhook/logger.ts'
import type { Alarm } from '../../../webhook/notifications/alarms.ts'
import { KnownSubscriptions } from '../../../webhook/notifications/known-subscriptions.ts'
import { Receiver, type ReceiverParts } from '../../../webhook/notifications/receiver.ts'
import { NotificationBatch, readBatch } from '../../../webhook/notifications/schema.ts'
import type { Providers } from '../../../webhook/provider/provider.ts'
import { hashOfClientState } from '../../../webhook/subscriptions/secret.ts'
import { aFolderToWatch, aSubscription, ALICE, WORKSPACE } from '../../support/builders.ts'
import type { TestDatabase } from '../../support/database.ts'
import { openStores, type OpenStores } from '../store/open-stores.ts'
import { subscriptionsFor } from '../subscriptions/subscriptions-for.ts'

export const SECRET = 'Zq3-secret_Ab'

/** Nothing that arrives may ask Graph anything. */
const noGraph: Providers = {
  forMailbox: () => {
    throw new Error('a notification asked Graph')
  },
}

/** The receiver with real stores; each subscription it is given a folder at rest. */
export async function aReceiver(database?: TestDatabase) {
  const stores = await openStores(database)
  const alarms: Alarm[] = []
  const receiverOn = (
    over: Partial<ReceiverParts & Pick<OpenStores, 'subscriptionStore'>> = {},
  ) => {
    const on = { ...stores, ...over }
    const known = new KnownSubscriptions(on)
    return new Receiver({
      ...{
        ...on,
        known,
        crash: noCrash,
        rich: null,
        onAlarm: (alarm: Alarm) => alarms.push(alarm),
      },
      subscriptions: subscriptionsFor({
        ...{ ...on, queue: stores.queue, providers: noGraph },
        onForgotten: (id) => known.forget(id),
      }),
      ...over,
    })
  }

  /** A folder whose first pass is over, and its subscription. */
  const aSubscribedFolder = async (
    name: string,
    over: Parameters<typeof aSubscription>[0] = {},
  ): Promise<string> => {
    const folderId = await stores.folders.watch(
      aFolderToWatch({ providerFolderId: name, displayName: name }),
      stores.clock.now(),
    )
    const { lease } = (await stores.queue.claim())!
    await stores.queue.finish(lease, NEVER)
    const clientStateHash = hashOfClientState(SECRET)
    await stores.subscriptionStore.create(
      aSubscription({ _id: name, folderId, clientStateHash, expiresAt: NEVER, ...over }),
    )
    return folderId
  }
  const bellsOf = async (folderId: string) => (await stores.folders.find(folderId))!.dirtySeq - 1

  return { ...stores, receiverOn, receiver: receiverOn(), alarms, aSubscribedFolder, bellsOf }
}
export type TestReceiver = Awaited<ReturnType<typeof aReceiver>>

/** As Graph sends it. */
export const anItem = (over: Record<string, unknown> = {}) => ({
  subscriptionId: 'Inbox',
  clientState: SECRET,
  changeType: 'created',
  tenantId: WORKSPACE,
  resource: `Users/${ALICE}/Messages/AAkA`,
  ...over,
})

export const aBatch = (...items: unknown[]) =>
  readBatch(NotificationBatch.parse({ value: JSON.parse(JSON.stringify(items)) as unknown }))!

/** The same over HTTP, as the service mounts it. */
export async function listening({ receiver }: { receiver: Pick<Receiver, 'take' | 'isCrowded'> }) {
  const app = bareApp()
  app.use(requestId)
  app.use('/webhooks/graph', notificationRoutes(receiver))
  app.use(errorHandler(createLogger('silent')))
  const server = createServer(turnAway({ receiver, onTurnedAway: () => {} }, app))
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
