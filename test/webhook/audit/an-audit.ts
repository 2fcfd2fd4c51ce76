import { VirtualClock } from '../../../sandbox/clock.ts'
import type { AuditEntry } from '../../../webhook/audit/audit.ts'
import { openAudit } from '../../../webhook/audit/open-audit.ts'
import { RootKey } from '../../../webhook/keys/root-key.ts'
import { Vault } from '../../../webhook/keys/vault.ts'
import { StatementSigner } from '../../../webhook/statement/statement-signer.ts'
import { WorkspaceKeyStore } from '../../../webhook/store/workspace-key-store.ts'
import { ALICE, WORKSPACE } from '../../support/builders.ts'
import { openTestDatabase, startTestDatabase } from '../../support/database.ts'

export const ROOT_KEY = Buffer.alloc(32, 7)

export type AnAudit = Awaited<ReturnType<typeof startAudit>>

/** Audit logs on one database, as many as there are instances. */
export async function startAudit(checkpointFile: string | null = null) {
  const database = await startTestDatabase()
  const db = await openTestDatabase(database.url)
  const clock = new VirtualClock()
  const vault = new Vault({ store: new WorkspaceKeyStore(db), root: new RootKey(ROOT_KEY), clock })
  const signer = new StatementSigner(ROOT_KEY)
  const config = { audit: { checkpointFile, checkpointMs: 3_600_000 } }
  const told: unknown[] = []
  const events = { auditCheckpoint: (signed: unknown) => void told.push(signed) }
  const instance = () => openAudit({ db, vault, clock, signer, config, events })
  return {
    ...{ db, url: database.url, clock, vault, signer, told, instance },
    ...instance(),
    raw: db.collection('audit'),
    async [Symbol.asyncDispose]() {
      await db.close()
      await database[Symbol.asyncDispose]()
    },
  }
}

/** Alice looked at an e-mail. */
export const aView = (over: Partial<AuditEntry> = {}): AuditEntry => ({
  workspaceId: WORKSPACE,
  who: { userId: ALICE, role: 'member' },
  action: 'email-viewed',
  object: { kind: 'email', id: 'email-1' },
  details: { level: 'full' },
  ...over,
})
