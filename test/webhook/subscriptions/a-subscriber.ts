import type { MailboxSettings } from '../../../models/mailbox.ts'
import { mailboxModel } from '../../../models/mailbox.ts'
import { NEVER } from '../../../models/folder.ts'
import { MINUTE, SECOND } from '../../../webhook/duration.ts'
import type { SubscriptionParts } from '../../../webhook/subscriptions/parts.ts'
import type { Subscriptions } from '../../../webhook/subscriptions/subscriptions.ts'
import { aNewMailbox } from '../../support/builders.ts'
import { aTwin, untilTheEnd } from '../provider/graph/graphs.ts'
import { openStores } from '../store/open-stores.ts'
import { subscriptionsFor } from './subscriptions-for.ts'

/** Between two turns of those that wait for them, at least. */
const TURN_MS = SECOND / 20
/** Graph's 10,000 requests of a mailbox are for so long. */
const BUDGET_MS = 10 * MINUTE
/** Nothing that the machine does meanwhile takes so many turns of the event loop. */
const IDLE_TURNS = 20_000

/** Alice's mailbox on the Graph twin, and who subscribes its folders; nobody syncs them. */
export async function aSubscriber() {
  const stores = await openStores()
  const handshake = async (url: string) => {
    const body = new URL(url).searchParams.get('validationToken') ?? ''
    return { status: 200, contentType: 'text/plain', body }
  }
  const twin = await aTwin({ post: handshake }, stores.clock)
  const { providers, graph } = twin
  const another = (over: Partial<SubscriptionParts> = {}) =>
    subscriptionsFor({ ...stores, providers, ...over })
  const subscriptions = another()
  const { _id: mailboxId } = await stores.mailboxes.connect(aNewMailbox())
  const mailbox = async () => (await stores.mailboxes.find(mailboxId))!
  const folder = async (id: string) => (await stores.folders.find(id))!

  return {
    ...{ ...stores, twin, graph, providers, subscriptions, mailbox, folder, another },
    /** Watches a folder by its well-known name, and lets its first pass be over. */
    watch: async (name: string): Promise<string> => {
      const { workspaceId, providerUserId } = await mailbox()
      const { id, displayName } = graph.mailboxes.folder(providerUserId, name)
      const folderId = await stores.folders.watch(
        { workspaceId, mailboxId, providerFolderId: id, displayName, totalItemCount: 0 },
        stores.clock.now(),
      )
      const claimed = await stores.queue.claim()
      await stores.queue.finish(claimed!.lease, NEVER)
      return folderId
    },
    settings: (settings: Partial<MailboxSettings>) =>
      mailboxModel(stores.db).updateOne(
        { _id: mailboxId },
        {
          $set: Object.fromEntries(Object.entries(settings).map(([k, v]) => [`settings.${k}`, v])),
        },
      ),
    /** As a pass does, before it asks for changes. */
    ensure: async (folderId: string, by: Subscriptions = subscriptions) =>
      by.ensure(await folder(folderId), await mailbox(), untilTheEnd),
    check: async (folderId: string, by: Subscriptions = subscriptions) =>
      by.check(await folder(folderId), await mailbox(), untilTheEnd),
    renewDue: (by: Subscriptions = subscriptions) => by.renewDue(untilTheEnd),
    searchStrays: (by: Subscriptions = subscriptions) => by.searchStrays(untilTheEnd),
    record: (folderId: string) => stores.subscriptionStore.ofFolder(folderId),
    /**
     * What takes its turn among many is given the time for it. When nothing at all goes on any more, what waits for its
     * mailbox's budget is given its minutes, too.
     */
    inTurn: async <T>(work: Promise<T>): Promise<T> => {
      const { clock } = stores
      let isDone = false
      const end = () => void (isDone = true)
      work.then(end, end)
      for (let idle = 0; !isDone; idle++) {
        await new Promise((resolve) => setImmediate(resolve))
        const wakeAt = clock.nextWakeAt()?.getTime() ?? Infinity
        const waitMs = wakeAt - clock.now().getTime()
        if (waitMs > (idle < IDLE_TURNS ? TURN_MS : BUDGET_MS)) continue
        await clock.advance(waitMs)
        idle = 0
      }
      return work
    },
    bellsOf: async (folderId: string) => (await folder(folderId)).dirtySeq - 1,
    asked: (method: string) => graph.requests.count({ method, path: '/subscriptions' }),
    async [Symbol.asyncDispose]() {
      await twin[Symbol.asyncDispose]()
      await stores[Symbol.asyncDispose]()
    },
  }
}
export type Subscriber = Awaited<ReturnType<typeof aSubscriber>>
