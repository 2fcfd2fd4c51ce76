import { SECOND } from '../../duration.ts'
import { ProviderError } from '../../errors.ts'
import type { Answer } from '../decide/plan-page.ts'
import { withheldBy } from '../decide/withheld.ts'
import type { PageContext } from './page-context.ts'

/** Graph serves four requests of one mailbox at a time (graph-contract 6.1); more would only wait. */
const AT_ONCE = 4
/** Asking can outlast a lease. */
const KEEP_LEASE_MS = 10 * SECOND

type Asking = Pick<PageContext, 'provider' | 'queue' | 'lease' | 'clock' | 'signal'>

export type Asked = {
  answers: Map<string, Answer>
  /** Why the mailbox gave no more, and the others have no answer. */
  refusal: ProviderError | null
}

/**
 * Asks for these messages as they are now. Trouble with one message is its answer; where nothing more is given, asking
 * ends; other trouble with the mailbox throws.
 */
export async function ask(
  { provider, queue, lease, clock, signal }: Asking,
  messageIds: string[],
): Promise<Asked> {
  const asked: Asked = { answers: new Map(), refusal: null }
  const waiting = messageIds.values()
  let keptAt = clock.now().getTime()
  const askInTurn = async () => {
    for (const messageId of waiting) {
      if (asked.refusal) return
      const answer = await provider.message(messageId, signal).catch(noAnswer)
      if (answer instanceof ProviderError) return void (asked.refusal ??= answer)
      asked.answers.set(messageId, answer)
      if (clock.now().getTime() - keptAt < KEEP_LEASE_MS) continue
      keptAt = clock.now().getTime()
      await queue.extend(lease)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, askInTurn))
  return asked
}

/** After the provider's own retries; throttling, credentials and the like concern more than this message. */
function noAnswer(error: unknown): 'no-answer' | ProviderError {
  if (!(error instanceof ProviderError)) throw error
  if (error.code === 'unexpected-answer' || error.code === 'provider-unavailable')
    return 'no-answer'
  if (withheldBy(error)) return error
  throw error
}
