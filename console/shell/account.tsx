import { Avatar, Button, makeStyles, tokens } from '@fluentui/react-components'
import type { Session } from '../../models/wire/session.ts'

export type AccountProps = { user: Session['user']; onSignOut: () => void }

/** Who is signed in, and the way out. */
export function Account({ user, onSignOut }: AccountProps) {
  const styles = useStyles()
  return (
    <>
      <span className={styles.person} title={user.address}>
        <Avatar name={user.displayName} size={28} color="colorful" />
        <bdi className={styles.name}>{user.displayName}</bdi>
      </span>
      <Button appearance="subtle" onClick={onSignOut}>
        Sign out
      </Button>
    </>
  )
}

const useStyles = makeStyles({
  person: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    marginInlineStart: tokens.spacingHorizontalS,
  },
  name: { '@media (max-width: 719px)': { display: 'none' } },
})
