import type { EmailState } from '../../../models/wire/email.ts'
import type { MailProvider } from '../../../models/wire/mailbox.ts'

/** What the Inbox is narrowed to; null: not by this. */
export type InboxFilter = {
  mailboxId: string | null
  provider: MailProvider | null
  contact: { id: string; name: string } | null
  state: EmailState | null
  /** The first and the last day of receipt, `2026-11-22`, as the reader's calendar has them. */
  firstDay: string | null
  lastDay: string | null
}

export const allMail: InboxFilter = {
  ...{ mailboxId: null, provider: null, contact: null, state: null },
  ...{ firstDay: null, lastDay: null },
}

/** How each state is offered. */
export const stateWords: Record<EmailState, string> = {
  unread: 'Unread',
  'with-attachments': 'With attachments',
  'by-hand': 'Logged by hand',
  'no-contact': 'With no contact',
  gone: 'No longer in the mailbox',
}

/** What people call each provider. */
export const providerWords: Record<MailProvider, string> = { outlook: 'Outlook' }

/** Whether it asks for more than a mailbox: then only the service knows what belongs to it. */
export const isNarrow = ({ mailboxId: _, ...rest }: InboxFilter): boolean =>
  Object.values(rest).some((chosen) => chosen !== null)

/** As `GET /api/v1/emails` asks for it. */
export function queryOf({ mailboxId, contact, firstDay, lastDay, ...asIs }: InboxFilter) {
  return {
    ...asIs,
    mailbox: mailboxId,
    contact: contact?.id ?? null,
    from: firstDay && startOf(firstDay, 0),
    until: lastDay && startOf(lastDay, 1),
  }
}

/** When a day begins here, or so many days later. */
function startOf(day: string, later: number): string | null {
  const start = new Date(`${day}T00:00`)
  if (Number.isNaN(start.getTime())) return null
  start.setDate(start.getDate() + later)
  return start.toISOString()
}
