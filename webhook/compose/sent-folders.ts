import type { Mailbox } from '../../models/mailbox.ts'
import type { Compose } from '../../models/wire/pane/compose.ts'
import type { Clock } from '../clock.ts'
import { SECOND } from '../duration.ts'
import type { Providers } from '../provider/provider.ts'
import { inTime } from '../rules/own-copy.ts'
import type { FolderStore } from '../store/folder-store.ts'

export type SentFolderParts = {
  providers: Providers
  folders: Pick<FolderStore, 'watchedByProviderId'>
  clock: Clock
}

/** Somebody writes a message and waits for the answer. */
const ANSWER_WITHIN_MS = SECOND

/** Whether what is sent from a mailbox is seen at all: a choice that nobody would read must not be taken. */
export class SentFolders {
  /** By our ids of mailboxes; a mailbox keeps its folder for ever, so that each is asked for once. */
  private readonly known = new Map<string, string>()

  constructor(private readonly parts: SentFolderParts) {}

  async state(mailbox: Mailbox | null): Promise<Compose['sent']> {
    if (!mailbox) return 'unknown'
    const sentId = this.known.get(mailbox._id) ?? (await this.ask(mailbox))
    if (sentId === null) return 'unknown'
    this.known.set(mailbox._id, sentId)
    const watched = await this.parts.folders.watchedByProviderId(mailbox._id)
    return watched.has(sentId) ? 'watched' : 'not-watched'
  }

  /** Null: the mailbox cannot be asked now, or has none. */
  private async ask(mailbox: Mailbox): Promise<string | null> {
    const { providers, clock } = this.parts
    if (mailbox.status !== 'connected') return null
    const provider = providers.forMailbox(mailbox)
    return inTime(clock, (signal) => provider.sentFolderId(signal), ANSWER_WITHIN_MS)
  }
}
