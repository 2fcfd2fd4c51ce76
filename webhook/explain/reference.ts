import type { Mailbox } from '../../models/mailbox.ts'
import type { ExplainQuestion } from '../../models/wire/explain.ts'
import { NotFoundError } from '../errors.ts'
import type { EmailStore } from '../store/email-store.ts'

/** How ledger and mailbox are asked for what a question means. */
export type Reference =
  { messageIds: string[] } | Exclude<ExplainQuestion, { messageId: string } | { emailId: string }>

/**
 * An e-mail's sightings name its messages in that mailbox: several, where somebody wrote to themselves. Of one that was
 * never seen there, its Message-ID is asked for; a NotFoundError when it has none, or there is no such e-mail.
 */
export async function referenceOf(
  emails: Pick<EmailStore, 'findMany'>,
  mailbox: Pick<Mailbox, '_id' | 'workspaceId'>,
  question: ExplainQuestion,
): Promise<Reference> {
  if ('messageId' in question) return { messageIds: [question.messageId] }
  if (!('emailId' in question)) return question
  const [email] = await emails.findMany([question.emailId])
  if (email?.workspaceId !== mailbox.workspaceId) throw new NotFoundError()
  const { sightings, internetMessageId } = email
  const messageIds = sightings.flatMap(({ mailboxId, messageId }) =>
    mailboxId === mailbox._id && messageId !== null ? [messageId] : [],
  )
  if (messageIds.length > 0) return { messageIds }
  if (internetMessageId === null) throw new NotFoundError()
  return { internetMessageId }
}
