import { openAudit } from '../webhook/audit/open-audit.ts'
import type { AuditEntry } from '../webhook/audit/audit.ts'
import { realClock } from '../webhook/clock.ts'
import { StatementSigner } from '../webhook/statement/statement-signer.ts'
import { openDatabase } from '../webhook/store/database.ts'
import { vaultOn } from '../test/support/keys.ts'
import { DatabaseProcess } from './support/database-process.ts'
import type { Report } from './figures.ts'

const WRITERS = 64
const ENTRIES = 8_000
const WORKSPACE = 'bench'

const view: AuditEntry = {
  workspaceId: WORKSPACE,
  who: { userId: 'alice', role: 'member' },
  action: 'email-viewed',
  object: { kind: 'email', id: 'email' },
  details: { level: 'full' },
}

/** Entries that 64 writers put into one chain, on one instance and on four, and what walking it costs. */
export async function benchAudit(report: Report): Promise<void> {
  report.heading('The audit log (webhook/audit)')
  await using database = await DatabaseProcess.start({ journal: true })
  const db = await openDatabase(new URL('/audit', database.url).href)
  const parts = {
    ...{ db, clock: realClock, vault: vaultOn(db, realClock) },
    signer: new StatementSigner(Buffer.alloc(32)),
    config: { audit: { checkpointFile: null, checkpointMs: 1 } },
    events: { auditCheckpoint: () => undefined },
  }
  const instances = Array.from({ length: 4 }, () => openAudit(parts))
  for (const used of [instances.slice(0, 1), instances]) {
    const begun = performance.now()
    let left = ENTRIES
    const writer = async (at: number) => {
      while (left-- > 0) await used[at % used.length]?.audit.write(view)
    }
    await Promise.all(Array.from({ length: WRITERS }, (_, at) => writer(at)))
    const perS = (ENTRIES * 1_000) / (performance.now() - begun)
    report.figure(`audit.perS.${used.length}`, perS, 'entries per second')
  }
  const begun = performance.now()
  const verdict = await instances[0]?.auditDesk.verify(WORKSPACE)
  if (!verdict?.isGood) throw new Error('the chain is not good')
  const perS = (verdict.entries * 1_000) / (performance.now() - begun)
  report.figure('audit.verifiedPerS', perS, 'entries per second')
  await db.close()
}
