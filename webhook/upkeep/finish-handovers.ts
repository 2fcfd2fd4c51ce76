import type { Clock } from '../clock.ts'
import { MINUTE } from '../duration.ts'
import type { EmailStore } from '../store/email-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'

export type HandoverParts = { mailboxes: MailboxStore; emails: EmailStore; clock: Clock }

const EMAILS_AT_ONCE = 500
/** A pass that began before may still write the former owner's name. */
const SETTLED_MS = 10 * MINUTE

/**
 * E-mails of a mailbox that has come to its own person belong to that person. Repeatable, so that no crash leaves half of
 * them behind.
 */
export async function finishHandovers(
  { mailboxes, emails, clock }: HandoverParts,
  signal: AbortSignal,
): Promise<void> {
  for (const mailbox of await mailboxes.handingOver()) {
    const { _id: mailboxId, workspaceId, ownerUserId: to, handover } = mailbox
    if (!handover) continue
    const names = { workspaceId, mailboxId, from: handover.from, to }
    while (!signal.aborted && (await emails.handOver(names, EMAILS_AT_ONCE)) > 0);
    const isSettled = handover.at.getTime() + SETTLED_MS <= clock.now().getTime()
    if (isSettled && !signal.aborted) await mailboxes.handedOver(mailboxId, handover)
  }
}
