import type { ThemeColours } from './messages.ts'

const colours = (ground: string, ink: string, control = ground): ThemeColours => ({
  bodyBackgroundColor: ground,
  bodyForegroundColor: ink,
  controlBackgroundColor: control,
  controlForegroundColor: ink,
})

/** What Outlook tells an add-in of its theme: colours, no names (outlook-addin 4.5). */
export const THEMES = {
  light: { label: 'Light', colours: colours('#ffffff', '#242424', '#f5f5f5') },
  dark: { label: 'Dark', colours: colours('#1f1f1f', '#ffffff', '#292929') },
  black: { label: 'Black', colours: colours('#0a0a0a', '#f5f5f5', '#141414') },
  contrast: { label: 'High contrast', colours: colours('#000000', '#ffff00') },
} as const

export type ThemeName = keyof typeof THEMES
