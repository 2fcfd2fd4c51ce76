import type { Mailbox } from '../../models/wire/mailbox.ts'
import type { Session } from '../../models/wire/session.ts'
import { PageLink } from '../router/page-link.tsx'
import { addresses } from '../router/route.ts'
import { NewTabLink } from '../shell/new-tab-link.tsx'

export type EmptyListProps = {
  /** Those whose mail is asked for. */
  mailboxes: readonly Mailbox[]
  session: Pick<Session, 'user' | 'sandbox'>
}

/** No mail: because nothing is watched, because none has come yet, or because none of what was read is for this reader. */
export function EmptyList({ mailboxes, session: { user, sandbox } }: EmptyListProps) {
  const watching = mailboxes.filter(({ folders }) => folders.length > 0)
  if (watching.length === 0)
    return <>No folder is watched yet. Choose folders, and their mail is listed here.</>
  const isRead = watching.some(({ folders }) => folders.some(({ backfill }) => backfill.done > 0))
  const isTheirs = watching.some(({ address }) => isSame(address, user.address))
  if (isRead && !isTheirs)
    return (
      <>
        The watched mailboxes belong to colleagues. You see their mail here as far as they share it.
      </>
    )
  if (isRead)
    return (
      <>
        Mail was read, and none of it is in the CRM.{' '}
        <PageLink to={addresses.mailboxes}>Why each message is not here</PageLink>
      </>
    )
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

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
