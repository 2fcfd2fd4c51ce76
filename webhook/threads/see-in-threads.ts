import type { EmailStore, SeenEmail, StoredAs } from '../store/email-store.ts'
import type { ThreadFacts } from './decide/thread-keys.ts'
import type { Threads } from './threads.ts'

/** What it takes to store e-mails in threads. */
export type Threading = Pick<Threads, 'of' | 'settle'>

export type SeeingParts = { emails: Pick<EmailStore, 'see'>; threads: Threading }

/** An e-mail, and the provider's name for its conversation in the mailbox where it was seen. */
export type SeenInConversation = { seen: SeenEmail; conversationId: string | null }

/**
 * Stores e-mails of one workspace, each in its thread from the start. Three reads and two writes more than without, however
 * many they are, as long as no threads are joined.
 */
export async function seeInThreads(
  { emails, threads }: SeeingParts,
  workspaceId: string,
  mail: SeenInConversation[],
): Promise<StoredAs[]> {
  if (mail.length === 0) return []
  const joined = await threads.of(workspaceId, mail.map(factsOf))
  const stored = await emails.see(
    mail.map(({ seen }, at) => ({ ...seen, threadId: joined[at] ?? null })),
  )
  const placed = stored.map(({ emailId, threadId }, at) => {
    return { emailId, threadId, joined: joined[at] ?? '' }
  })
  await threads.settle(workspaceId, placed)
  return stored
}

function factsOf({ seen, conversationId }: SeenInConversation): ThreadFacts {
  const { identity, internetMessageId, references, inReplyTo, sighting } = seen
  const { mailboxId } = sighting
  const isKnown = mailboxId !== null && conversationId !== null
  const conversation = isKnown ? { mailboxId, conversationId } : null
  return { identity, internetMessageId, references, inReplyTo, conversation }
}
