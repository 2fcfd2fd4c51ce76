import type { MessageChange, ProviderMessage } from '../../provider/provider.ts'

/** What the ledger knows of a message. */
export type KnownEntry = { folderId: string; state: string; reason: string; emailId: string | null }

/** What one page of changes asks us to do, each message once. */
export type PagePlan = {
  /** New to us, or worth deciding anew. */
  decide: ProviderMessage[]
  /** Stored, and in this folder now. */
  moved: { messageId: string; emailId: string }[]
  /** Records too sparse to decide on, of messages we do not know here: to be asked for. */
  fetch: string[]
  /** Said to have left the folder: a suspicion, to be asked about (graph-contract 9 #19). */
  suspects: string[]
  unreadable: string[]
}

/**
 * Sorts a page's changes by what is known. Replays and repeats cost nothing; the last word on an id within a page wins.
 * A removal counts only where the ledger has the message in this folder.
 */
export function planPage(
  changes: MessageChange[],
  known: ReadonlyMap<string, KnownEntry>,
  folderId: string,
): PagePlan {
  const plan: PagePlan = { decide: [], moved: [], fetch: [], suspects: [], unreadable: [] }
  const last = new Map(changes.map((change) => [change.messageId, change]))
  for (const change of last.values()) {
    const entry = known.get(change.messageId)
    const isKnownHere = entry?.folderId === folderId && entry.state !== 'gone'
    switch (change.kind) {
      case 'removed':
        if (isKnownHere) plan.suspects.push(change.messageId)
        break
      case 'unreadable':
        if (change.messageId && !entry) plan.unreadable.push(change.messageId)
        break
      case 'sparse':
        if (!isKnownHere) plan.fetch.push(change.messageId)
        break
      case 'present':
        planPresent(plan, change.message, { entry, folderId })
    }
  }
  return plan
}

/** A stored e-mail stays as it is; only where it lies may be news. Anything else is decided (anew). */
function planPresent(
  plan: PagePlan,
  message: ProviderMessage,
  { entry, folderId }: { entry: KnownEntry | undefined; folderId: string },
): void {
  const { messageId } = message
  if (entry?.state !== 'stored') plan.decide.push(message)
  if (entry?.emailId && entry.folderId !== folderId)
    plan.moved.push({ messageId, emailId: entry.emailId })
}
