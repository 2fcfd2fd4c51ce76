import { NEVER } from '../../../models/folder.ts'
import type { LedgerEntry, LedgerState } from '../../../models/ledger-entry.ts'
import type { ProviderMessage } from '../../provider/provider.ts'
import { emailIdOf, type SeenEmail, type StoredAs } from '../../store/email-store.ts'
import type { Account, LedgerWrite } from '../../store/ledger-store.ts'
import { seeInThreads } from '../../threads/see-in-threads.ts'
import { delayOf } from '../decide/delay.ts'
import { machineMarkOf } from '../decide/parties/machine-mail.ts'
import { possibleIdentities } from '../decide/identity.ts'
import { isInCrm, reasons, type ReasonCode } from '../decide/reasons.ts'
import { storedReason } from '../decide/stored-reason.ts'
import { cameBack, withdraw } from '../when-gone.ts'
import { isLeaving, judge, type Judged } from './judge.ts'
import { ledgerFacts } from './ledger-facts.ts'
import { makeRoom } from './make-room.ts'
import type { PageContext, PageOptions } from './page-context.ts'
import { seenEmail, weightOf } from './seen-email.ts'
import { sightingKeyOf } from '../../store/emails/sighting-key.ts'
import { decidedEvent, noticed, storedEvent, writeOf, type News } from './story.ts'
import { wantAttachments, wantMarks } from './wants.ts'

export type ToDecide = News & { message: ProviderMessage }

type Case = Judged<ToDecide & { bytes: number }>

/**
 * Decides on messages, stores those that are wanted and takes back those that no longer are. The e-mails are written
 * here; what the ledger is to say of them is the answer, so that it never claims an e-mail that is not there.
 */
export async function storeDecided(
  context: PageContext,
  messages: ToDecide[],
  options: PageOptions,
): Promise<{ newEmailIds: string[]; writes: LedgerWrite[] }> {
  const cases = await judge(
    context,
    messages.map((news) => ({ ...news, bytes: weightOf(news.message) })),
  )
  const wanted = cases
    .filter(({ verdict }) => verdict.kind === 'store')
    .map((one) => ({ ...one, seen: seenEmail(context, one.message, one.chosen) }))
  const there = wanted.filter(isThere)
  const kept = there.flatMap((one) => stays(context, one, options))
  await wantMarks(context, messagesOf(there))
  const stored = await store(
    context,
    wanted.filter((one) => !isThere(one)),
    options,
  )
  const others = cases.filter(({ verdict }) => verdict.kind !== 'store')
  await takeBack(context, others)
  context.crash('emails-written')
  const writes = others.flatMap((one) => leftOutWrite(context, one, options))
  return { newEmailIds: stored.newEmailIds, writes: [...kept, ...stored.writes, ...writes] }
}

type Wanted = Case & { seen: SeenEmail }

const messagesOf = (mail: Wanted[]) => mail.map(({ message }) => message)

/** The rules are applied to it, and nothing changes. */
const isThere = ({ was, seen }: Wanted): boolean =>
  was !== undefined &&
  isInCrm(was) &&
  possibleIdentities(seen, seen.sighting.key).some(
    (identity) => was.emailId === emailIdOf(seen.workspaceId, identity),
  )

function stays(context: PageContext, one: Wanted, options: PageOptions): LedgerWrite[] {
  const { state = 'stored', reason: before = 'new', emailId = null } = one.was ?? {}
  const reason = one.byHand && state === 'stored' ? 'logged-by-hand' : before
  return decidedWrite(context, one, { account: { state, reason, emailId }, options })
}

/** What finds no room waits for some. */
async function store(context: PageContext, wanted: Wanted[], options: PageOptions) {
  const { workspaceId } = context.mailbox
  const settled = await context.emails.settle(wanted.map((one) => one.seen))
  const { without, full, settle } = await makeRoom(context, settled)
  const mail = wanted.flatMap((one, at) =>
    without.has(at) ? [] : [{ ...one, seen: settled[at] ?? one.seen }],
  )
  const stored = await seeInThreads(
    context,
    workspaceId,
    mail.map(({ seen, message: { conversationId } }) => ({ seen, conversationId })),
  )
  await settle(stored.filter(({ isFirst }) => isFirst).length)
  await tellStored(context, mail, stored)
  await wantAttachments(
    context,
    messagesOf(mail),
    stored.map(({ emailId }) => emailId),
  )
  await wantMarks(context, messagesOf(mail))
  const newEmailIds: string[] = []
  const writes = mail.map((one, at) => {
    const as = stored[at] ?? { emailId: '', isFirst: false }
    const reason = storedReason(one.was, { ...as, byHand: one.byHand })
    if (reason === 'new') newEmailIds.push(as.emailId)
    const told = one.message.isProtected ? 'protected' : reason
    return storedWrite(context, one, { as, reason: told, options })
  })
  const waiting = wanted.filter((_one, at) => without.has(at))
  if (full)
    for (const one of waiting) {
      const { limit, most, used, tryAgainAt: retryAt } = full
      const account = { state: 'pending', reason: limit, full: { most, used }, retryAt } as const
      writes.push(...decidedWrite(context, one, { account, options }))
    }
  return { newEmailIds, writes }
}

/** Whom it belongs to follows from what is stored. */
async function tellStored(context: PageContext, mail: Wanted[], stored: StoredAs[]) {
  const told = mail.map(({ seen, message }, at) => ({
    seen: { ...seen, identity: stored[at]?.identity ?? seen.identity },
    isMachineMail: Boolean(machineMarkOf(message.machine, message.from?.address ?? null)),
  }))
  await cameBack(
    context,
    mail,
    told.map(({ seen }) => seen),
  )
  await context.onStored?.(context.mailbox.workspaceId, told)
}

/** This mailbox's copy of what is in the CRM is no longer wanted there. */
async function takeBack(context: PageContext, others: Case[]): Promise<void> {
  const unwanted = others.filter(isLeaving).map(({ was, messageId }) => ({
    ...{ emailId: was?.emailId ?? '', key: sightingKeyOf(context.mailbox._id, messageId) },
  }))
  await withdraw(context, unwanted)
}

type Stored = { as: Pick<StoredAs, 'emailId'>; reason: ReasonCode; options: PageOptions }

function storedWrite(context: PageContext, news: ToDecide, stored: Stored): LedgerWrite {
  const { as, reason, options } = stored
  const { folder, lease, clock } = context
  const delay = delayOf({
    receivedAt: news.message.receivedAt,
    rangAt: folder.rangAt < NEVER ? folder.rangAt : null,
    passStartedAt: lease.claimedAt,
    storedAt: clock.now(),
    lastSyncAt: folder.backfill.finishedAt && folder.lastSyncAt,
  })
  const change = {
    ...ledgerFacts(context, news.message),
    ...{ state: reasons[reason].state, reason, emailId: as.emailId },
    // A message that comes back was not slow.
    delay: news.was?.emailId ? news.was.delay : delay,
  }
  const write = changeWrite(context, news, { change, options })
  return { ...write, events: [...write.events, storedEvent(write.at)] }
}

const STATES = { exclude: 'excluded', fail: 'failed', wait: 'pending' } as const

function leftOutWrite(context: PageContext, one: Case, options: PageOptions): LedgerWrite[] {
  const { verdict } = one
  if (verdict.kind === 'store') return []
  const account = { state: STATES[verdict.kind], reason: verdict.reason }
  return decidedWrite(context, one, { account, options })
}

type LeftOut = { account: Partial<Account> & { state: LedgerState; reason: string } }

/** Deciding the same again is no news. */
function decidedWrite(
  context: PageContext,
  one: Case,
  { account, options }: LeftOut & { options: PageOptions },
): LedgerWrite[] {
  const facts = ledgerFacts(context, one.message, account.reason)
  const change = { ...facts, emailId: null, ...account }
  return isNews(one.was, change) ? [changeWrite(context, one, { change, options })] : []
}

type Changed = { change: Partial<Account> & { reason: string }; options: PageOptions }

function changeWrite(context: PageContext, news: News, { change, options }: Changed): LedgerWrite {
  const events = [
    ...noticed(context, news, options),
    decidedEvent(context.clock.now(), change.reason, context.rules.version),
  ]
  return writeOf(context, news, { change, events })
}

const isNews = (was: LedgerEntry | undefined, change: Partial<Account>): boolean =>
  was?.state !== change.state ||
  was?.reason !== change.reason ||
  was?.folderId !== change.folderId ||
  was?.ruleVersion !== change.ruleVersion ||
  was?.retryAt?.getTime() !== change.retryAt?.getTime()
