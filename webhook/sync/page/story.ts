import type { LedgerEntry, LedgerEvent } from '../../../models/ledger-entry.ts'
import type { PageContext, PageOptions } from './page-context.ts'
import type { Account, LedgerWrite } from '../../store/ledger-store.ts'
import { RULE_VERSION } from '../decide/rules.ts'

/** What is news of a message: `was` is its entry as read. */
export type News = {
  messageId: string
  was: LedgerEntry | undefined
  /** It was asked for by itself. */
  fetched: boolean
}

const nothing = { via: null, reason: null, ruleVersion: null, folderId: null }

/** The entry of a message after a change, with the lines that its story gains. */
export function writeOf(
  { mailbox, folder, clock }: Pick<PageContext, 'mailbox' | 'folder' | 'clock'>,
  { messageId, was }: News,
  { change, events }: { change: Partial<Account>; events: LedgerEvent[] },
): LedgerWrite {
  const blank: Account = {
    ...{
      workspaceId: mailbox.workspaceId,
      mailboxId: mailbox._id,
      folderId: folder._id,
      messageId,
    },
    ...{ state: 'pending', reason: 'waiting', ruleVersion: RULE_VERSION, emailId: null },
    ...{ messageIdKey: null, senderKey: null, partyKeys: [], receivedAt: null, full: null },
    ...{ attempts: 0, retryAt: null, delay: null },
  }
  const account = { ...blank, ...(was && accountOf(was)), ...change }
  return { was: was ?? null, account, events, at: clock.now() }
}

function accountOf(entry: LedgerEntry): Account {
  const {
    _id,
    seenAt: _seenAt,
    decidedAt: _decidedAt,
    rev: _rev,
    history: _history,
    ...rest
  } = entry
  return rest
}

/** How it came to our notice, when it was not there before. */
export function noticed(
  { folder, clock }: Pick<PageContext, 'folder' | 'clock'>,
  { was, fetched }: News,
  { via }: PageOptions,
): LedgerEvent[] {
  const at = clock.now()
  const events: LedgerEvent[] = []
  if (!was || was.state === 'gone' || via === 'hand')
    events.push({ ...nothing, at, kind: 'seen', via, folderId: folder._id })
  if (was?.state === 'pending' || was?.state === 'failed')
    events.push({ ...nothing, at, kind: 'retried', reason: was.reason })
  if (fetched) events.push({ ...nothing, at, kind: 'fetched' })
  return events
}

export const decidedEvent = (
  at: Date,
  reason: string,
  ruleVersion: number = RULE_VERSION,
): LedgerEvent => ({ ...nothing, at, kind: 'decided', reason, ruleVersion })

export const storedEvent = (at: Date): LedgerEvent => ({ ...nothing, at, kind: 'stored' })

export const movedEvent = (at: Date, folderId: string): LedgerEvent => ({
  ...{ ...nothing, at, kind: 'moved', folderId },
})

export const goneEvent = (at: Date, reason: string): LedgerEvent => ({
  ...{ ...nothing, at, kind: 'gone', reason },
})
