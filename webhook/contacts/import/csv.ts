/** One record of a file; `row` is what a spreadsheet calls it. */
export type CsvRow = { row: number; cells: string[] }

export type CsvFault = { row: number; what: 'open-quote' | 'text-after-quote' }

export type Csv = { rows: CsvRow[]; faults: CsvFault[] }

/** UTF-8 or UTF-16 by its mark, UTF-8 by its looks, else what Western Excel writes. */
export function decodeCsv(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/**
 * RFC 4180, with what spreadsheets make of it: comma, semicolon or tab, whichever the first line has most of, and any
 * line end. Empty lines are left out and counted. A record that cannot be read is a fault, and the next one is read on.
 */
export function readCsv(text: string): Csv {
  const delimiter = delimiterOf(text)
  const csv: Csv = { rows: [], faults: [] }
  let at = text.startsWith('\uFEFF') ? 1 : 0
  for (let row = 1; at < text.length; row++) {
    const record = readRecord(text, at, delimiter)
    at = record.end
    if (record.fault) csv.faults.push({ row, what: record.fault })
    else if (record.cells.some((cell) => cell !== '')) csv.rows.push({ row, cells: record.cells })
  }
  return csv
}

function delimiterOf(text: string): string {
  const [head = ''] = text.split(/[\r\n]/, 1)
  const bare = head.replace(/"[^"]*"/g, '')
  const counts = [',', ';', '\t'].map((each) => ({ each, count: bare.split(each).length }))
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).each
}

type RawRecord = { cells: string[]; end: number; fault: CsvFault['what'] | null }

function readRecord(text: string, start: number, delimiter: string): RawRecord {
  const cells: string[] = []
  let fault: CsvFault['what'] | null = null
  for (let at = start; ;) {
    const cell = text[at] === '"' ? readQuoted(text, at) : { value: '', end: at, isOpen: false }
    const stop = endOfBare(text, cell.end, delimiter)
    const bare = text.slice(cell.end, stop)
    const wasQuoted = cell.end > at
    if (cell.isOpen) fault ??= 'open-quote'
    if (wasQuoted && bare.trim() !== '') fault ??= 'text-after-quote'
    cells.push((wasQuoted ? cell.value : bare).trim())
    if (text[stop] !== delimiter) return { cells, end: afterLineEnd(text, stop), fault }
    at = stop + 1
  }
}

/** `end` is behind the closing quote. An open one is taken to end with its line, so that one slip costs one row. */
function readQuoted(text: string, start: number) {
  let value = ''
  for (let from = start + 1; ;) {
    const quote = text.indexOf('"', from)
    if (quote < 0) {
      const end = text.slice(start).search(/[\r\n]/)
      return { value, end: end < 0 ? text.length : start + end, isOpen: true }
    }
    value += text.slice(from, quote)
    if (text[quote + 1] !== '"') return { value, end: quote + 1, isOpen: false }
    value += '"'
    from = quote + 2
  }
}

function endOfBare(text: string, start: number, delimiter: string): number {
  let at = start
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++
  return at
}

const afterLineEnd = (text: string, at: number): number =>
  text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : Math.min(at + 1, text.length)
