import { Button, makeStyles, tokens, useRestoreFocusTarget } from '@fluentui/react-components'
import type { Mailbox } from '../../../models/wire/mailbox.ts'
import type { Session } from '../../../models/wire/session.ts'
import { LinkButton } from '../../shell/link-button.tsx'

export type ConnectActionsProps = {
  session: Session
  mailboxes: readonly Mailbox[]
  /** An admin wants the dialog for it, which must outlast this: the first mailbox takes the place of what was here. */
  onConnectShared: () => void
}

/** What this person can still connect: the own mailbox once, shared ones as an admin. */
export function ConnectActions({ session, mailboxes, onConnectShared }: ConnectActionsProps) {
  const styles = useStyles()
  const focusTarget = useRestoreFocusTarget()
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
      {isAdmin && (
        <Button {...focusTarget} onClick={onConnectShared}>
          Connect a shared mailbox
        </Button>
      )}
    </div>
  )
}

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})
