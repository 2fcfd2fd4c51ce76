import { NEVER } from '../../../models/folder.ts'
import type { LedgerEntry } from '../../../models/ledger-entry.ts'
import type { ProviderMessage } from '../../provider/provider.ts'
import { emailIdOf } from '../../store/email-store.ts'
import type { Account, LedgerWrite } from '../../store/ledger-store.ts'
import { delayOf } from '../decide/delay.ts'
import { normaliseMessageId } from '../decide/identity.ts'
import { isReasonCode, reasons, type ReasonCode } from '../decide/reasons.ts'
import { RULE_VERSION, verdictOn, windowStartOf } from '../decide/verdict.ts'
import type { PageContext, PageOptions } from './page-context.ts'
import { seenEmail, weightOf } from './seen-email.ts'
import { decidedEvent, noticed, storedEvent, writeOf, type News } from './story.ts'

export type ToDecide = News & { message: ProviderMessage }

/**
 * Decides on messages and stores those that are wanted. The e-mails are written here; what the ledger is to say of them
 * is the answer, so that it never claims an e-mail that is not there.
 */
export async function storeDecided(
  context: PageContext,
  messages: ToDecide[],
  options: PageOptions,
): Promise<{ newEmailIds: string[]; writes: LedgerWrite[] }> {
  const windowStart = windowStartOf(
    context.mailbox.settings.windowDays,
    context.folder.backfill.startedAt,
  )
  const decided = messages.map((news) => ({
    news,
    verdict: verdictOn({ ...news.message, bytes: weightOf(news.message), windowStart }),
  }))
  const wanted = decided.filter(({ verdict }) => verdict.kind === 'store').map(({ news }) => news)
  const seen = wanted.map(({ message }) => seenEmail(context, message))
  const wasFirst = await context.emails.see(seen)
  context.crash('emails-written')

  const writes: LedgerWrite[] = []
  const newEmailIds: string[] = []
  for (const [at, news] of wanted.entries()) {
    const emailId = emailIdOf(context.mailbox.workspaceId, seen[at]?.identity ?? '')
    const reason = storedReason(news.was, emailId, wasFirst[at] ?? false)
    if (reason === 'new') newEmailIds.push(emailId)
    writes.push(storedWrite(context, news, { emailId, reason, options }))
  }
  for (const { news, verdict } of decided) {
    if (verdict.kind === 'store') continue
    const state = verdict.kind === 'exclude' ? 'excluded' : 'failed'
    const { reason } = verdict
    const change = { ...factsOf(context, news.message), state, reason, emailId: null } as const
    if (isNews(news.was, change)) writes.push(decidedWrite(context, news, { change, options }))
  }
  return { newEmailIds, writes }
}

type Stored = { emailId: string; reason: ReasonCode; options: PageOptions }

function storedWrite(context: PageContext, news: ToDecide, stored: Stored): LedgerWrite {
  const { emailId, reason, options } = stored
  const { folder, lease, clock } = context
  const delay = delayOf({
    receivedAt: news.message.receivedAt,
    rangAt: folder.rangAt < NEVER ? folder.rangAt : null,
    passStartedAt: lease.claimedAt,
    storedAt: clock.now(),
    lastSyncAt: folder.backfill.finishedAt && folder.lastSyncAt,
  })
  const change = {
    ...factsOf(context, news.message),
    ...{ state: 'stored' as const, reason, emailId },
    // A message that comes back was not slow.
    delay: news.was?.emailId ? news.was.delay : delay,
  }
  const write = decidedWrite(context, news, { change, options })
  return { ...write, events: [...write.events, storedEvent(write.at)] }
}

type Decided = { change: Partial<Account> & { reason: string }; options: PageOptions }

function decidedWrite(context: PageContext, news: News, { change, options }: Decided): LedgerWrite {
  const events = [
    ...noticed(context, news, options),
    decidedEvent(context.clock.now(), change.reason),
  ]
  return writeOf(context, news, { change, events })
}

/** What the ledger keeps of a message, whatever was decided. */
export const factsOf = (
  { mailbox, folder, blind }: Pick<PageContext, 'mailbox' | 'folder' | 'blind'>,
  message: ProviderMessage,
) => {
  const { workspaceId } = mailbox
  const internetMessageId = normaliseMessageId(message.internetMessageId)
  const sender = message.from?.address.trim().toLowerCase()
  return {
    folderId: folder._id,
    ruleVersion: RULE_VERSION,
    receivedAt: message.receivedAt,
    messageIdKey:
      internetMessageId === null ? null : blind.of(workspaceId, 'message-id', internetMessageId),
    senderKey: sender ? blind.of(workspaceId, 'address', sender) : null,
    ...{ attempts: 0, retryAt: null },
  }
}

/** Deciding the same again is no news. */
const isNews = (was: LedgerEntry | undefined, change: Partial<Account>): boolean =>
  was?.state !== change.state ||
  was?.reason !== change.reason ||
  was?.folderId !== change.folderId ||
  was?.ruleVersion !== change.ruleVersion

/** What was left out before is stored for another reason than what is new, and what comes back for its old one. */
function storedReason(was: LedgerEntry | undefined, emailId: string, isFirst: boolean): ReasonCode {
  if (was?.state === 'excluded' && was.reason !== 'draft') return 're-evaluated'
  const before = was?.emailId === emailId ? was.history.findLast(isStoring)?.reason : null
  if (before && isReasonCode(before)) return before
  return isFirst ? 'new' : 'duplicate-of'
}

const isStoring = ({ kind, reason }: LedgerEntry['history'][number]): boolean =>
  kind === 'decided' &&
  reason !== null &&
  isReasonCode(reason) &&
  reasons[reason].state === 'stored'
