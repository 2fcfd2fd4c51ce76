import type { LedgerEntry } from '../../models/ledger-entry.ts'
import type { AccountStory, Explanation, FoundStory } from '../../models/wire/explain.ts'
import { catalogued, helpOf } from '../sync/decide/reasons.ts'
import { delaySentence, eventSentence, fullSentence, reasonOf } from './words.ts'

/** What a folder is called, and whether we watch it. By our own id. */
export type KnownFolders = ReadonlyMap<string, { name: string; watched: boolean }>

/** What the ledger says of one message, for people. Pure. */
export function accountStory(entry: LedgerEntry, folders: KnownFolders): AccountStory {
  const { sentence, change, retries, who } = reasonOf(entry)
  const help = catalogued(entry.reason)
  const figures = entry.full ? ` ${fullSentence(entry.full)}` : ''
  return {
    messageId: entry.messageId,
    state: entry.state,
    reason: entry.reason,
    help: help ? helpOf(help) : 'docs/reasons.md',
    ...{ sentence: sentence + figures, change, retries, who },
    retryAt: iso(entry.retryAt),
    attempts: entry.attempts,
    ruleVersion: entry.ruleVersion,
    folder: folders.get(entry.folderId) ?? null,
    receivedAt: iso(entry.receivedAt),
    seenAt: entry.seenAt.toISOString(),
    decidedAt: entry.decidedAt.toISOString(),
    delay: entry.delay && { ...entry.delay, sentence: delaySentence(entry.delay) },
    history: entry.history.map((event) => ({
      at: event.at.toISOString(),
      sentence: eventSentence(event, folders.get(event.folderId ?? '')?.name ?? null),
    })),
    emailId: entry.emailId,
    subject: null,
  }
}

const iso = (date: Date | null) => date?.toISOString() ?? null

/** A message that the mailbox showed us just now. */
export type FoundPlace = Pick<FoundStory, 'messageId' | 'folder' | 'receivedAt'> & {
  /** Of a watched folder: how far its first pass is, while it runs. */
  backfill: { done: number; total: number } | null
}

/** Why a message that the mailbox has is not in the ledger. Pure. */
export function foundStory({ backfill, ...found }: FoundPlace): FoundStory {
  const { folder } = found
  if (!folder)
    return {
      ...found,
      sentence: 'Microsoft 365 has the message, in a form that does not say where it lies.',
      change: 'Nothing you can do: it is accounted for when its folder is read.',
    }
  if (!folder.watched)
    return {
      ...found,
      sentence: `It is not in a watched folder: it is in ${folder.name}.`,
      change: `Watching ${folder.name}, or moving the message to a folder that is watched.`,
    }
  const progress = backfill
    ? ` Earlier mail is being read there, ${backfill.done} of ${Math.max(backfill.done, backfill.total)} so far.`
    : ''
  return {
    ...found,
    sentence: `It is in ${folder.name}, which is watched, and not yet accounted for.${progress}`,
    change: 'Nothing has to change: the folder has been rung. Ask again in a minute.',
  }
}

type Findings = Pick<Explanation, 'trouble' | 'accounts' | 'found'>

/** Which of the answers the findings make. */
export function answerOf({ trouble, accounts, found }: Findings): Explanation['answer'] {
  if (accounts.some(({ state }) => state !== 'gone')) return 'accounted'
  if (found.some(({ folder }) => !folder || folder.watched)) return 'on-its-way'
  if (accounts.length > 0) return 'accounted'
  if (found.length > 0) return 'not-watched'
  return trouble ? 'not-asked' : 'not-in-mailbox'
}

/** The whole answer in a sentence or two; trouble comes first, as it changes what the rest is worth. */
export function summaryOf(findings: Findings): string {
  const { trouble, accounts, found } = findings
  const parts = [
    trouble?.sentence,
    accounts.length === 1 ? accounts[0]?.sentence : accounts.length > 1 && tally(accounts),
    found.length === 1 ? found[0]?.sentence : found.length > 1 && places(found),
    accounts.length + found.length === 0 &&
      (trouble
        ? 'FlowCRM has no account of such a message, and could not ask the mailbox.'
        : 'FlowCRM has no account of such a message, and Microsoft 365 does not have it in this mailbox.'),
  ]
  return parts.filter(Boolean).join(' ')
}

function tally(accounts: AccountStory[]): string {
  const states = new Map<string, number>()
  for (const { state } of accounts) states.set(state, (states.get(state) ?? 0) + 1)
  const counts = [...states].map(([state, count]) => `${count} ${state}`)
  return `${accounts.length} messages match: ${counts.join(', ')}.`
}

function places(found: FoundStory[]): string {
  const names = new Set(found.map(({ folder }) => folder?.name ?? 'a place unknown'))
  return `${found.length} messages that the ledger does not have match, in ${[...names].join(', ')}.`
}
