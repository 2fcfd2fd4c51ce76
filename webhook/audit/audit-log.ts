import { randomBytes } from 'node:crypto'
import type { StoredAuditEntry } from '../../models/audit-entry.ts'
import type { AuditActor } from '../../models/wire/audit.ts'
import type { Clock } from '../clock.ts'
import { StoreUnavailableError } from '../errors.ts'
import { idOf } from '../keys/ids.ts'
import type { Vault } from '../keys/vault.ts'
import type { WorkspaceKeys } from '../keys/workspace-keys.ts'
import type { Audit, AuditEntry } from './audit.ts'
import type { AuditStore } from './audit-store.ts'
import { detailsText, hashOf, sha256, type Head } from './decide/chain.ts'
import { markOf } from './open-entry.ts'

/** Written at once, at most: a page of a database command, and no more lost work when somebody else was first. */
const MOST_AT_ONCE = 256
/** Each time somebody else was first, a chain has grown; this often in a row is no chance any more. */
const MOST_TRIES = 1_000
const SALT_BYTES = 16

export type AuditLogParts = {
  audits: AuditStore
  vault: Pick<Vault, 'of'>
  clock: Clock
}

type Waiting = { entry: AuditEntry; written: () => void; failed: (error: unknown) => void }

/**
 * One chain for each workspace: every entry carries the hash of the one before, so nothing can be changed, taken out or put
 * in unseen. Whoever writes takes the next number; the unique index lets one through and the others take the one after.
 * What comes while a write is under way shares the next.
 */
export class AuditLog implements Audit {
  private readonly waiting = new Map<string, Waiting[]>()
  /** Workspaces whose chain this instance made longer since somebody asked. */
  private readonly grown = new Set<string>()

  constructor(private readonly parts: AuditLogParts) {}

  write(entry: AuditEntry): Promise<void> {
    const { workspaceId } = entry
    return new Promise((written, failed) => {
      const others = this.waiting.get(workspaceId)
      if (others) return void others.push({ entry, written, failed })
      this.waiting.set(workspaceId, [{ entry, written, failed }])
      void this.writeAll(workspaceId)
    })
  }

  /**
   * Makes the details of these entries unreadable for good. The chain stays whole, and says who did it: first that, so
   * that details are never gone without a word.
   */
  async shred(workspaceId: string, seqs: number[], who: AuditActor): Promise<void> {
    for (const seq of seqs)
      await this.write({
        ...{ workspaceId, who, action: 'audit-details-shredded' },
        object: { kind: 'audit-entry', id: String(seq) },
      })
    await this.parts.audits.shred(workspaceId, seqs)
  }

  /** Which chains grew here since the last call. */
  takeGrown(): string[] {
    const grown = [...this.grown]
    this.grown.clear()
    return grown
  }

  private async writeAll(workspaceId: string): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve)) // what came in the same moment goes along
    const queue = this.waiting.get(workspaceId) ?? []
    while (queue.length > 0) {
      const group = queue.splice(0, MOST_AT_ONCE)
      try {
        await this.append(
          workspaceId,
          group.map(({ entry }) => entry),
        )
        this.grown.add(workspaceId)
        for (const { written } of group) written()
      } catch (error) {
        for (const { failed } of group) failed(error)
      }
    }
    this.waiting.delete(workspaceId)
  }

  private async append(workspaceId: string, entries: AuditEntry[]): Promise<void> {
    const { audits, vault } = this.parts
    const keys = await vault.of(workspaceId)
    let left = entries
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const links = this.linked(left, await audits.head(workspaceId), keys)
      left = left.slice(await audits.insert(links))
      if (left.length === 0) return
    }
    throw new StoreUnavailableError('The audit log could not be written. Try again in a moment.')
  }

  private linked(entries: AuditEntry[], head: Head, keys: WorkspaceKeys): StoredAuditEntry[] {
    const at = this.parts.clock.now()
    let previous = head
    return entries.map((entry) => {
      const link = linkOf(entry, { previous, at, keys })
      previous = link
      return link
    })
  }
}

function linkOf(
  { workspaceId, who, action, object, details }: AuditEntry,
  { previous, at, keys }: { previous: Head; at: Date; keys: WorkspaceKeys },
): StoredAuditEntry {
  const seq = previous.seq + 1
  const _id = idOf('audit', workspaceId, String(seq))
  const text = details && detailsText(randomBytes(SALT_BYTES).toString('hex'), details)
  const link = {
    ...{ workspaceId, seq, at: at.toISOString(), who, action, object },
    detailsHash: text ? sha256(text) : '',
    prevHash: previous.hash,
  }
  const hash = hashOf(link)
  return {
    ...{ _id, workspaceId, seq, at, action, detailsHash: link.detailsHash },
    ...{ userId: who.userId, role: who.role, objectKind: object.kind, objectId: object.id },
    ...{ prevHash: link.prevHash, hash, mark: markOf(keys, hash) },
    sealed: text ? keys.seal({ collection: 'audit', id: _id }, { details: text }) : null,
  }
}
