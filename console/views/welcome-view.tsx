import { MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components'
import { FolderOpen24Regular } from '@fluentui/react-icons/svg/folder-open'
import { LockClosed24Regular } from '@fluentui/react-icons/svg/lock-closed'
import { ShieldCheckmark24Regular } from '@fluentui/react-icons/svg/shield-checkmark'
import type { ReactElement } from 'react'
import { LinkButton } from '../shell/link-button.tsx'
import { card } from '../shell/look.ts'
import { useTabTitle } from '../shell/page-title.tsx'

/** The page for somebody who is not signed in. */
export function WelcomeView({ sessionEnded }: { sessionEnded: boolean }) {
  const styles = useStyles()
  useTabTitle('Sign in')
  return (
    <div className={styles.root}>
      {sessionEnded && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>Your session has ended. Sign in again to go on.</MessageBarBody>
        </MessageBar>
      )}
      <h1 className={styles.title}>Your Outlook mail, in your CRM</h1>
      <p className={styles.lead}>
        Connect a mailbox, choose folders, and see every message arrive, with proof that none is
        missing.
      </p>
      <div>
        <LinkButton href={signInAddress()} appearance="primary" size="large">
          Sign in
        </LinkButton>
      </div>
      <ul className={styles.promises}>
        <Assurance icon={<FolderOpen24Regular />} title="Only the folders you choose">
          Nothing is read before you pick it, and you can change your mind.
        </Assurance>
        <Assurance icon={<LockClosed24Regular />} title="Read only, unless you choose otherwise">
          FlowCRM asks for Mail.Read. It changes nothing in your mailbox unless that is chosen under
          Rules, and only then asks for more. It never sends or deletes mail.
        </Assurance>
        <Assurance icon={<ShieldCheckmark24Regular />} title="Green only with proof">
          The light is green when mailbox and CRM hold the same messages.
        </Assurance>
      </ul>
    </div>
  )
}

/** Back to the page that was asked for; the sign-in service checks that it is ours. */
function signInAddress(): string {
  const wanted = location.pathname + location.search
  return wanted === '/' ? '/auth/sign-in' : `/auth/sign-in?returnTo=${encodeURIComponent(wanted)}`
}

type AssuranceProps = { icon: ReactElement; title: string; children: string }

function Assurance({ icon, title, children }: AssuranceProps) {
  const styles = useStyles()
  return (
    <li className={styles.promise}>
      <span className={styles.icon}>{icon}</span>
      <div>
        <strong>{title}</strong>
        <div>{children}</div>
      </div>
    </li>
  )
}

const useStyles = makeStyles({
  root: {
    display: 'grid',
    rowGap: tokens.spacingVerticalXL,
    maxWidth: '34rem',
    marginInline: 'auto',
    paddingBlock: '6vh',
  },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeHero800,
    lineHeight: tokens.lineHeightHero800,
    fontWeight: tokens.fontWeightSemibold,
  },
  lead: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    color: tokens.colorNeutralForeground2,
  },
  promises: {
    display: 'grid',
    rowGap: tokens.spacingVerticalL,
    listStyleType: 'none',
    margin: 0,
    padding: tokens.spacingHorizontalXL,
    ...card,
  },
  promise: {
    display: 'flex',
    columnGap: tokens.spacingHorizontalM,
    color: tokens.colorNeutralForeground2,
  },
  icon: { color: tokens.colorBrandForeground1, flexShrink: 0 },
})
