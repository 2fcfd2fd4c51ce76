import { Skeleton, SkeletonItem, makeStyles, tokens } from '@fluentui/react-components'
import { card } from '../shell/look.ts'

/** The shape of a mailbox card while the mailboxes are on their way. */
export function MailboxesSkeleton() {
  return (
    <Skeleton aria-label="Loading mailboxes" className={useStyles().bones}>
      <SkeletonItem size={20} style={{ width: '60%' }} />
      <SkeletonItem size={16} style={{ width: '85%' }} />
      <SkeletonItem size={16} style={{ width: '70%' }} />
      <SkeletonItem size={32} style={{ width: '9rem' }} />
    </Skeleton>
  )
}

const useStyles = makeStyles({
  bones: {
    display: 'grid',
    rowGap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    ...card,
  },
})
