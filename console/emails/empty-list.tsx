import type { Mailbox } from '../../models/wire/mailbox.ts'
import type { Session } from '../../models/wire/session.ts'
import { NewTabLink } from '../shell/new-tab-link.tsx'

export type EmptyListProps = { mailboxes: readonly Mailbox[]; sandbox: Session['sandbox'] }

/** No mail: because nothing is watched, or because none has come yet. */
export function EmptyList({ mailboxes, sandbox }: EmptyListProps) {
  const watching = mailboxes.some(({ folders }) => folders.length > 0)
  if (!watching)
    return <>No folder is watched yet. Choose folders, and their mail is listed here.</>
  return (
    <>
      No e-mails yet. They appear here by themselves as they are read.
      {sandbox && (
        <>
          {' '}
          <NewTabLink href={sandbox.faultDeskUrl}>Deliver one from the fault desk</NewTabLink>
        </>
      )}
    </>
  )
}
