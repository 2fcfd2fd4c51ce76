import { Skeleton, SkeletonItem, makeStyles, tokens } from '@fluentui/react-components'
import type { Email } from '../../models/wire/email.ts'
import { useNow } from '../hooks/use-now.ts'
import { EmailRow } from './email-row.tsx'

export type MailListProps = {
  emails: readonly Email[]
  /** Ids that came while the reader was looking. */
  newIds?: ReadonlySet<string>
  /** Opens one of them. */
  onOpen?: ((email: Email) => void) | undefined
}

/** The list "E-mails", in the order given. */
export function MailList({ emails, newIds, onOpen }: MailListProps) {
  const styles = useStyles()
  const now = useNow()
  return (
    <ul className={styles.list} aria-label="E-mails">
      {emails.map((email) => (
        <EmailRow
          key={email.id}
          email={email}
          now={now}
          isNew={newIds?.has(email.id) ?? false}
          onOpen={onOpen}
        />
      ))}
    </ul>
  )
}

/** The shape of the list while it is on its way. */
export function MailListSkeleton() {
  const styles = useStyles()
  return (
    <Skeleton aria-label="Loading e-mails" className={styles.list}>
      {ROWS.map((width) => (
        <div key={width} className={styles.bones}>
          <SkeletonItem shape="circle" size={32} />
          <div className={styles.lines}>
            <SkeletonItem size={16} style={{ width: '9rem' }} />
            <SkeletonItem size={16} style={{ width }} />
          </div>
        </div>
      ))}
    </Skeleton>
  )
}

const ROWS = ['70%', '55%', '82%', '48%', '64%', '76%']

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  bones: {
    display: 'grid',
    gridTemplateColumns: 'auto 1fr',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
  },
  lines: { display: 'grid', rowGap: tokens.spacingVerticalS },
})
