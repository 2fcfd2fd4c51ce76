/** How Outlook speaks to its person: what dates and numbers are written in, and which way lines run. */
export type Tongue = { locale: string | undefined; dir: 'ltr' | 'rtl' }

/** Scripts that run to the left, by their names in ISO 15924. */
const TO_THE_LEFT = new Set([
  'Arab',
  'Hebr',
  'Syrc',
  'Thaa',
  'Nkoo',
  'Adlm',
  'Rohg',
  'Mand',
  'Samr',
])

/** Of a language tag (BCP 47); without one that can be read, the browser's own, to the right. */
export function tongueOf(tag: string | undefined): Tongue {
  try {
    const locale = new Intl.Locale(tag ?? '')
    const isToTheLeft = TO_THE_LEFT.has(locale.maximize().script ?? '')
    return { locale: locale.toString(), dir: isToTheLeft ? 'rtl' : 'ltr' }
  } catch {
    return { locale: undefined, dir: 'ltr' }
  }
}
