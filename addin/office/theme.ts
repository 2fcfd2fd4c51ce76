export type HostTheme = 'light' | 'dark'

/**
 * Outlook's theme, from the darkness of its background: it tells colours, not names (outlook-addin 4.5).
 * Null where it tells nothing (phones, older clients).
 */
export function readTheme(office: typeof Office): HostTheme | null {
  const colours = office.context.officeTheme as Office.OfficeTheme | undefined
  const luminance = colours ? luminanceOf(colours.bodyBackgroundColor) : null
  if (luminance === null) return null
  return luminance < 0.5 ? 'dark' : 'light'
}

/** Calls back when Outlook changes its colours, where it says so (Mailbox 1.14). */
export function watchTheme(office: typeof Office, onChange: () => void): void {
  office.context.mailbox.addHandlerAsync(office.EventType.OfficeThemeChanged, onChange)
}

/** Perceived lightness of `#rgb` or `#rrggbb`, 0 to 1; null for anything else. Weights: ITU-R BT.601. */
export function luminanceOf(colour: string | undefined): number | null {
  const hex = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(colour?.trim() ?? '')?.[1]
  if (!hex) return null
  const wide = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => parseInt(wide.slice(at, at + 2), 16))
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255
}
