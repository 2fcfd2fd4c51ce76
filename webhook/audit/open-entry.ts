import { mongo } from 'mongoose'
import { z } from 'zod'
import type { StoredAuditEntry } from '../../models/audit-entry.ts'
import { AuditDetails, type AuditRecord } from '../../models/wire/audit.ts'
import { SealBrokenError } from '../keys/cipher.ts'
import { idOf } from '../keys/ids.ts'
import type { WorkspaceKeys } from '../keys/workspace-keys.ts'

/** An entry as it can be checked. */
export type OpenedEntry = {
  workspaceId: string
  record: AuditRecord
  /** `broken`: they are there and cannot be opened. `locked`: the workspace's keys were destroyed. */
  details: 'open' | 'broken' | 'locked' | 'none'
  /** Its place in the database is the one that its seq says. */
  isInPlace: boolean
  /** It bears the mark that only the service can make. */
  isOurs: boolean
}

/** Who can write into the database can make a chain that is good in itself. Only who has the keys can mark it. */
export const markOf = ({ blind }: WorkspaceKeys, hash: string): string => blind('audit', hash)

/** Opens an entry; without keys as far as that goes. In a database that somebody wrote into, it may hold anything. */
export function openEntry(entry: StoredAuditEntry, keys: WorkspaceKeys | null): OpenedEntry {
  const { _id, workspaceId, seq, at, detailsHash, prevHash, hash } = entry
  const opened = openDetails(entry, keys)
  return {
    workspaceId,
    details: typeof opened === 'string' ? opened : 'open',
    isOurs: !keys || entry.mark === markOf(keys, hash),
    isInPlace: _id === idOf('audit', workspaceId, String(seq)),
    record: {
      seq,
      at: at.toISOString(),
      who: { userId: entry.userId, role: entry.role },
      action: entry.action,
      object: { kind: entry.objectKind, id: entry.objectId },
      ...(typeof opened === 'string' ? { salt: null, details: null } : opened),
      ...{ detailsHash, prevHash, hash },
    },
  }
}

/** The driver hands bytes out as a class of its own. */
const Bytes = z.union([
  z.instanceof(Buffer),
  z.instanceof(mongo.Binary).transform((binary) => Buffer.from(binary.value())),
])
const SealedDetails = z.object({
  version: z.int(),
  dataKey: Bytes,
  fields: z.object({ details: Bytes }),
})
const Opened = z.tuple([z.string(), AuditDetails])

function openDetails({ _id, sealed }: StoredAuditEntry, keys: WorkspaceKeys | null) {
  if (sealed === null) return 'none'
  if (!keys) return 'locked'
  const read = SealedDetails.safeParse(sealed)
  if (!read.success) return 'broken'
  try {
    const text = keys.open({ collection: 'audit', id: _id }, read.data, 'details')
    const [salt, details] = Opened.parse(JSON.parse(text))
    return { salt, details }
  } catch (error) {
    if (error instanceof SealBrokenError) return 'broken'
    throw error
  }
}
