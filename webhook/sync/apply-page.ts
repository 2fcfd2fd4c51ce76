import type { Folder } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { Clock } from '../clock.ts'
import type { MailProvider, MessageChange, ProviderMessage } from '../provider/provider.ts'
import type { EmailStore } from '../store/email-store.ts'
import type { Account, LedgerStore } from '../store/ledger-store.ts'
import { planPage, type PagePlan } from './decide/plan-page.ts'
import { verdictOn } from './decide/verdict.ts'
import { accountOf, excludedAccount, seenEmail } from './records.ts'

export type PageContext = {
  emails: EmailStore
  ledger: LedgerStore
  provider: MailProvider
  clock: Clock
  mailbox: Mailbox
  folder: Folder
  signal: AbortSignal
}

/** What a page brought, for progress and for whoever watches. */
export type PageResult = { applied: number; newEmailIds: string[] }

/**
 * Applies one page of changes: reads first, then decisions, then writes. E-mails before the ledger, so that the ledger
 * never claims an e-mail that is not there; repeating the page after a crash changes nothing.
 */
export async function applyPage(
  context: PageContext,
  changes: MessageChange[],
): Promise<PageResult> {
  const { ledger, mailbox, folder } = context
  const ids = changes.map(({ messageId }) => messageId).filter(Boolean)
  const known = await ledger.known(mailbox._id, ids)
  const plan = planPage(changes, known, folder._id)
  const asked = planPage(await askFor(context, plan.fetch), known, folder._id)
  const result = await storeDecided(context, [...plan.decide, ...asked.decide])
  await followMoves(context, [...plan.moved, ...asked.moved])
  await settleSuspects(context, plan.suspects)
  await ledger.apply(
    [...plan.unreadable, ...asked.unreadable].map((messageId) => ({
      ...accountOf(context, { messageId, receivedAt: null }),
      state: 'failed',
      reason: 'malformed',
    })),
    context.clock.now(),
  )
  return result
}

/** Messages that a sparse record named, as they are now; one that is not in this folder needs no account here. */
async function askFor(
  { provider, folder, signal }: PageContext,
  ids: string[],
): Promise<MessageChange[]> {
  const found = await Promise.all(ids.map((id) => provider.message(id, signal)))
  return found
    .filter((answer) => answer !== null)
    .filter((answer) => isIn(folder, answer) || answer.kind === 'unreadable')
}

async function storeDecided(
  context: PageContext,
  messages: ProviderMessage[],
): Promise<PageResult> {
  const now = context.clock.now()
  const decided = messages.map((message) => ({ message, verdict: verdictOn(message) }))
  const accounts: Account[] = []
  const seen = []
  for (const { message, verdict } of decided) {
    if (verdict.kind === 'store') seen.push(seenEmail(context, message, now))
    else accounts.push(excludedAccount(context, message, verdict.reason))
  }
  const wasNew = await context.emails.see(seen.map(({ email }) => email))
  for (const [position, { account }] of seen.entries())
    accounts.push({ ...account, reason: wasNew[position] ? 'new' : 'duplicate-of' })
  await context.ledger.apply(accounts, now)
  const newEmailIds = seen.filter((_, at) => wasNew[at]).map(({ account }) => account.emailId ?? '')
  return { applied: messages.length, newEmailIds }
}

/** The same immutable id in another watched folder: the e-mail stays, its sighting moves. */
async function followMoves(context: PageContext, moved: PagePlan['moved']): Promise<void> {
  const { emails, ledger, mailbox, folder, clock } = context
  for (const { messageId, emailId } of moved)
    await emails.moveSighting(emailId, `sync:${mailbox._id}:${messageId}`, {
      id: folder._id,
      name: folder.displayName,
    })
  await ledger.moved(
    mailbox._id,
    moved.map(({ messageId }) => messageId),
    { folderId: folder._id, now: clock.now() },
  )
}

/**
 * "Removed" can be a deletion, a move, or A→B→A inside one round (graph-contract 9 #19): the message itself is asked.
 * Still in this folder: nothing happened.
 */
async function settleSuspects(context: PageContext, suspects: string[]): Promise<void> {
  const { provider, ledger, folder, clock, signal } = context
  const now = await Promise.all(suspects.map((id) => provider.message(id, signal)))
  const deleted = suspects.filter((_, at) => now[at] === null)
  const movedOut = suspects.filter((_, at) => now[at]?.kind === 'present' && !isIn(folder, now[at]))
  await ledger.gone(folder._id, deleted, 'deleted-in-mailbox', clock.now())
  await ledger.gone(folder._id, movedOut, 'moved-out', clock.now())
}

const isIn = ({ providerFolderId }: Folder, change: MessageChange): boolean =>
  change.kind === 'present' && change.message.providerFolderId === providerFolderId
