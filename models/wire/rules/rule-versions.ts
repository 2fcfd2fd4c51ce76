import { z } from 'zod'
import { MailboxRules, NeverLogRule, WorkspaceRules } from '../rules.ts'

/** What may stand in the rules of an organization or a mailbox; nothing has a default, so nothing is said that was not. */
export const SomeRules = z
  .object({
    ...WorkspaceRules.shape,
    neverLog: z.array(NeverLogRule),
    locked: WorkspaceRules.shape.locked.unwrap(),
    ownDomains: z.array(z.string()),
    privacyAddresses: z.array(z.string()),
    timeZone: z.string(),
    excludedFolders: MailboxRules.shape.excludedFolders.unwrap(),
    keptOut: MailboxRules.shape.keptOut.unwrap(),
  })
  .partial()
export type SomeRules = z.infer<typeof SomeRules>

/** `GET /api/v1/rules/versions` and `GET /api/v1/mailboxes/{id}/rules/versions`. */
export const RuleVersions = z.object({
  versions: z.array(
    z.object({
      version: z.int(),
      savedAt: z.iso.datetime(),
      byName: z.string(),
      /** It restored this one. */
      restored: z.int().nullable(),
      /**
       * Where it differs from the one before it, by what is named in either: a choice as it was and is, none where nothing
       * was chosen; of a list, what was taken off it and what was put on it, or all of it where its order alone changed.
       */
      changed: z.object({ was: SomeRules, now: SomeRules }),
    }),
  ),
})
export type RuleVersions = z.infer<typeof RuleVersions>
