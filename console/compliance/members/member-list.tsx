import { Avatar, Badge, makeStyles, tokens } from '@fluentui/react-components'
import type { Role } from '../../../models/wire/session.ts'
import type { Member } from '../../../models/wire/people/member.ts'
import { plainList } from '../../shell/look.ts'

const ROLES: Record<Role, { word: string; color: 'brand' | 'warning' | 'informative' }> = {
  member: { word: 'Member', color: 'informative' },
  admin: { word: 'Admin', color: 'brand' },
  auditor: { word: 'Auditor', color: 'warning' },
}

export type MemberListProps = {
  members: readonly Member[]
  /** Who looks. */
  you: string
}

/** People who have signed in, each with roles, mailboxes and when they were here last. */
export function MemberList({ members, you }: MemberListProps) {
  const styles = useStyles()
  return (
    <ul className={styles.list} aria-label="Members">
      {members.map(({ userId, displayName, address, roles, signedInAt, mailboxes }) => (
        <li key={userId} className={styles.row}>
          <Avatar name={displayName || address} size={32} color="colorful" aria-hidden />
          <div className={styles.texts}>
            <span>
              <bdi className={styles.name}>{displayName || address}</bdi>
              {userId === you && ' (you)'}
            </span>
            <bdi className={styles.quiet}>{address}</bdi>
          </div>
          <span className={styles.roles}>
            {roles.map((role) => (
              <Badge key={role} appearance="tint" shape="rounded" color={ROLES[role].color}>
                {ROLES[role].word}
              </Badge>
            ))}
          </span>
          <span className={styles.facts}>
            {mailboxWords(mailboxes)}, signed in{' '}
            <time dateTime={signedInAt}>{new Date(signedInAt).toLocaleDateString()}</time>
          </span>
        </li>
      ))}
    </ul>
  )
}

function mailboxWords(count: number): string {
  if (count === 0) return 'No mailbox'
  return count === 1 ? '1 mailbox' : `${count.toLocaleString()} mailboxes`
}

const wide = '@media (min-width: 720px)'

const useStyles = makeStyles({
  list: { ...plainList, marginInline: `calc(-1 * ${tokens.spacingHorizontalL})` },
  row: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    ':not(:first-child)': {
      borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
    },
    [wide]: { gridTemplateColumns: 'auto minmax(0, 2fr) minmax(0, 1fr) minmax(0, 1.5fr)' },
  },
  texts: { display: 'grid', minWidth: 0, overflowWrap: 'anywhere' },
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  roles: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalXS,
    '@media (max-width: 719px)': { gridColumn: '2' },
  },
  facts: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    '@media (max-width: 719px)': { gridColumn: '2' },
  },
})
