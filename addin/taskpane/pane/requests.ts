import type { Party } from '../../../models/wire/email.ts'
import type { EmailStatusRequest, LogEmailRequest } from '../../../models/wire/log-email.ts'
import type { LookRequest } from '../../../models/wire/pane/look.ts'
import type { OpenMessage } from '../../office/item.ts'

/** The service takes no more of a kind, and Outlook tells of no more (outlook-addin 2.8). */
const MOST_PARTIES = 1_000

/** How the CRM is asked about a message: by what Outlook calls it. */
export function keyOf({
  itemId,
  internetMessageId,
  mailboxAddress,
}: OpenMessage): EmailStatusRequest {
  return {
    ...(itemId ? { itemId } : {}),
    ...(internetMessageId ? { internetMessageId } : {}),
    mailboxAddress,
  }
}

const some = (parties: Party[]) => parties.slice(0, MOST_PARTIES)

export const lookRequestOf = (message: OpenMessage): LookRequest => ({
  ...keyOf(message),
  ...{ from: message.from, to: some(message.to), cc: some(message.cc) },
  ...(message.conversationId ? { conversationId: message.conversationId } : {}),
})

/** What a person chose along with logging: whose it is, which files stay out, and a note. */
export type LogChoices = Pick<LogEmailRequest, 'pins' | 'leftOut' | 'note'>

export const logRequestOf = (
  message: OpenMessage,
  bodyHtml: string,
  choices: LogChoices,
): LogEmailRequest => {
  const { subject, from, to, cc, sentAt } = message
  const read = { subject, from, to: some(to), cc: some(cc), sentAt, bodyHtml }
  return { ...keyOf(message), ...read, ...choices }
}
