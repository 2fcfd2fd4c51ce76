import { z } from 'zod'

/** Everything that the audit log can tell of. Additive: an action that was ever written keeps its name. */
export const auditActions = [
  'signed-in',
  // looking at mail
  'emails-listed',
  'emails-followed',
  'email-viewed',
  'attachment-downloaded',
  'email-logged',
  'sending-chosen',
  // mailboxes
  'mailbox-connected',
  'mailbox-disconnected',
  'mailbox-paused',
  'mailbox-resumed',
  'mailbox-settings-changed',
  'mailbox-tested',
  'support-bundle-made',
  'folders-chosen',
  // what stays out, and what belongs to whom
  'workspace-settings-changed',
  'rules-changed',
  'rules-applied',
  'rules-undone',
  'contact-created',
  'contact-changed',
  'contact-deleted',
  'contacts-imported',
  'contacts-merged',
  'contacts-unmerged',
  'suggestion-decided',
  'match-pinned',
  // what people write down about contacts
  'note-created',
  'note-changed',
  'note-deleted',
  'task-created',
  'task-changed',
  'task-deleted',
  'stage-changed',
  'pipeline-changed',
  'meeting-logged',
  // what leaves, and what ends
  'statement-signed',
  'person-exported',
  'person-erased',
  'suppression-lifted',
  'retention-applied',
  'workspace-ended',
  'keys-rotated',
  'audit-exported',
  'audit-details-shredded',
] as const
export const AuditAction = z.enum(auditActions)
export type AuditAction = z.infer<typeof AuditAction>

/** As whom somebody acted; `operator` has the command line, `system` is the service by itself. */
export const AuditRole = z.enum(['member', 'admin', 'auditor', 'operator', 'system'])
export type AuditRole = z.infer<typeof AuditRole>

export const AuditActor = z.object({ userId: z.string(), role: AuditRole })
export type AuditActor = z.infer<typeof AuditActor>

/** What it was done to: ids only, never an address or a subject. */
export const AuditObject = z.object({ kind: z.string(), id: z.string() })
export type AuditObject = z.infer<typeof AuditObject>

/** Figures and names that tell more; sealed where they are kept. */
export const AuditDetails = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
)
export type AuditDetails = z.infer<typeof AuditDetails>

/**
 * One link of a workspace's chain; docs/audit.md says what `hash` is over. Role and action are what was written, by
 * whatever version, or by whoever has tampered with it.
 */
export const AuditRecord = z.object({
  seq: z.number(),
  at: z.iso.datetime(),
  who: z.object({ userId: z.string(), role: z.string() }),
  action: z.string(),
  object: AuditObject,
  /** Null when there are none, or they were shredded; a later `audit-details-shredded` says by whom. */
  details: AuditDetails.nullable(),
  /** Goes into `detailsHash`, so that nobody finds out shredded details by guessing. */
  salt: z.string().nullable(),
  /** SHA-256 of the JSON of [salt, details]; empty when there are no details. */
  detailsHash: z.string(),
  prevHash: z.string(),
  hash: z.string(),
})
export type AuditRecord = z.infer<typeof AuditRecord>

/** `GET /api/v1/audit`: newest first. */
export const AuditPage = z.object({
  entries: z.array(AuditRecord),
  nextCursor: z.string().nullable(),
})
export type AuditPage = z.infer<typeof AuditPage>

const text = (longest: number) => z.string().min(1).max(longest).optional()

/** The query of `GET /api/v1/audit`, and of its export. */
export const AuditFilter = z.object({
  action: AuditAction.optional(),
  userId: text(64),
  objectKind: text(40),
  objectId: text(200),
  from: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
})
export type AuditFilter = z.infer<typeof AuditFilter>

export const AuditFault = z.object({
  /**
   * `missing`: entries are gone. `altered`: an entry is not as it was written. `unlinked`: it does not follow the one
   * before. `forged`: it was not written by the service. `details-altered`, `details-gone`: the same of its details. `rolled-back`, `rewritten`: the chain
   * contradicts a checkpoint. `bad-checkpoint`: the checkpoint itself is not ours.
   */
  fault: z.enum([
    'missing',
    'altered',
    'unlinked',
    'forged',
    'details-altered',
    'details-gone',
    'rolled-back',
    'rewritten',
    'bad-checkpoint',
  ]),
  /** The first entry that is affected. */
  seq: z.number(),
  sentence: z.string(),
})
export type AuditFault = z.infer<typeof AuditFault>

/** `GET /api/v1/audit/verify`: the whole chain, link by link. */
export const AuditVerdict = z.object({
  workspaceId: z.string(),
  isGood: z.boolean(),
  entries: z.int(),
  /** Of the last entry; what a checkpoint signs. */
  head: z.object({ seq: z.number(), hash: z.string() }),
  /** How many checkpoints were held against it. */
  checkpoints: z.int(),
  faults: z.array(AuditFault),
})
export type AuditVerdict = z.infer<typeof AuditVerdict>

export const CHECKPOINT_FORMAT = 'flowcrm-audit-checkpoint/1'

/** What the chain of a workspace was at a moment, to be kept where the database's masters cannot reach it. */
export const AuditCheckpoint = z.strictObject({
  format: z.literal(CHECKPOINT_FORMAT),
  workspaceId: z.string(),
  seq: z.int().min(0),
  hash: z.string(),
  at: z.iso.datetime(),
})
export type AuditCheckpoint = z.infer<typeof AuditCheckpoint>

/** One line of a checkpoint file. The signature is a compact JWS (EdDSA, Ed25519) over the checkpoint's JSON. */
export const SignedCheckpoint = z.strictObject({
  checkpoint: AuditCheckpoint,
  signature: z.string(),
})
export type SignedCheckpoint = z.infer<typeof SignedCheckpoint>
