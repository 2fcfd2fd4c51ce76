import type { AuditAction, AuditActor, AuditDetails, AuditObject } from '../../models/wire/audit.ts'
import type { Role } from '../../models/wire/session.ts'

/** What somebody did, as desks tell it. Ids and figures only: no address, no subject, nothing out of a mail. */
export type AuditEntry = {
  workspaceId: string
  who: AuditActor
  action: AuditAction
  object: AuditObject
  details?: AuditDetails
}

/**
 * Where desks write down what people do. Resolves when it is durable; rejects when it cannot be written, and then what was
 * to be shown is not shown (reliability 1, ASVS 16.5: fail closed).
 */
export type Audit = { write(entry: AuditEntry): Promise<void> }

/** A person as the audit log names them: by the strongest role they have. */
export function actorOf({ userId, roles }: WithRoles): AuditActor {
  if (userId === OPERATOR.userId) return OPERATOR
  const strongest = (['admin', 'auditor'] as const).find((role) => roles.includes(role))
  return { userId, role: strongest ?? 'member' }
}

type WithRoles = { userId: string; roles: readonly Role[] }

/** Whoever has the command line of the server. */
export const OPERATOR: AuditActor = { userId: 'operator', role: 'operator' }
/** The service by itself. */
export const SYSTEM: AuditActor = { userId: 'system', role: 'system' }
