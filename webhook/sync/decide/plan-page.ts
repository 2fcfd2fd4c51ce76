import type { MessageChange, ProviderMessage } from '../../provider/provider.ts'
import { isInCrm, reasonNamed } from './reasons.ts'

/** What the ledger knows of a message. */
export type KnownEntry = {
  folderId: string
  state: string
  reason: string
  emailId: string | null
  ruleVersion: number
}

/** Where a page lies, and what of its stored messages is to be decided anew. */
export type Here = {
  folderId: string
  /** The rules are applied to what was stored by an older version than this. */
  openBelow: number
  /** Its people have marked a message that carries these to be left out. */
  isMarked: (categories: readonly string[]) => boolean
}

/** How a message looks now that we may have, of what a page tells. */
export type Seen = { messageId: string; isRead?: boolean; categories?: readonly string[] }

/**
 * Whether it is read and how it is marked, of messages that the ledger has as e-mails; the last word on each counts. It
 * costs no question to the mailbox, and is no part of a message's story.
 */
export function looksOn(
  changes: MessageChange[],
  known: ReadonlyMap<string, Pick<KnownEntry, 'emailId'>>,
): Seen[] {
  const looks = new Map<string, Seen>()
  for (const change of changes) {
    const told = change.kind === 'present' ? change.message : change
    if (!('isRead' in told || 'categories' in told)) continue
    const { messageId } = change
    const { isRead, categories } = told
    looks.set(messageId, {
      ...looks.get(messageId),
      messageId,
      ...(isRead !== undefined && { isRead }),
      ...(categories !== undefined && { categories }),
    })
  }
  return [...looks.values()].filter(({ messageId }) => known.get(messageId)?.emailId)
}

/** What one change asks us to do. */
export type Step = { messageId: string } & (
  | { do: 'decide'; message: ProviderMessage }
  /** What we have of it stays; it lies in that folder now. */
  | { do: 'move'; folderId: string }
  /** The mailbox is asked for it as it is now; `suspect`: it is said to have left. */
  | { do: 'ask'; suspect: boolean }
  | { do: 'malformed' }
  | { do: 'gone'; reason: 'deleted-in-mailbox' | 'moved-out' }
  /** It could not be asked for: tried again later. */
  | { do: 'wait' }
)

/**
 * What a page asks us to do, each message once: the last word on an id within a page wins. Replays and repeats of what is
 * known cost nothing. A removal counts where the ledger has the message in this folder; of a message that nobody knew, it
 * may be all that is told of one that came, left and came back (graph-contract 9 #19).
 */
export function planPage(
  changes: MessageChange[],
  known: ReadonlyMap<string, KnownEntry>,
  here: Here,
): Step[] {
  const last = new Map(changes.map((change) => [change.messageId, change]))
  last.delete('') // a record that names nobody
  return [...last.values()]
    .map((change) => stepFor(change, known.get(change.messageId), here))
    .filter((step) => step !== null)
}

function stepFor(change: MessageChange, entry: KnownEntry | undefined, here: Here): Step | null {
  const { messageId } = change
  const { folderId } = here
  const isHere = entry?.folderId === folderId && entry.state !== 'gone'
  switch (change.kind) {
    case 'removed':
      return isHere || !entry ? { messageId, do: 'ask', suspect: true } : null
    case 'sparse':
      return isHere && isSettled(change, entry, here)
        ? null
        : { messageId, do: 'ask', suspect: false }
    case 'unreadable':
      return isHere && entry.state !== 'pending' ? null : unreadableStep(messageId, entry, folderId)
    case 'present':
      if (isOpen(change.message, entry, here))
        return { messageId, do: 'decide', message: change.message }
      return isHere ? null : { messageId, do: 'move', folderId }
  }
}

/** What was stored before it became unreadable stays, wherever its message lies now; the rest is accounted for. */
const unreadableStep = (
  messageId: string,
  entry: KnownEntry | undefined,
  folderId: string,
): Step =>
  entry && isInCrm(entry) ? { messageId, do: 'move', folderId } : { messageId, do: 'malformed' }

/** What is in the CRM stays so, unless the rules are applied to it or it is marked. */
const isOpen = (
  { categories }: ProviderMessage,
  entry: KnownEntry | undefined,
  { openBelow, isMarked }: Here,
): boolean => !entry || !isInCrm(entry) || entry.ruleVersion < openBelow || isMarked(categories)

/** Nothing more is to be learnt about it by asking, whatever a read flip says; unless the mark came, or went. */
function isSettled(
  { categories }: { categories?: readonly string[] },
  { state, reason }: KnownEntry,
  { isMarked }: Here,
): boolean {
  if (state === 'pending' || reasonNamed(reason)?.retries) return false
  return categories === undefined || isMarked(categories) === (reason === 'category-no-crm')
}

/** What the mailbox said when asked: the message, null when it has none by this id, `no-answer` when it would not say. */
export type Answer = MessageChange | null | 'no-answer'

export type AnswerFacts = {
  suspect: boolean
  entry: KnownEntry | undefined
  /** The folder whose page is applied. */
  here: Here & { providerFolderId: string }
  /** Which of our watched folders has this id of the provider's, if any. */
  watchedFolderOf: (providerFolderId: string) => string | undefined
}

/**
 * What follows from an answer. "Removed" can be a deletion, a move, or A→B→A inside one round (graph-contract 9 #19). A
 * message that moved to another watched folder is accounted for there at once, so that it is never gone, whichever
 * folder is read first.
 */
export function settleAnswer(messageId: string, answer: Answer, facts: AnswerFacts): Step | null {
  const { suspect, entry, here } = facts
  const wasHere = entry?.folderId === here.folderId && entry.state !== 'gone'
  if (answer === 'no-answer') return { messageId, do: 'wait' }
  if (answer === null)
    return wasHere ? { messageId, do: 'gone', reason: 'deleted-in-mailbox' } : null
  if (answer.kind !== 'present') {
    // Neither here nor readable: what says that it left is believed.
    if (suspect) return wasHere ? { messageId, do: 'gone', reason: 'moved-out' } : null
    return stepFor({ kind: 'unreadable', messageId }, entry, here)
  }
  const { providerFolderId } = answer.message
  if (providerFolderId === here.providerFolderId) return stepFor(answer, entry, here)
  if (!wasHere) return null
  const folderId = facts.watchedFolderOf(providerFolderId)
  return folderId
    ? { messageId, do: 'move', folderId }
    : { messageId, do: 'gone', reason: 'moved-out' }
}
