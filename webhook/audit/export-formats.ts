import { z } from 'zod'
import type { AuditRecord } from '../../models/wire/audit.ts'

export const ExportFormat = z.enum(['jsonl', 'csv'])
export type ExportFormat = z.infer<typeof ExportFormat>

export const contentTypes: Record<ExportFormat, string> = {
  jsonl: 'application/jsonl; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
}

const COLUMNS = [
  ...['seq', 'at', 'userId', 'role', 'action', 'objectKind', 'objectId', 'details'],
  ...['salt', 'detailsHash', 'prevHash', 'hash'],
]

/** The lines of an export, each with its end. */
export async function* linesOf(
  records: AsyncIterable<AuditRecord>,
  format: ExportFormat,
): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(COLUMNS)
  for await (const record of records)
    yield format === 'csv' ? csvLine(cellsOf(record)) : `${JSON.stringify(record)}\n`
}

const cellsOf = ({ seq, at, who, action, object, ...rest }: AuditRecord): string[] => [
  ...[String(seq), at, who.userId, who.role, action, object.kind, object.id],
  ...[rest.details ? JSON.stringify(rest.details) : '', rest.salt ?? ''],
  ...[rest.detailsHash, rest.prevHash, rest.hash],
]

/** RFC 4180. What a spreadsheet would take for a formula is kept from being one. */
const csvLine = (cells: string[]): string =>
  `${cells.map((cell) => `"${(/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`).join(',')}\r\n`
