import type { LedgerEntry } from '../../../models/ledger-entry.ts'
import type { Clock } from '../../clock.ts'
import { LedgerMovedError } from '../../errors.ts'
import type { LedgerStore, LedgerWrite } from '../../store/ledger-store.ts'
import { decidedEvent } from '../../sync/page/story.ts'
import type { Traces } from '../traces.ts'

/** Passes write the same accounts meanwhile; more often than this in a row they do not. */
const TRIES = 10
const ERASED = 'erased-person'

export type AccountParts = { ledger: Pick<LedgerStore, 'write'>; traces: Traces; clock: Clock }

/**
 * Accounts of messages of an erased person: that they are left out, and nothing that leads to the person or to the e-mail.
 * Their story stays. A message that left the mailbox stays gone: the ids must go on being equal to the mailbox's.
 */
export async function emptyAccounts(
  { ledger, traces, clock }: AccountParts,
  ids: string[],
): Promise<void> {
  for (let tries = 1; ; tries++) {
    const full = (await traces.accounts(ids)).filter(saysAnything)
    if (full.length === 0) return
    try {
      return await ledger.write(full.map((entry) => emptied(entry, clock.now())))
    } catch (error) {
      if (!(error instanceof LedgerMovedError) || tries === TRIES) throw error
    }
  }
}

const saysAnything = (entry: LedgerEntry): boolean =>
  entry.emailId !== null ||
  entry.senderKey !== null ||
  entry.messageIdKey !== null ||
  entry.partyKeys.length > 0 ||
  (entry.state !== 'gone' && entry.reason !== ERASED)

function emptied(was: LedgerEntry, at: Date): LedgerWrite {
  const { _id, rev, history: _history, seenAt: _seen, decidedAt: _decided, ...account } = was
  const isGone = was.state === 'gone'
  return {
    was: { _id, rev },
    account: {
      ...account,
      ...(!isGone && { state: 'excluded' as const, reason: ERASED }),
      ...{ emailId: null, messageIdKey: null, senderKey: null, partyKeys: [] },
      ...{ full: null, retryAt: null, delay: null, attempts: 0 },
    },
    events: isGone ? [] : [decidedEvent(at, ERASED, was.ruleVersion)],
    at,
  }
}
