import type { Connection } from 'mongoose'
import type { Clock } from '../clock.ts'
import type { Config } from '../config/config.ts'
import type { Events } from '../events.ts'
import type { Vault } from '../keys/vault.ts'
import type { StatementSigner } from '../statement/statement-signer.ts'
import { AuditDesk } from './audit-desk.ts'
import { AuditLog } from './audit-log.ts'
import { AuditStore } from './audit-store.ts'
import { Checkpoints } from './checkpoints.ts'

export type AuditParts = {
  db: Connection
  vault: Pick<Vault, 'of'>
  clock: Clock
  signer: StatementSigner
  config: Pick<Config, 'audit'>
  events: Pick<Events, 'auditCheckpoint'>
}

/** Everything of the audit log, on one database. */
export function openAudit({ db, vault, clock, signer, config, events }: AuditParts) {
  const audits = new AuditStore(db)
  const audit = new AuditLog({ audits, vault, clock })
  const { checkpointFile: file, checkpointMs: everyMs } = config.audit
  const onCheckpoint = events.auditCheckpoint
  return {
    ...{ audits, audit },
    auditDesk: new AuditDesk({ audits, audit, vault, signer }),
    checkpoints: new Checkpoints({ audits, audit, signer, clock, file, everyMs, onCheckpoint }),
  }
}
