import { Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import { LockClosed16Regular } from '@fluentui/react-icons/svg/lock-closed'
import type { ReactNode } from 'react'

export type LockedProps = { label: string; value: string }

/** A choice that an administrator has made for everybody: it is shown, and not to be changed here. */
export const Locked = (choice: LockedProps) => (
  <Fixed {...choice}>
    <LockClosed16Regular aria-hidden /> Locked by your organization
  </Fixed>
)

/** A choice that is shown, and why it is not to be changed here. */
export function Fixed({ label, value, children }: LockedProps & { children: ReactNode }) {
  const styles = useStyles()
  return (
    <dl className={styles.locked}>
      <dt className={styles.label}>{label}</dt>
      <dd className={styles.value}>{value}</dd>
      <dd className={styles.why}>{children}</dd>
    </dl>
  )
}

export type LockBoxProps = {
  /** What is locked: "Mail that is logged". */
  label: string
  locked: boolean
  onLock: (locked: boolean) => void
}

/** Whether mailboxes may choose otherwise. */
export function LockBox({ label, locked, onLock }: LockBoxProps) {
  return (
    <Checkbox
      label="Lock: no mailbox chooses otherwise"
      aria-label={`Lock “${label}”: no mailbox chooses otherwise`}
      checked={locked}
      onChange={(_event, { checked }) => onLock(checked === true)}
    />
  )
}

const useStyles = makeStyles({
  locked: { display: 'grid', rowGap: tokens.spacingVerticalXXS, margin: 0 },
  label: { color: tokens.colorNeutralForeground1 },
  value: { margin: 0, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  why: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    margin: 0,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
})
