import { z } from 'zod'

const count = z.int().min(0)
const id = z.string().min(1).max(64)

/** Whom it is about: by addresses, or as a contact with all of its addresses. */
export const Subject = z.union([
  z.strictObject({ addresses: z.array(z.string().trim().min(1).max(640)).min(1).max(50) }),
  z.strictObject({ contactId: id }),
])
export type Subject = z.infer<typeof Subject>

/** What goes, or went. */
export const ErasureFigures = z.strictObject({
  emails: count,
  attachments: count,
  /** Accounts of messages that are emptied of whatever leads to the person. */
  ledgerEntries: count,
  contactsDeleted: count,
  /** Contacts that keep other addresses. */
  contactsChanged: count,
  suggestions: count,
  /** Merges that can no longer be undone. */
  merges: count,
  pins: count,
  /** Notes, tasks, stages and meetings; reports from before there were any do not name them. */
  followUps: count.optional(),
})
export type ErasureFigures = z.infer<typeof ErasureFigures>

/** `POST /api/v1/people/erasures/dry-run`: what an erasure would do. Nothing is changed. */
export const ErasureDryRun = z.object({
  figures: ErasureFigures,
  /** Of these e-mails: how many belong to other contacts as well. */
  emailsOfOthersToo: count,
  /** Never-log rules that name an address of the person: they are the organization's own settings, and stay. */
  rulesNaming: count,
})
export type ErasureDryRun = z.infer<typeof ErasureDryRun>

/** How far an erasure is. `waiting`: it looks again, in case something came in while it began. */
export const Erasure = z.object({
  id: z.string(),
  state: z.enum(['running', 'waiting', 'done']),
  askedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  done: count,
  total: count,
  figures: ErasureFigures,
})
export type Erasure = z.infer<typeof Erasure>

/** `GET /api/v1/people/erasures`: the latest first. */
export const ErasureList = z.object({ erasures: z.array(Erasure) })
export type ErasureList = z.infer<typeof ErasureList>

export const ERASURE_FORMAT = 'flowcrm-erasure/1'

/** What was done, for whoever asks for proof, and to be done again on a backup. Holds no address: digests only. */
export const ErasureReport = z.strictObject({
  format: z.literal(ERASURE_FORMAT),
  id: z.string(),
  workspaceId: z.string(),
  /** Who asked for it, as the audit log names them. */
  by: z.strictObject({ userId: z.string(), role: z.string() }),
  askedAt: z.iso.datetime(),
  /** Since when nothing more of the person came in. */
  suppressedAt: z.iso.datetime(),
  /** When the last look found nothing more. */
  at: z.iso.datetime(),
  serviceVersion: z.string(),
  /** Keyed digests of every spelling of the addresses: nobody without the workspace's keys reads or guesses them. */
  suppressed: z.array(z.string()),
  figures: ErasureFigures,
  remaining: z.strictObject({
    /** Files that were in use less than an hour before; a later report says that they are gone. */
    files: count,
    rulesNaming: count,
  }),
  /** What "complete" means here. */
  rule: z.string(),
})
export type ErasureReport = z.infer<typeof ErasureReport>

/** `GET /api/v1/people/erasures/{id}/report`. `flowcrm verify-report` checks it, as statements are checked. */
export const SignedErasureReport = z.strictObject({ report: ErasureReport, signature: z.string() })
export type SignedErasureReport = z.infer<typeof SignedErasureReport>

export const LIFTING_FORMAT = 'flowcrm-lifting/1'

/** Somebody who was erased may come in again. */
export const Lifting = z.strictObject({
  format: z.literal(LIFTING_FORMAT),
  workspaceId: z.string(),
  at: z.iso.datetime(),
  lifted: z.array(z.string()),
})
export type Lifting = z.infer<typeof Lifting>

export const SignedLifting = z.strictObject({ lifting: Lifting, signature: z.string() })
export type SignedLifting = z.infer<typeof SignedLifting>

/** `POST /api/v1/people/lift`: how many spellings were suppressed until now. */
export const Lifted = z.object({ lifted: count })
export type Lifted = z.infer<typeof Lifted>
