import type { LedgerEntry, LedgerEvent } from '../../models/ledger-entry.ts'
import type { Clock } from '../clock.ts'
import { LedgerMovedError } from '../errors.ts'
import type { FolderMarks } from '../queue/folder-marks.ts'
import type { LedgerStore, LedgerWrite } from '../store/ledger-store.ts'

export type AgainParts = { ledger: LedgerStore; queue: Pick<FolderMarks, 'soon'>; clock: Clock }

const AT_ONCE = 500

/**
 * Has what was left out for want of a contact decided anew, where one of these addresses takes part; webhook/contacts
 * calls it for each address that a contact gains. The answer is how many messages that concerns. Repeatable.
 */
export async function reevaluate(
  parts: AgainParts,
  workspaceId: string,
  { addressKeys }: { addressKeys: readonly string[] },
): Promise<number> {
  let count = 0
  let after = ''
  const of = { workspaceId, addressKeys: [...addressKeys] }
  for (;;) {
    const entries = await parts.ledger.withoutContact(of, { after, limit: AT_ONCE })
    await reopen(parts, entries)
    count += entries.length
    after = entries.at(-1)?._id ?? ''
    if (entries.length < AT_ONCE) return count
  }
}

/** These messages are asked for again by the next pass over their folders, and decided as if they were new. */
export async function reopen(
  { ledger, queue, clock }: AgainParts,
  entries: LedgerEntry[],
  event: Partial<LedgerEvent> = {},
): Promise<void> {
  if (entries.length === 0) return
  try {
    await ledger.write(entries.map((entry) => reopened(entry, { at: clock.now(), event })))
  } catch (error) {
    // A pass was faster with one of them, and has decided by what holds now.
    if (!(error instanceof LedgerMovedError)) throw error
  }
  await queue.soon(new Set(entries.map(({ folderId }) => folderId)))
}

function reopened(
  was: LedgerEntry,
  { at, event }: { at: Date; event: Partial<LedgerEvent> },
): LedgerWrite {
  const { _id, rev, history: _history, seenAt: _seen, decidedAt: _decided, ...account } = was
  return {
    was: { _id, rev },
    account: { ...account, state: 'pending', reason: 'waiting', attempts: 0, retryAt: at },
    events: [
      {
        ...{ at, kind: 'retried', via: null, reason: was.reason },
        ...{ ruleVersion: null, folderId: was.folderId },
        ...event,
      },
    ],
    at,
  }
}
