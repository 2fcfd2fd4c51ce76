import { hasAny } from '../../attachments/decide/judge.ts'
import { DAY } from '../../duration.ts'
import type { ProviderMessage } from '../../provider/provider.ts'
import type { PageContext } from './page-context.ts'

/**
 * Puts down that these stored e-mails have attachments to be fetched, some time after this page. Before the ledger is
 * written, so that a crash repeats it.
 */
export async function wantAttachments(
  { attachmentQueue, mailbox, crash }: PageContext,
  messages: ProviderMessage[],
  emailIds: (string | undefined)[],
): Promise<void> {
  const { workspaceId } = mailbox
  const wanted = messages.flatMap((message, at) => {
    const emailId = emailIds[at]
    return emailId !== undefined && hasAny(message) ? [{ emailId, workspaceId }] : []
  })
  if (wanted.length === 0) return
  await attachmentQueue.want(wanted)
  crash('attachments-wanted')
}

/** Mail that is no older is looked at by people just now. */
const FRESH_MS = DAY

/**
 * Puts down that these messages, which are in the CRM, are to show it in a two-way mailbox, some time after this page. Before
 * the ledger is written, so that a crash repeats it.
 */
export async function wantMarks(
  { writeBackQueue, mailbox, rules, clock, crash }: PageContext,
  messages: readonly Pick<ProviderMessage, 'messageId' | 'receivedAt'>[],
): Promise<void> {
  if (rules.direction === 'one-way' || messages.length === 0) return
  const { workspaceId, _id: mailboxId } = mailbox
  const freshFrom = clock.now().getTime() - FRESH_MS
  await writeBackQueue.stored(
    messages.map(({ messageId, receivedAt }) => ({
      ...{ workspaceId, mailboxId, messageId, isFresh: receivedAt.getTime() >= freshFrom },
    })),
  )
  crash('write-back-wanted')
}
