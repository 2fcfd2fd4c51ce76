import { ledgerEntryModel } from '../../../models/ledger-entry.ts'
import { DAY, HOUR } from '../../../webhook/duration.ts'
import type { ClaimedFolder } from '../../../webhook/queue/folder-queue.ts'
import { runFolder, type RunContext } from '../../../webhook/sync/run-folder.ts'
import { aNewMailbox } from '../../support/builders.ts'
import { storedEmails } from '../../support/stored-emails.ts'
import { aTwin, untilTheEnd } from '../provider/graph/graphs.ts'
import { openStores } from '../store/open-stores.ts'
import { subscriptionsFor } from '../subscriptions/subscriptions-for.ts'

export const SAFETY_POLL_MS = 6 * HOUR

/** Alice's mailbox on the Graph twin, connected; our stores, and a worker that does what is due when it is told to. */
export async function aConnectedMailbox() {
  const stores = await openStores()
  const handshake = async (url: string) => {
    const body = new URL(url).searchParams.get('validationToken') ?? ''
    return { status: 200, contentType: 'text/plain', body }
  }
  const twin = await aTwin({ post: handshake }, stores.clock)
  const { providers, graph } = twin
  const subscriptions = subscriptionsFor({ ...stores, providers })
  const mailbox = await stores.mailboxes.connect(aNewMailbox())
  const failures: { folderId: string; errorCode: string }[] = []
  const context: RunContext = {
    ...stores,
    providers,
    subscriptions,
    pageSize: { first: 10, min: 10, max: 10 },
    safetyPollMs: SAFETY_POLL_MS,
    reconcileMs: DAY,
    random: () => 1,
    onApplied: () => undefined,
    onQuarantined: () => undefined,
    onMailboxChanged: () => undefined,
    onFailed: ({ folderId, errorCode }) => failures.push({ folderId, errorCode }),
  }

  /** Watches a folder by its well-known name or id. */
  const watch = (name: string): Promise<string> => {
    const { id, displayName } = graph.mailboxes.folder(mailbox.providerUserId, name)
    const folder = { workspaceId: mailbox.workspaceId, mailboxId: mailbox._id, displayName }
    return stores.folders.watch(
      { ...folder, providerFolderId: id, totalItemCount: 0 },
      stores.clock.now(),
    )
  }
  const run = (claimed: ClaimedFolder, signal = untilTheEnd, over: Partial<RunContext> = {}) =>
    runFolder({ ...context, ...over }, claimed, signal)
  /** Everything that is due now. The answer is how many passes that took. */
  const work = async (over: Partial<RunContext> = {}): Promise<number> => {
    let passes = 0
    for (let next = await stores.queue.claim(); next; next = await stores.queue.claim()) {
      await run(next, untilTheEnd, over)
      passes++
    }
    return passes
  }
  /** Rings for these folders, lets the moment pass and does the work. */
  const ringAndWork = async (...folderIds: string[]) => {
    await stores.queue.ring(folderIds)
    await stores.clock.advance(2_000)
    return work()
  }
  return {
    ...stores,
    ...{ twin, graph, providers, subscriptions, mailbox, failures, context },
    ...{ watch, run, work, ringAndWork },
    folder: async (id: string) => (await stores.folders.find(id))!,
    storedEmails: () => storedEmails(stores),
    accounts: () => ledgerEntryModel(stores.db).find().lean(),
    async [Symbol.asyncDispose]() {
      await twin[Symbol.asyncDispose]()
      await stores[Symbol.asyncDispose]()
    },
  }
}
export type ConnectedMailbox = Awaited<ReturnType<typeof aConnectedMailbox>>
