import type { StoredAuditEntry } from '../../models/audit-entry.ts'
import type {
  AuditActor,
  AuditFilter,
  AuditPage,
  AuditRecord,
  AuditVerdict,
  SignedCheckpoint,
} from '../../models/wire/audit.ts'
import { KeysDestroyedError, type Vault } from '../keys/vault.ts'
import type { WorkspaceKeys } from '../keys/workspace-keys.ts'
import type { StatementSigner } from '../statement/statement-signer.ts'
import type { Audit } from './audit.ts'
import type { AuditStore } from './audit-store.ts'
import { isGenuine } from './checkpoints.ts'
import { verifyChain } from './decide/verify-chain.ts'
import { openEntry, type OpenedEntry } from './open-entry.ts'

export type AuditDeskParts = {
  audits: AuditStore
  audit: Audit
  vault: Pick<Vault, 'of'>
  signer: StatementSigner
}

/** What the routes need of the audit log. */
export type AuditReader = Pick<AuditDesk, 'page' | 'verify' | 'export'>

/** Reading the audit log: for auditors, administrators and whoever runs the service. */
export class AuditDesk {
  constructor(private readonly parts: AuditDeskParts) {}

  async page(
    workspaceId: string,
    filter: AuditFilter,
    { limit, before }: { limit: number; before: number | null },
  ): Promise<AuditPage> {
    const { audits } = this.parts
    const found = await audits.page(workspaceId, filter, { before, limit: limit + 1 })
    const keys = await this.keysOf(workspaceId)
    const last = found.length > limit ? found[limit - 1] : undefined
    return {
      entries: found.slice(0, limit).map((entry) => openEntry(entry, keys).record),
      nextCursor: last ? String(last.seq) : null,
    }
  }

  /** Walks the whole chain. Checkpoints of other workspaces are passed over; `keysBefore` are those of an older root key. */
  async verify(
    workspaceId: string,
    signed: SignedCheckpoint[] = [],
    keysBefore: unknown = null,
  ): Promise<AuditVerdict> {
    const { audits, signer } = this.parts
    const keys = await signer.publicKeys()
    const isOurs = async (one: SignedCheckpoint) =>
      (await isGenuine(one, keys)) || isGenuine(one, keysBefore)
    const genuine = await Promise.all(signed.map(isOurs))
    const checkpoints = signed
      .filter((_, at) => genuine[at])
      .map(({ checkpoint }) => checkpoint)
      .filter((checkpoint) => checkpoint.workspaceId === workspaceId)
    const verdict = await verifyChain({
      ...{ workspaceId, checkpoints },
      entries: this.opened(workspaceId, audits.walk(workspaceId)),
      count: () => audits.count(workspaceId),
    })
    if (genuine.every(Boolean)) return verdict
    const sentence = 'A checkpoint was not signed by this service, or was altered since.'
    const bad = { fault: 'bad-checkpoint', seq: 0, sentence } as const
    return { ...verdict, isGood: false, faults: [bad, ...verdict.faults] }
  }

  /** Oldest first, as it is read from the store. That somebody takes it along is written down first. */
  async export(
    workspaceId: string,
    filter: AuditFilter,
    { who, format }: { who: AuditActor; format: string },
  ): Promise<AsyncIterable<AuditRecord>> {
    await this.parts.audit.write({
      ...{ workspaceId, who, action: 'audit-exported', details: { format } },
      object: { kind: 'audit', id: workspaceId },
    })
    return this.records(workspaceId, filter)
  }

  private async *records(workspaceId: string, filter: AuditFilter): AsyncGenerator<AuditRecord> {
    const walk = this.parts.audits.walk(workspaceId, filter)
    for await (const { record } of this.opened(workspaceId, walk)) yield record
  }

  private async *opened(
    workspaceId: string,
    entries: AsyncIterable<StoredAuditEntry>,
  ): AsyncGenerator<OpenedEntry> {
    const keys = await this.keysOf(workspaceId)
    for await (const entry of entries) yield openEntry(entry, keys)
  }

  /** Null for a workspace that was ended: its chain can still be checked, its details are gone with its keys. */
  private async keysOf(workspaceId: string): Promise<WorkspaceKeys | null> {
    try {
      return await this.parts.vault.of(workspaceId)
    } catch (error) {
      if (error instanceof KeysDestroyedError) return null
      throw error
    }
  }
}
