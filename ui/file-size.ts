const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** How large a file is, as people say it: in steps of 1,000, with one decimal from a megabyte on. */
export function fileSize(bytes: number, locale?: string): string {
  let [value, step] = [Math.max(0, bytes), 0]
  for (; value >= 999.5 && step < UNITS.length - 1; step++) value /= 1_000
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step > 1 ? 1 : 0,
  }).format(value)
}
