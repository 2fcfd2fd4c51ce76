import { makeStyles, tokens } from '@fluentui/react-components'
import { useId } from 'react'
import { CopyButton } from '../../ui/components/copy-button.tsx'
import { LinkButton } from '../shell/link-button.tsx'
import { heading, plainList } from '../shell/look.ts'
import { NewTabLink } from '../shell/new-tab-link.tsx'

/** Where Microsoft has an administrator deploy add-ins. */
const INTEGRATED_APPS = 'https://admin.microsoft.com/#/Settings/IntegratedApps'

/** For administrators: what they do once, for everybody. FlowCRM cannot know which of it is done. */
export function ForOrganization() {
  const styles = useStyles()
  const titleId = useId()
  const address = location.origin
  return (
    <section className={styles.part} aria-labelledby={titleId}>
      <h3 id={titleId} className={styles.title}>
        For your organization
      </h3>
      <ul className={styles.list}>
        <li className={styles.item}>
          <strong>Give admin consent</strong>
          <span className={styles.quiet}>
            Then nobody else is asked by Microsoft, and you can connect shared mailboxes.
          </span>
          <LinkButton href="/auth/admin-consent" size="small">
            Agree for everybody
          </LinkButton>
        </li>
        <li className={styles.item}>
          <strong>Invite your colleagues</strong>
          <span className={styles.quiet}>
            Send them this address. They sign in with their work account and connect their own
            mailboxes: nobody else can.
          </span>
          <span className={styles.address}>
            <code className={styles.code}>{address}</code>
            <CopyButton text={address} label="Copy the address" />
          </span>
        </li>
        <li className={styles.item}>
          <strong>Put the add-in into Outlook</strong>
          <span className={styles.quiet}>
            In the <NewTabLink href={INTEGRATED_APPS}>Microsoft 365 admin center</NewTabLink> choose
            Integrated apps, then Upload custom apps, with the manifest that your add-in’s server
            gives at <code className={styles.code}>/manifest.xml</code>. It shows in Outlook within
            a day.
          </span>
        </li>
      </ul>
    </section>
  )
}

const useStyles = makeStyles({
  part: {
    display: 'grid',
    rowGap: tokens.spacingVerticalM,
    paddingBlockStart: tokens.spacingVerticalL,
    borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  title: { ...heading },
  list: {
    ...plainList,
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(15rem, 100%), 1fr))',
    gap: tokens.spacingHorizontalL,
  },
  item: {
    display: 'grid',
    alignContent: 'start',
    justifyItems: 'start',
    rowGap: tokens.spacingVerticalXS,
    minWidth: 0,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  address: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', maxWidth: '100%' },
  code: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
})
