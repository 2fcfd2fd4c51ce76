import { ledgerStates } from '../../../models/ledger-entry.ts'
import { AppError, LedgerMovedError } from '../../errors.ts'
import type { MessageChange } from '../../provider/provider.ts'
import { isStoreDown } from '../../store/store-down.ts'
import { applyTogether } from './apply-together.ts'
import { nothingNew, type PageContext, type PageOptions, type PageResult } from './page-context.ts'
import { quarantine } from './quarantine.ts'

/** Two passes of one mailbox can meet at a message that moves; more often than this they do not. */
const TRIES = 5

/**
 * Applies one page of changes. Repeating it changes nothing. A message that cannot be stored is put aside with its
 * reason, so that it does not hold up the others.
 */
export async function applyPage(
  context: PageContext,
  changes: MessageChange[],
  options: PageOptions,
): Promise<PageResult> {
  try {
    return await applyAnyhow(context, changes, options)
  } catch (error) {
    if (!isOfTheMail(error, context.signal)) throw error
    return applyOneByOne(context, changes, options)
  }
}

/** Where another pass was faster with a message, everything is read and decided anew. */
async function applyAnyhow(
  context: PageContext,
  changes: MessageChange[],
  options: PageOptions,
): Promise<PageResult> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await applyTogether(context, changes, options)
    } catch (error) {
      if (!(error instanceof LedgerMovedError) || attempt === TRIES) throw error
    }
  }
}

async function applyOneByOne(
  context: PageContext,
  changes: MessageChange[],
  options: PageOptions,
): Promise<PageResult> {
  const all = nothingNew()
  for (const change of changes) {
    try {
      add(all, await applyAnyhow(context, [change], options))
    } catch (error) {
      if (!isOfTheMail(error, context.signal)) throw error
      await quarantine(context, change.messageId, { error, options })
    }
  }
  return all
}

function add(all: PageResult, one: PageResult): void {
  all.newEmailIds.push(...one.newEmailIds)
  all.delays.push(...one.delays)
  for (const state of ledgerStates) {
    const count = (all.verdicts[state] ?? 0) + (one.verdicts[state] ?? 0)
    if (count > 0) all.verdicts[state] = count
  }
}

/** Whether it may be the mail's own fault: not the provider's, the store's, another worker's or ours to stop. */
const isOfTheMail = (error: unknown, signal: AbortSignal): boolean =>
  !signal.aborted && !(error instanceof AppError) && !isStoreDown(error)
