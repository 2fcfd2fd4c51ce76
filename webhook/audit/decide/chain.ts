import { createHash } from 'node:crypto'
import type { AuditDetails, AuditRecord } from '../../../models/wire/audit.ts'

/** What the first entry follows. */
export const NOTHING = { seq: 0, hash: '' }

export type Head = { seq: number; hash: string }

/** Says what is hashed, so that another order of fields can never pass for this one. */
const FORMAT = 'flowcrm-audit/1'

/** What the link is made of. */
export type Linkable = Omit<AuditRecord, 'details' | 'salt' | 'hash'> & { workspaceId: string }

/** SHA-256 over a list, whose JSON has one spelling only. */
export const hashOf = (entry: Linkable): string =>
  sha256(
    JSON.stringify([
      FORMAT,
      entry.workspaceId,
      entry.seq,
      entry.at,
      entry.who.userId,
      entry.who.role,
      entry.action,
      entry.object.kind,
      entry.object.id,
      entry.detailsHash,
      entry.prevHash,
    ]),
  )

/** What is sealed of the details. The hash over it stays when the seal can no longer be opened. */
export const detailsText = (salt: string, details: AuditDetails): string =>
  JSON.stringify([salt, details])

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
