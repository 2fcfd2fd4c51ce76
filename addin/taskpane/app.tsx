import { FluentProvider, makeStaticStyles, makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { Announcer } from '../../ui/components/announcer.tsx'
import { Header } from './parts/header.tsx'
import { Pane, type PaneParts } from './pane/pane.ts'
import { PaneView } from './parts/pane-view.tsx'
import { useHostTheme } from './use-host-theme.ts'

/** The task pane: from the first paint on, whatever Outlook and the service do. */
export function App(parts: PaneParts) {
  usePageStyles()
  const styles = useStyles()
  const theme = useHostTheme(parts.outlook)
  const [pane] = useState(() => new Pane(parts))
  useEffect(() => {
    void pane.start()
    return () => pane.stop()
  }, [pane])
  return (
    <FluentProvider theme={theme} className={styles.page}>
      <Announcer>
        <Header />
        <main className={styles.main}>
          <PaneView pane={pane} />
        </main>
      </Announcer>
    </FluentProvider>
  )
}

const usePageStyles = makeStaticStyles({
  'html, body': { margin: 0, padding: 0, minHeight: '100%' },
})

const useStyles = makeStyles({
  page: {
    minHeight: '100vh',
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  main: {
    display: 'grid',
    rowGap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalM,
    maxWidth: '560px',
    minWidth: 0,
  },
})
