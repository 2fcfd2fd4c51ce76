import { makeStyles, Subtitle2, tokens } from '@fluentui/react-components'

/** The brand, so that a pane among others says whose it is. */
export function Header() {
  const styles = useStyles()
  return (
    <header className={styles.header} aria-label="FlowCRM">
      <img src="assets/icon-24.png" width={24} height={24} alt="" />
      <Subtitle2 as="h1" className={styles.name}>
        FlowCRM
      </Subtitle2>
    </header>
  )
}

const useStyles = makeStyles({
  header: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalMNudge} ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  name: { margin: 0 },
})
