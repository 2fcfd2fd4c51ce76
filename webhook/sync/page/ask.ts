import { SECOND } from '../../duration.ts'
import { ProviderError } from '../../errors.ts'
import type { Answer } from '../decide/plan-page.ts'
import type { PageContext } from './page-context.ts'

/** Graph serves four requests of one mailbox at a time (graph-contract 6.1); more would only wait. */
const AT_ONCE = 4
/** Asking can outlast a lease. */
const KEEP_LEASE_MS = 10 * SECOND

type Asking = Pick<PageContext, 'provider' | 'queue' | 'lease' | 'clock' | 'signal'>

/** Asks for these messages as they are now. Trouble with one message is its answer; trouble with the mailbox throws. */
export async function ask(
  { provider, queue, lease, clock, signal }: Asking,
  messageIds: string[],
): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>()
  const waiting = messageIds.values()
  let keptAt = clock.now().getTime()
  const askInTurn = async () => {
    for (const messageId of waiting) {
      answers.set(messageId, await provider.message(messageId, signal).catch(noAnswer))
      if (clock.now().getTime() - keptAt < KEEP_LEASE_MS) continue
      keptAt = clock.now().getTime()
      await queue.extend(lease)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, askInTurn))
  return answers
}

/** After the provider's own retries; throttling, credentials and the like concern more than this message. */
function noAnswer(error: unknown): 'no-answer' {
  const isOfOne =
    error instanceof ProviderError &&
    (error.code === 'unexpected-answer' || error.code === 'provider-unavailable')
  if (!isOfOne) throw error
  return 'no-answer'
}
