import type { AuditRecord } from '../../../models/wire/audit.ts'

/** One entry, or several that follow one another and say the same of the same, the newest first. */
export type Run = readonly [AuditRecord, ...AuditRecord[]]

/** Two are read as quickly as the words for them. */
const FEWEST = 3

/** Puts what is repeated without anything between into one, so that what happened once is not lost in it. */
export function runsOf(records: readonly AuditRecord[]): Run[] {
  const runs: [AuditRecord, ...AuditRecord[]][] = []
  for (const record of records) {
    const last = runs.at(-1)
    if (last && saysTheSame(last[0], record)) last.push(record)
    else runs.push([record])
  }
  return runs.flatMap((run) => (run.length < FEWEST ? run.map((one): Run => [one]) : [run]))
}

const saysTheSame = (one: AuditRecord, other: AuditRecord): boolean =>
  one.action === other.action &&
  one.who.userId === other.who.userId &&
  one.who.role === other.who.role &&
  one.object.kind === other.object.kind &&
  one.object.id === other.object.id
