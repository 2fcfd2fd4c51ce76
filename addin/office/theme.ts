export type HostTheme = 'light' | 'dark' | 'contrast'

/**
 * Outlook's theme, from the darkness of its background: it tells colours, not names (outlook-addin 4.5). Pure black
 * under pure colours is a contrast theme; the dark ones are grey. Null where it tells nothing (phones, older clients).
 */
export function readTheme(office: typeof Office): HostTheme | null {
  const colours = office.context.officeTheme as Partial<Office.OfficeTheme> | undefined
  const ground = luminanceOf(colours?.bodyBackgroundColor)
  if (ground === null) return null
  if (ground === 0 && isPure(colours?.bodyForegroundColor)) return 'contrast'
  return ground < 0.5 ? 'dark' : 'light'
}

/** Calls back when Outlook changes its colours, where it says so (Mailbox 1.14). */
export function watchTheme(office: typeof Office, onChange: () => void): void {
  office.context.mailbox.addHandlerAsync(office.EventType.OfficeThemeChanged, onChange)
}

/** Perceived lightness of `#rgb` or `#rrggbb`, 0 to 1; null for anything else. Weights: ITU-R BT.601. */
export function luminanceOf(colour: string | undefined): number | null {
  const [red, green, blue] = partsOf(colour)
  if (red === undefined || green === undefined || blue === undefined) return null
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255
}

/** White, yellow, green: what Windows writes with on black. */
const isPure = (colour: string | undefined) =>
  partsOf(colour).includes(255) && partsOf(colour).every((part) => part === 0 || part === 255)

/** Red, green and blue, 0 to 255; none of anything but `#rgb` and `#rrggbb`. */
function partsOf(colour: string | undefined): number[] {
  const hex = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(colour?.trim() ?? '')?.[1]
  if (!hex) return []
  const wide = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex
  return [0, 2, 4].map((at) => parseInt(wide.slice(at, at + 2), 16))
}
