import type { Audit, AuditEntry } from '../../webhook/audit/audit.ts'

/** Remembers what was written, in the order of writing: for tests of what is audited, or of something else. */
export class AuditInMemory implements Audit {
  readonly written: AuditEntry[] = []
  /** What writing runs into. */
  mishap: () => void = () => undefined

  write = async (entry: AuditEntry): Promise<void> => {
    this.mishap()
    this.written.push(entry)
  }
}
