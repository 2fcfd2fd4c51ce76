import type { MessageChange } from '../../provider/provider.ts'
import type { LedgerEntry } from '../../../models/ledger-entry.ts'
import type { LedgerWrite } from '../../store/ledger-store.ts'
import { looksOn, planPage, settleAnswer, type Here, type Step } from '../decide/plan-page.ts'
import { isNoCrm } from '../decide/verdict.ts'
import { accountForLeftBehind } from '../left-behind.ts'
import { whenGone } from '../when-gone.ts'
import { ask } from './ask.ts'
import { storeDecided, type ToDecide } from './decided.ts'
import { nothingNew, type PageContext, type PageOptions, type PageResult } from './page-context.ts'
import { waitingWrite, withhold } from './quarantine.ts'
import { sightingKeyOf } from '../../store/emails/sighting-key.ts'
import { decidedEvent, goneEvent, movedEvent, noticed, writeOf, type News } from './story.ts'

type Known = Map<string, LedgerEntry>

/**
 * Applies a page in one go: reads first, then decisions, then writes. E-mails before the ledger, and whoever calls moves
 * the cursor last, so that a crash anywhere repeats work and never skips any. Throws LedgerMovedError when another pass
 * changed one of the messages meanwhile.
 */
export async function applyTogether(
  context: PageContext,
  changes: MessageChange[],
  options: PageOptions,
): Promise<PageResult> {
  const { emails, ledger, queue, lease, crash } = context
  const known = await knownOf(context, changes, options)
  crash('page-known-read')
  const plan = planPage(changes, known, hereOf(context))
  const asked = await settleAsked(context, { plan, known, options })
  const steps = [...plan.filter((step) => step.do !== 'ask'), ...asked]
  const looks = await changedLooks(context, changes, known)
  crash('page-decided')
  if (steps.length === 0 && looks.length === 0) return nothingNew()

  const fetched = new Set(asked.map(({ messageId }) => messageId))
  const newsOf = (messageId: string): News => ({
    ...{ messageId, was: known.get(messageId), fetched: fetched.has(messageId) },
  })
  await queue.extend(lease) // from here on it is written
  await emails.writeLooks(looks)
  const toDecide = steps.flatMap((step): ToDecide[] =>
    step.do === 'decide' ? [{ ...newsOf(step.messageId), message: step.message }] : [],
  )
  const { writes, newEmailIds } = await storeDecided(context, toDecide, options)
  for (const step of steps) {
    const write = writeFor(context, step, { news: newsOf(step.messageId), options })
    if (write) writes.push(write)
  }
  const gone = steps.filter((step) => step.do === 'gone')
  await whenGone(
    context,
    gone.map(({ messageId }) => known.get(messageId)),
  )
  await moveSightings(context, writes, known)
  await ledger.write(writes)
  crash('ledger-written')
  return resultOf(newEmailIds, writes)
}

/** What the ledger knows of a page's messages. Whoever is said to have left, and was left behind without an account, has one from now on. */
async function knownOf(
  context: PageContext,
  changes: MessageChange[],
  options: PageOptions,
): Promise<Known> {
  const { ledger, mailbox } = context
  const ids = changes.map(({ messageId }) => messageId).filter(Boolean)
  const known = await ledger.known(mailbox._id, ids)
  const unknown = changes.filter(
    ({ kind, messageId }) => kind === 'removed' && !known.has(messageId),
  )
  const isNews = await accountForLeftBehind(
    context,
    unknown.map(({ messageId }) => messageId),
    options,
  )
  return isNews ? ledger.known(mailbox._id, ids) : known
}

/**
 * Of e-mails that are there already: what they show of their messages' read state and categories, and is so no more. What
 * somebody has chosen here and is still on its way to the mailbox counts for more than what the page says.
 */
async function changedLooks(
  { emails, mailbox, rules, writeBackQueue }: PageContext,
  changes: MessageChange[],
  known: Known,
) {
  const looks = looksOn(changes, known)
  const messageIds = looks.map(({ messageId }) => messageId)
  const wishes =
    rules.direction === 'two-way'
      ? await writeBackQueue.wishes(mailbox._id, messageIds)
      : new Map<string, boolean>()
  return emails.changedLooks(
    looks.map(({ messageId, ...look }) => {
      const isRead = wishes.get(messageId) ?? look.isRead
      const emailId = known.get(messageId)?.emailId ?? ''
      const key = sightingKeyOf(mailbox._id, messageId)
      return { ...look, ...(isRead !== undefined && { isRead }), emailId, key }
    }),
  )
}

function resultOf(newEmailIds: string[], writes: LedgerWrite[]): PageResult {
  const result = { ...nothingNew(), newEmailIds }
  for (const { account } of writes) {
    result.verdicts[account.state] = (result.verdicts[account.state] ?? 0) + 1
    if (account.state === 'stored' && account.delay) result.delays.push(account.delay)
  }
  return result
}

const hereOf = ({ folder, rules }: PageContext): Here => ({
  folderId: folder._id,
  openBelow: folder.openBelow,
  isMarked: (categories) => isNoCrm(categories, rules),
})

type Planned = { plan: Step[]; known: Known; options: PageOptions }

/** Asks for what the page alone does not tell. Throws where the mailbox does not give it now, and the ledger says so. */
async function settleAsked(
  context: PageContext,
  { plan, known, options }: Planned,
): Promise<Step[]> {
  const asking = plan.filter((step) => step.do === 'ask')
  if (asking.length === 0) return []
  const { mailbox, folder, folders, crash } = context
  const { answers, refusal } = await ask(
    context,
    asking.map(({ messageId }) => messageId),
  )
  if (refusal) {
    const listed = asking.filter(({ suspect, messageId }) => !suspect && !answers.has(messageId))
    const messageIds = listed.map(({ messageId }) => messageId)
    await withhold(context, { messageIds, known, refusal }, options)
    throw refusal
  }
  const watched = await folders.watchedByProviderId(mailbox._id)
  crash('suspects-asked')
  const here = { ...hereOf(context), providerFolderId: folder.providerFolderId }
  return asking
    .map(({ messageId, suspect }) =>
      settleAnswer(messageId, answers.get(messageId) ?? null, {
        ...{ suspect, entry: known.get(messageId), here },
        watchedFolderOf: (id) => watched.get(id)?._id,
      }),
    )
    .filter((step) => step !== null)
}

/** What the ledger is to say after a step; decisions have been written down already. */
function writeFor(
  context: PageContext,
  step: Step,
  { news, options }: { news: News; options: PageOptions },
): LedgerWrite | null {
  const now = context.clock.now()
  const folderId = context.folder._id
  switch (step.do) {
    case 'decide':
    case 'ask':
      return null
    case 'move': {
      const events = [movedEvent(now, step.folderId)]
      return writeOf(context, news, { change: { folderId: step.folderId }, events })
    }
    case 'gone': {
      const change = { state: 'gone', reason: step.reason, retryAt: null } as const
      return writeOf(context, news, { change, events: [goneEvent(now, step.reason)] })
    }
    case 'malformed': {
      const change = { folderId, state: 'failed', reason: 'malformed', retryAt: null } as const
      const events = [...noticed(context, news, options), decidedEvent(now, 'malformed')]
      return writeOf(context, news, { change, events })
    }
    case 'wait':
      return waitingWrite(context, news, { mishap: 'fetch-error', options })
  }
}

/** An e-mail shows where its message lies now. */
async function moveSightings(
  { emails, mailbox }: PageContext,
  writes: LedgerWrite[],
  known: Known,
): Promise<void> {
  const moved = writes.filter(({ account }) => {
    const was = known.get(account.messageId)
    return account.emailId !== null && was !== undefined && was.folderId !== account.folderId
  })
  await emails.moveSightings(
    moved.map(({ account: { emailId, messageId, folderId } }) => ({
      emailId: emailId ?? '',
      key: sightingKeyOf(mailbox._id, messageId),
      folderId,
    })),
  )
}
