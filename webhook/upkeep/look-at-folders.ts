import type { Mailbox } from '../../models/mailbox.ts'
import type { Clock } from '../clock.ts'
import { DAY, MINUTE } from '../duration.ts'
import { ProviderError } from '../errors.ts'
import type { Providers } from '../provider/provider.ts'
import type { FolderQueue } from '../queue/folder-queue.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'

export type FolderLookParts = {
  mailboxes: MailboxStore
  folders: FolderStore
  queue: FolderQueue
  providers: Providers
  clock: Clock
  random: () => number
  onMailboxChanged: (mailboxId: string) => void
}

const AT_ONCE = 20
const TRY_AGAIN_MS = 15 * MINUTE

/**
 * Once a day: the names of watched folders as they are now, one request each. One that is gone is left to its pass. A new
 * mailbox has just told the names of its folders, and its first day ends earlier, so that many do not march in step.
 */
export async function lookAtFolders(parts: FolderLookParts, signal: AbortSignal): Promise<void> {
  const { mailboxes, clock, random } = parts
  for (const mailbox of await mailboxes.dueForFolderLook(clock.now(), AT_ONCE)) {
    if (signal.aborted) return
    const tryAgainAt = new Date(clock.now().getTime() + TRY_AGAIN_MS)
    if (!(await mailboxes.postponeFolderLook(mailbox, tryAgainAt))) continue
    const isNew = mailbox.folderLookAt.getTime() === 0
    if (!isNew && !mailbox.paused && !(await look(parts, mailbox, signal))) continue
    const tomorrow = new Date(clock.now().getTime() + DAY * (isNew ? 0.5 + random() / 2 : 1))
    await mailboxes.postponeFolderLook({ ...mailbox, folderLookAt: tryAgainAt }, tomorrow)
  }
}

/** False when the provider does not answer: its own passes find out why. */
async function look(
  { folders, queue, providers, onMailboxChanged }: FolderLookParts,
  mailbox: Mailbox,
  signal: AbortSignal,
): Promise<boolean> {
  const provider = providers.forMailbox(mailbox)
  let changed = false
  try {
    for (const folder of await folders.watchedOf(mailbox._id)) {
      const found = await provider.folder(folder.providerFolderId, signal)
      if (!found !== Boolean(folder.deletedAt)) await queue.ring([folder._id]) // gone, or there again
      if (!found || found.displayName === folder.displayName) continue
      await folders.rename(folder, found.displayName)
      changed = true
    }
  } catch (error) {
    if (error instanceof ProviderError) return false
    throw error
  }
  if (changed) onMailboxChanged(mailbox._id)
  return true
}
