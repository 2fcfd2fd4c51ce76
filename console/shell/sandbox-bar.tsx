import { makeStyles, tokens } from '@fluentui/react-components'
import { Beaker20Regular } from '@fluentui/react-icons/svg/beaker'
import type { Session } from '../../models/wire/session.ts'
import { notOnPaper } from './look.ts'
import { NewTabLink } from './new-tab-link.tsx'

/** Says that nothing here is real, and opens the doors a newcomer wants next. */
export function SandboxBar({ faultDeskUrl, outlookUrl }: NonNullable<Session['sandbox']>) {
  const styles = useStyles()
  return (
    <section className={styles.bar} aria-label="Sandbox">
      <Beaker20Regular aria-hidden />
      <span>Sandbox: people and mail are made up.</span>
      <NewTabLink href={faultDeskUrl}>Deliver a mail</NewTabLink>
      <NewTabLink href={outlookUrl}>Open Outlook</NewTabLink>
    </section>
  )
}

const useStyles = makeStyles({
  bar: {
    ...notOnPaper,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
  },
})
