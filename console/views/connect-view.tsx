import { makeStyles, tokens } from '@fluentui/react-components'
import { MailAdd24Regular } from '@fluentui/react-icons/svg/mail-add'
import { useId, type ReactNode } from 'react'
import { card } from '../shell/look.ts'

/** Signed in, nothing connected yet: the one next step. `actions` are the ways to connect. */
export function ConnectView({ actions }: { actions: ReactNode }) {
  const styles = useStyles()
  const titleId = useId()
  return (
    <section className={styles.card} aria-labelledby={titleId}>
      <span className={styles.icon}>
        <MailAdd24Regular />
      </span>
      <h2 id={titleId} className={styles.title}>
        Connect a mailbox
      </h2>
      <p className={styles.text}>
        FlowCRM reads the mail in the folders you choose, with the permission Mail.Read only: it
        cannot send, change or delete anything.
      </p>
      {actions}
    </section>
  )
}

const useStyles = makeStyles({
  card: {
    display: 'grid',
    justifyItems: 'start',
    rowGap: tokens.spacingVerticalM,
    maxWidth: '36rem',
    boxSizing: 'border-box',
    width: '100%',
    marginInline: 'auto',
    marginBlockStart: '6vh',
    padding: tokens.spacingHorizontalXXL,
    ...card,
  },
  icon: { color: tokens.colorBrandForeground1 },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase600,
    lineHeight: tokens.lineHeightBase600,
    fontWeight: tokens.fontWeightSemibold,
  },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
})
