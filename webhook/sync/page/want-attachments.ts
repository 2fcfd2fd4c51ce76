import { hasAny } from '../../attachments/decide/judge.ts'
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
