import { FluentProvider, makeStaticStyles, makeStyles, tokens } from '@fluentui/react-components'
import { Announcer } from '../ui/components/announcer.tsx'
import { useThemeChoice } from '../ui/hooks/use-theme-choice.ts'
import { SessionGate } from './session-gate.tsx'
import { ThemeButton } from './shell/theme-button.tsx'

export type AppProps = {
  /** Where the service is; '' for the page's own origin. */
  baseUrl?: string
}

/** The console: theme, the voice for those who listen, and inside whatever the visitor may see. */
export function App({ baseUrl = '' }: AppProps) {
  const styles = useStyles()
  useStaticStyles()
  const { theme, choice, choose } = useThemeChoice()
  return (
    <FluentProvider theme={theme}>
      {/* Fluent gives the provider's own class to every list and dialog that opens: this one would cover the page. */}
      <div className={styles.page}>
        <Announcer>
          <SessionGate
            baseUrl={baseUrl}
            themeButton={<ThemeButton choice={choice} onChoose={choose} />}
          />
        </Announcer>
      </div>
    </FluentProvider>
  )
}

const useStaticStyles = makeStaticStyles({ body: { margin: 0 } })

const useStyles = makeStyles({
  page: { minHeight: '100dvh', backgroundColor: tokens.colorNeutralBackground3 },
})
