import { ProviderError } from '../errors.ts'
import { pageContextOf, type Pass, type SyncContext } from './pass.ts'
import { goneEvent, writeOf } from './page/story.ts'
import { accountFor, unnamed } from './settle-left-behind.ts'
import { whenGone } from './when-gone.ts'

/** Whether a refusal means that the mailbox no longer has the folder: the folder itself is asked for. */
export async function isDeleted(
  context: SyncContext,
  { pass, error }: { pass: Pass; error: unknown },
  signal: AbortSignal,
): Promise<boolean> {
  if (!(error instanceof ProviderError) || error.code !== 'item-not-found') return false
  return !(await isThere(context, pass, signal))
}

export async function isThere(
  { providers }: SyncContext,
  { mailbox, folder }: Pass,
  signal: AbortSignal,
): Promise<boolean> {
  return (await providers.forMailbox(mailbox).folder(folder.providerFolderId, signal)) !== null
}

/** Says of every message of a deleted folder that it is gone with it, and of the folder that it is deleted. */
export async function closeDeleted(
  context: SyncContext,
  pass: Pass,
  signal: AbortSignal,
): Promise<void> {
  const { ledger, folders, queue, clock } = context
  const { folder, lease, mailbox } = pass
  const stillHere = () => queue.extend(lease)
  // Whoever died before us may have stored e-mails that have no account yet.
  for await (const messageIds of unnamed({ ...context, stillHere }, pass))
    await accountFor(context, pass, { messageIds, via: 'delta', signal })
  const page = await pageContextOf(context, pass, signal)
  const reason = 'folder-deleted'
  for await (const rows of ledger.rowsIn(folder._id)) {
    const known = await ledger.known(
      mailbox._id,
      rows.map(({ messageId }) => messageId),
    )
    await stillHere()
    const here = [...known.values()].filter(({ folderId }) => folderId === folder._id)
    await whenGone(page, here)
    await ledger.write(
      here.map((was) => {
        const change = { state: 'gone', reason, retryAt: null } as const
        const events = [goneEvent(clock.now(), reason)]
        return writeOf(page, { messageId: was.messageId, was, fetched: false }, { change, events })
      }),
    )
  }
  await folders.deleted(folder._id, clock.now())
}
