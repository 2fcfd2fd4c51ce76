import { z } from 'zod'

/**
 * The worst first. Additive: a code keeps its meaning.
 *
 * - `read-twice`: two connections read the same folders.
 * - `silence-not-asked`: a folder is quiet for longer than its habit, and nobody knows why: it was not asked.
 * - `look-overdue`: a folder should have been asked by now.
 * - `not-announced`: the latest new mail was found by asking, though Microsoft 365 agreed to announce it.
 * - `connected-twice`: one address has two connections, which read no folder in common.
 * - `silence-asked`: a folder is quiet for longer than its habit, and was asked: nothing is missing.
 */
export const findingCodes = [
  'read-twice',
  'silence-not-asked',
  'look-overdue',
  'not-announced',
  'connected-twice',
  'silence-asked',
] as const
export const FindingCode = z.enum(findingCodes)
export type FindingCode = z.infer<typeof FindingCode>

export const Finding = z.object({
  code: FindingCode,
  /** `info`: worth knowing, and nobody has to do anything at once. */
  severity: z.enum(['warning', 'info']),
  mailbox: z.object({ id: z.string(), address: z.string(), displayName: z.string() }),
  /** Null: it is about the whole mailbox. */
  folderName: z.string().nullable(),
  /** Null: nobody wrote that down. */
  since: z.iso.datetime().nullable(),
  /** Of a quiet folder: when Microsoft 365 was last asked; null: never, or it is not about that. */
  askedAt: z.iso.datetime().nullable(),
  sentence: z.string(),
  /** Null: nothing. */
  todo: z.string().nullable(),
})
export type Finding = z.infer<typeof Finding>

/** `GET /api/v1/health/findings`: silence and overlap, of the asker's mailboxes; for an administrator of all. */
export const Findings = z.object({
  at: z.iso.datetime(),
  /** The worst first, and of those the one that lasts longest. */
  findings: z.array(Finding),
})
export type Findings = z.infer<typeof Findings>
