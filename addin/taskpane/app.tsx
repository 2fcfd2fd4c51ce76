import { FluentProvider, makeStaticStyles, makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { Announcer } from '../../ui/components/announcer.tsx'
import { Header } from './parts/header.tsx'
import { Pane, type PaneParts } from './pane/pane.ts'
import { PaneView } from './parts/pane-view.tsx'
import { TongueContext, useHostTongue } from './language/use-tongue.ts'
import { useHostTheme } from './use-host-theme.ts'

/** The task pane: from the first paint on, whatever Outlook and the service do. */
export function App(parts: PaneParts) {
  const theme = useHostTheme(parts.outlook)
  const tongue = useHostTongue(parts.outlook)
  const [pane] = useState(() => new Pane(parts))
  useEffect(() => {
    void pane.start()
    return () => pane.stop()
  }, [pane])
  return (
    <FluentProvider theme={theme} dir={tongue.dir}>
      <TongueContext value={tongue}>
        <Page pane={pane} />
      </TongueContext>
    </FluentProvider>
  )
}

/** Below the provider, so that its styles run with the language. */
function Page({ pane }: { pane: Pane }) {
  usePageStyles()
  const styles = useStyles()
  return (
    <div className={styles.page}>
      <Announcer>
        <Header />
        <main className={styles.main} tabIndex={-1}>
          <PaneView pane={pane} />
        </main>
      </Announcer>
    </div>
  )
}

const usePageStyles = makeStaticStyles({
  'html, body': { margin: 0, padding: 0, minHeight: '100%' },
  // English words keep their full stops at their end, though the page runs to the left. What says its direction keeps it.
  '[dir=rtl] :not([dir])': { unicodeBidi: 'plaintext' },
  '[dir=rtl] .fui-Text': { textAlign: 'right' },
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
