import { EmailDetail } from '../../models/wire/email-detail.ts'
import { EmailExplanation, Explanation } from '../../models/wire/explain.ts'
import type { Mailbox } from '../../models/wire/mailbox.ts'
import type { Api } from '../../ui/api/client.ts'

export type EmailStory = EmailExplanation & { subject: string }

/** The story of an e-mail of the CRM, in each mailbox that has it and that the reader may ask about. */
export async function storyOfEmail(api: Api, emailId: string): Promise<EmailStory> {
  const path = `/api/v1/emails/${encodeURIComponent(emailId)}`
  const [{ subject }, told] = await Promise.all([
    api.get(path, EmailDetail),
    api.send('POST', `${path}/explain`, undefined, EmailExplanation),
  ])
  return { ...told, subject }
}

export const explain = (api: Api, { id }: Mailbox, question: unknown): Promise<Explanation> =>
  api.send('POST', `/api/v1/mailboxes/${encodeURIComponent(id)}/explain`, question, Explanation)
