import {
  teamsHighContrastTheme,
  webDarkTheme,
  webLightTheme,
  type Theme,
} from '@fluentui/react-components'

/** What a person asked for; `auto` follows the system. Where the system forces its colours, they win over ours. */
export type ThemeChoice = 'auto' | 'light' | 'dark'

const CHOICES: readonly ThemeChoice[] = ['auto', 'light', 'dark']

/** The Fluent theme for a choice on a system that is dark or not. `contrast`: a host asks for it without forcing colours. */
export function themeFor(choice: ThemeChoice | 'contrast', systemIsDark: boolean): Theme {
  if (choice === 'contrast') return teamsHighContrastTheme
  const dark = choice === 'dark' || (choice === 'auto' && systemIsDark)
  return dark ? webDarkTheme : webLightTheme
}

/** A remembered choice, or `auto` for anything else. */
export const parseThemeChoice = (text: string | null): ThemeChoice =>
  CHOICES.find((choice) => choice === text) ?? 'auto'
