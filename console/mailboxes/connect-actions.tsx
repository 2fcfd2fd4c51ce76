import { makeStyles, tokens } from '@fluentui/react-components'
import type { Mailbox } from '../../models/wire/mailbox.ts'
import type { Session } from '../../models/wire/session.ts'
import type { Api } from '../../ui/api/client.ts'
import { LinkButton } from '../shell/link-button.tsx'
import { ConnectShared } from './connect-shared.tsx'

export type ConnectActionsProps = {
  api: Api
  session: Session
  mailboxes: readonly Mailbox[]
  onConnected: (mailbox: Mailbox) => void
}

/** What this person can still connect: the own mailbox once, shared ones as an admin. */
export function ConnectActions({ api, session, mailboxes, onConnected }: ConnectActionsProps) {
  const styles = useStyles()
  const own = session.user.address.toLowerCase()
  const ownIsThere = mailboxes.some(({ address }) => address.toLowerCase() === own)
  const isAdmin = session.roles.includes('admin')
  if (ownIsThere && !isAdmin) return null
  return (
    <div className={styles.actions}>
      {!ownIsThere && (
        <LinkButton
          href="/auth/connect"
          appearance={mailboxes.length === 0 ? 'primary' : 'secondary'}
        >
          Connect my mailbox
        </LinkButton>
      )}
      {isAdmin && <ConnectShared api={api} onConnected={onConnected} />}
    </div>
  )
}

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})
