import { z } from 'zod'

/**
 * `DELETE /api/v1/mailboxes/{id}`. `keep`: what nobody else has seen stays with the mailbox's owner; `remove`: it goes. What
 * others have seen stays theirs.
 */
export const DisconnectQuery = z.object({ mail: z.enum(['keep', 'remove']).default('keep') })
export type DisconnectQuery = z.infer<typeof DisconnectQuery>

const Days = z.int().min(1).max(36_500)

/** `GET /api/v1/rules/retention`: of the organization's rules, what auditors look at, too. */
export const Retention = z.object({
  version: z.int(),
  savedAt: z.iso.datetime().nullable(),
  byName: z.string().nullable(),
  /** Null: mail is kept for ever. */
  retentionDays: z.int().nullable(),
  whenGone: z.enum(['keep', 'mark', 'remove']),
})
export type Retention = z.infer<typeof Retention>

/** `POST /api/v1/rules/dry-run`: what keeping mail for so long would remove now. */
export const RetentionQuestion = z.strictObject({ retentionDays: Days })
export type RetentionQuestion = z.infer<typeof RetentionQuestion>

export const RetentionPreview = z.object({
  retentionDays: z.int(),
  /** Mail received before would go. */
  before: z.iso.datetime(),
  emails: z.int(),
  /** Of how many. */
  of: z.int(),
})
export type RetentionPreview = z.infer<typeof RetentionPreview>

/** `POST /api/v1/workspace/end`: the workspace's own id, typed, so that nobody does it by mistake. */
export const EndWorkspace = z.strictObject({ workspaceId: z.string().min(1).max(64) })
export type EndWorkspace = z.infer<typeof EndWorkspace>

/** `GET /api/v1/workspace/end`: how the end of a workspace is; of one that nobody has ended, what would go. */
export const WorkspaceEnd = z.object({
  workspaceId: z.string(),
  /**
   * `alive`: nobody has ended it. `stopping`: nothing is read any more. `shredded`: its keys are destroyed. `ended`: its
   * documents are deleted, too.
   */
  state: z.enum(['alive', 'stopping', 'shredded', 'ended']),
  at: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** Documents that it has, or had when it was ended, by collection; the audit log, which stays, is not counted. */
  counts: z.array(z.object({ of: z.string(), documents: z.int() })),
  deleted: z.int(),
  keysDestroyed: z.int(),
})
export type WorkspaceEnd = z.infer<typeof WorkspaceEnd>

export const WORKSPACE_END_FORMAT = 'flowcrm-workspace-end/1'

/** The account of a workspace's end. The signature is a compact JWS (EdDSA, Ed25519) over the JSON of `report`. */
export type SignedWorkspaceEnd = {
  report: { format: typeof WORKSPACE_END_FORMAT } & WorkspaceEnd
  signature: string
}
