import { Button, makeStyles } from '@fluentui/react-components'
import { DarkTheme20Regular } from '@fluentui/react-icons/svg/dark-theme'
import { WeatherMoon20Regular } from '@fluentui/react-icons/svg/weather-moon'
import { WeatherSunny20Regular } from '@fluentui/react-icons/svg/weather-sunny'
import type { ThemeChoice } from '../../ui/theme.ts'

/** Each choice, how it looks, and which one a press brings. */
const LOOKS = {
  auto: { word: 'Auto', icon: <DarkTheme20Regular />, next: 'light' },
  light: { word: 'Light', icon: <WeatherSunny20Regular />, next: 'dark' },
  dark: { word: 'Dark', icon: <WeatherMoon20Regular />, next: 'auto' },
} as const

export type ThemeButtonProps = { choice: ThemeChoice; onChoose: (choice: ThemeChoice) => void }

/** Goes round: auto, light, dark. */
export function ThemeButton({ choice, onChoose }: ThemeButtonProps) {
  const styles = useStyles()
  const { word, icon, next } = LOOKS[choice]
  return (
    <Button
      appearance="subtle"
      className={styles.button}
      aria-label={`Theme: ${word}`}
      icon={icon}
      onClick={() => onChoose(next)}
    >
      <span className={styles.word}>{word}</span>
    </Button>
  )
}

const useStyles = makeStyles({
  button: { minWidth: 0 },
  word: { '@media (max-width: 479px)': { display: 'none' } },
})
