import { NEVER } from '../../models/folder.ts'
import { SECOND } from '../duration.ts'
import type { ChangePage } from '../provider/provider.ts'
import type { PageProgress } from '../queue/folder-queue.ts'
import { givesWay } from './decide/pace/give-way.ts'
import { nextPageSize, startingSize } from './decide/pace/page-size.ts'
import { applyIn, type Pass, type SyncContext } from './pass.ts'
import { overtake } from './peek.ts'

/** A long round is done in slices, so that other folders get their turn. */
const SLICE_PAGES = 20
const SLICE_MS = 5 * SECOND

/**
 * One pass over one folder: the only path that writes synced mail. Repeatable: every write is idempotent on a natural
 * key, so a pass that dies anywhere is simply run again. `sliced`: there is more to read, and it is others' turn.
 */
export async function syncFolder(
  context: SyncContext,
  pass: Pass,
  signal: AbortSignal,
): Promise<'done' | 'sliced'> {
  const { clock, crash } = context
  const isSliceOver = slice(context, pass)
  let peeked = await overtake(context, pass, signal)
  let askedAt = clock.now().getTime()
  let pageSize = startingSize(pass.folder.pageSize, context.pageSize)
  const { providerFolderId, cursor } = pass.folder
  const pageNow = () =>
    makesRoom(context, pass) ? Math.min(pageSize, context.pageSize.first) : pageSize
  const request = { providerFolderId, cursor, pageSize: pageNow }
  for await (const page of context.providers.forMailbox(pass.mailbox).changes(request, signal)) {
    crash('page-fetched')
    await apply(context, { pass, page }, signal)
    const ms = clock.now().getTime() - askedAt
    pageSize = nextPageSize(pageSize, { ...page, count: page.changes.length, ms }, context.pageSize)
    await advance(context, pass, { ...page, pageSize, peeked, backfilled: backfilled(pass, page) })
    if (page.isLast) break
    if (isSliceOver() || !pass.folder.watched) return 'sliced'
    peeked = await overtake(context, pass, signal)
    askedAt = clock.now().getTime()
  }
  await endBackfill(context, pass)
  return 'done'
}

/** Asked after each page: whether it is others' turn. */
function slice(context: SyncContext, pass: Pass): () => boolean {
  const { clock } = context
  const until = clock.now().getTime() + SLICE_MS
  let pages = 0
  return () => ++pages >= SLICE_PAGES || clock.now().getTime() >= until || makesRoom(context, pass)
}

/** A first reading, while mail that people wait for comes elsewhere. */
export const makesRoom = ({ queue }: SyncContext, { folder }: Pass): boolean =>
  !folder.backfill.finishedAt && givesWay(queue.sinceNewMailMs)

async function apply(
  context: SyncContext,
  { pass, page }: { pass: Pass; page: ChangePage },
  signal: AbortSignal,
): Promise<void> {
  const via = pass.folder.rangAt < NEVER ? 'notification' : 'delta'
  await applyIn(context, pass, { changes: page.changes, via, signal })
  pass.found += page.changes.length
  context.crash('page-applied')
}

/** Last on purpose: a crash before repeats the page, it never skips one. */
async function advance(context: SyncContext, pass: Pass, progress: PageProgress): Promise<void> {
  pass.folder = await context.queue.advance(pass.lease, progress)
  pass.progressed = true
  context.crash('cursor-advanced')
}

/** Progress counts messages, not their repetitions within a page. */
const backfilled = ({ folder }: Pass, { changes }: ChangePage): number =>
  folder.backfill.finishedAt ? 0 : new Set(changes.map(({ messageId }) => messageId)).size

async function endBackfill({ queue, crash }: SyncContext, pass: Pass): Promise<void> {
  if (pass.folder.backfill.finishedAt) return
  pass.folder = await queue.finishBackfill(pass.lease)
  crash('backfill-finished')
}
