import type { Mailbox } from '../../models/mailbox.ts'
import type { Clock } from '../clock.ts'
import { MINUTE } from '../duration.ts'
import { ProviderError } from '../errors.ts'
import type { Providers } from '../provider/provider.ts'
import { troubleOf } from '../sign-in/decide/trouble.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'

export type RecheckParts = {
  mailboxes: MailboxStore
  folders: FolderStore
  providers: Providers
  clock: Clock
  onMailboxChanged: (mailboxId: string) => void
}

const AT_ONCE = 20
/** A look that came to nothing, say because the provider was down, is repeated after this. */
const TRY_AGAIN_MS = 15 * MINUTE

/** Asks for one folder of each blocked mailbox that is due; where that works, everything goes on from its cursor. */
export async function recheckBlocked(parts: RecheckParts, signal: AbortSignal): Promise<void> {
  const { mailboxes, clock } = parts
  for (const mailbox of await mailboxes.dueForRecheck(clock.now(), AT_ONCE)) {
    const tryAgainAt = new Date(clock.now().getTime() + TRY_AGAIN_MS)
    if (!signal.aborted && (await mailboxes.postponeRecheck(mailbox, tryAgainAt)))
      await recheck(parts, mailbox, signal)
  }
}

async function recheck(
  { mailboxes, folders, providers, clock, onMailboxChanged }: RecheckParts,
  mailbox: Mailbox,
  signal: AbortSignal,
): Promise<void> {
  const [folder] = await folders.watchedOf(mailbox._id)
  try {
    await providers.forMailbox(mailbox).folder(folder?.providerFolderId ?? 'inbox', signal)
  } catch (error) {
    const trouble = error instanceof ProviderError && troubleOf(error)
    if (trouble) await mailboxes.refused(mailbox, trouble, clock.now())
    if (error instanceof ProviderError) return
    throw error
  }
  await mailboxes.recovered(mailbox._id)
  await folders.dueNow(mailbox._id, clock.now())
  onMailboxChanged(mailbox._id)
}
