import { entryIdOf } from '../../store/emails/sighting-key.ts'
import { afterMishap, type Mishap } from '../decide/retry.ts'
import { withheldBy, isWorthSaying } from '../decide/withheld.ts'
import type { LedgerEntry, LedgerEvent } from '../../../models/ledger-entry.ts'
import type { ProviderError } from '../../errors.ts'
import type { LedgerWrite } from '../../store/ledger-store.ts'
import type { PageContext, PageOptions } from './page-context.ts'
import { decidedEvent, noticed, writeOf, type News } from './story.ts'

/**
 * Puts a message aside that could not be stored alone either. When even this cannot be written, it is the store's fault:
 * that throws, and nothing is skipped.
 */
export async function quarantine(
  context: PageContext,
  messageId: string,
  { error, options }: { error: unknown; options: PageOptions },
): Promise<void> {
  const { ledger, mailbox, folder, queue, lease } = context
  const was = (await ledger.known(mailbox._id, [messageId])).get(messageId)
  await queue.extend(lease)
  await ledger.write([
    waitingWrite(context, { messageId, was, fetched: false }, { mishap: 'poison', options }),
  ])
  context.crash('message-quarantined')
  const entryId = entryIdOf(mailbox._id, messageId)
  context.onQuarantined({ folderId: folder._id, entryId, error })
}

/** The account of a message whose try failed: when it is tried again, or that it is not. */
export function waitingWrite(
  context: PageContext,
  news: News,
  { mishap, options }: { mishap: Mishap; options: PageOptions },
): LedgerWrite {
  const { clock, random } = context
  const now = clock.now()
  const after = afterMishap(mishap, news.was?.attempts ?? 0, { now, random })
  const events: LedgerEvent[] = [
    ...noticed(context, { ...news, fetched: false }, options),
    decidedEvent(now, after.reason),
  ]
  return writeOf(context, news, { change: after, events })
}

type Withheld = {
  messageIds: string[]
  known: ReadonlyMap<string, LedgerEntry>
  refusal: ProviderError
}

/**
 * Messages that lie in the folder, and that the mailbox does not give now: until it does, the ledger says why they wait.
 * They are asked for when the page is repeated, or with those that wait: no try of theirs has failed.
 */
export async function withhold(
  context: PageContext,
  { messageIds, known, refusal }: Withheld,
  options: PageOptions,
): Promise<void> {
  const { clock, folder, ledger, queue, lease } = context
  const reason = withheldBy(refusal)
  if (reason === null) return
  const now = clock.now()
  const retryAt = new Date(now.getTime() + (refusal.details.retryAfterMs ?? 0))
  const writes = messageIds.flatMap((messageId) => {
    const was = known.get(messageId)
    if (!isWorthSaying(was, { folderId: folder._id, reason })) return []
    const news = { messageId, was, fetched: false }
    const events = [...noticed(context, news, options), decidedEvent(now, reason)]
    const change = { folderId: folder._id, state: 'pending', reason, full: null, retryAt } as const
    return [writeOf(context, news, { change, events })]
  })
  if (writes.length === 0) return
  await queue.extend(lease)
  await ledger.write(writes)
}
