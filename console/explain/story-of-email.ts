import { EmailDetail } from '../../models/wire/email-detail.ts'
import { Explanation } from '../../models/wire/explain.ts'
import type { Mailbox } from '../../models/wire/mailbox.ts'
import type { Api } from '../../ui/api/client.ts'

/** One mailbox's answer. */
export type Told = { mailbox: Mailbox; explanation: Explanation }

export type EmailStory = { subject: string; told: readonly Told[] }

/** Copies of one e-mail reach mailboxes within so many minutes of each other; what came later is asked for by hand. */
const WITHIN_MINUTES = 60

/**
 * The story of an e-mail of the CRM, in each of these mailboxes that has it. The ledger is asked by its sender and time,
 * and believed where it names this e-mail.
 */
export async function storyOfEmail(
  api: Api,
  emailId: string,
  mailboxes: readonly Mailbox[],
): Promise<EmailStory> {
  const path = `/api/v1/emails/${encodeURIComponent(emailId)}`
  const { subject, from, receivedAt, sightings } = await api.get(path, EmailDetail)
  const seenIn = new Set(sightings.map(({ mailboxAddress }) => mailboxAddress.toLowerCase()))
  const asked = mailboxes.filter(({ address }) => seenIn.has(address.toLowerCase()))
  if (!from) return { subject, told: [] }
  const question = { from: from.address, around: receivedAt, withinMinutes: WITHIN_MINUTES }
  const told = await Promise.all(
    asked.map(async (mailbox) => {
      const explanation = await explain(api, mailbox, question)
      return { mailbox, explanation: about(explanation, emailId) }
    }),
  )
  return { subject, told: told.filter(({ explanation }) => explanation.accounts.length > 0) }
}

export const explain = (api: Api, { id }: Mailbox, question: unknown): Promise<Explanation> =>
  api.send('POST', `/api/v1/mailboxes/${encodeURIComponent(id)}/explain`, question, Explanation)

/** What of the answer is about this e-mail. */
function about(explanation: Explanation, emailId: string): Explanation {
  const accounts = explanation.accounts.filter((account) => account.emailId === emailId)
  const summary = accounts[0]?.sentence ?? explanation.summary
  return { ...explanation, accounts, found: [], more: false, summary }
}
