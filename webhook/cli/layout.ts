/** Columns as wide as their widest cell, as plain text. */
export function table(rows: string[][]): string {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  )
  const line = (row: string[]) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')
  return rows.map((row) => line(row).trimEnd()).join('\n')
}

/** To the second, in UTC and said so: whoever reads it may sit elsewhere than the server. */
export const moment = (iso: string | null): string =>
  iso === null ? 'never' : `${iso.slice(0, 19).replace('T', ' ')} UTC`

export const figure = (count: number): string => count.toLocaleString('en-US')

export const paragraphs = (...parts: (string | null | undefined)[]): string =>
  parts.filter(Boolean).join('\n\n')

export const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ')
