import { z } from 'zod'
import { Party } from './email.ts'
import { WriteRefusal } from './mailbox.ts'

/** Conversations that a mailbox can keep out. */
export const MOST_KEPT_OUT = 1_000

const Address = z.string().trim().min(3).max(320)
const Domain = z.string().trim().min(1).max(254)

/** One address, or all of a domain; `subdomains`: those below it as well. */
export const NeverLogEntry = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('address'), value: Address }),
  z.strictObject({ of: z.literal('domain'), value: Domain, subdomains: z.boolean() }),
])
export type NeverLogEntry = z.infer<typeof NeverLogEntry>

/** `any-party`: one of these suffices. `all-parties`: everybody but the mailbox itself is one of these. */
const neverLog = {
  kind: z.enum(['any-party', 'all-parties']),
  entries: z.array(NeverLogEntry).min(1).max(200),
}

/** `id` is what the reason of a message that it keeps out ends with; one that is sent is not looked at. */
export const NeverLogRule = z.strictObject({ id: z.string().max(64).default(''), ...neverLog })
export type NeverLogRule = z.infer<typeof NeverLogRule>

/** What a mailbox may choose, unless its organization has locked it. What is not named follows the organization. */
const choices = {
  scope: z.enum(['all', 'folders', 'contacts']),
  direction: z.enum(['one-way', 'two-way']),
  internalOnly: z.enum(['store', 'keep-out']),
  automated: z.enum(['store', 'keep-out']),
  noCrmCategory: z.string().trim().min(1).max(255),
}
const Choices = z.strictObject(choices).partial()
export type Choices = z.infer<typeof Choices>

const lists = { neverLog: z.array(NeverLogRule).max(200).default([]) }

/** The rules of one mailbox; never-log rules and excluded folders come on top of the organization's. */
export const MailboxRules = Choices.extend({
  ...lists,
  /** Ids of its watched folders. */
  excludedFolders: z.array(z.string().min(1).max(64)).max(500).default([]),
  /** Conversations that are kept out, by their ids in the mailbox. */
  keptOut: z.array(z.string().min(1).max(512)).max(MOST_KEPT_OUT).default([]),
})
export type MailboxRules = z.infer<typeof MailboxRules>

export const lockable = [
  'scope',
  'direction',
  'internalOnly',
  'automated',
  'noCrmCategory',
  'windowDays',
] as const
export type Lockable = (typeof lockable)[number]

/** What holds for every mailbox of the organization: as a default, or where it is locked, without a choice. */
export const WorkspaceRules = Choices.extend({
  ...lists,
  /** Of history; it counts only where it is locked, as each mailbox has its own. */
  windowDays: z.literal([0, 30, 90, 365]).nullable().optional(),
  locked: z.array(z.enum(lockable)).max(lockable.length).default([]),
  /** Mail is removed so many days after it was received; null or none: it is kept for ever. */
  retentionDays: z.int().min(1).max(36_500).nullable().optional(),
  /** What becomes of a mailbox's copy when its message is gone there; none: it is kept. */
  whenGone: z.enum(['keep', 'mark', 'remove']).optional(),
  /** Copies of one message are one e-mail, unless this is false: then each sighting is one. For mail from then on. */
  deduplicate: z.boolean().optional(),
  /** Of the organization, beside the domains of its connected mailboxes. */
  ownDomains: z.array(Domain).max(500).default([]),
  /** Whoever copies one of these keeps the message out. */
  privacyAddresses: z.array(Address).max(20).default([]),
  /** Logs what is copied to it. `byItself`: the add-in copies it into each message that is written. */
  dropBox: z.strictObject({ address: Address, byItself: z.boolean() }).nullable().optional(),
  /** IANA name; a day of the plan begins at its midnight. */
  timeZone: z.string().min(1).max(64).default('UTC'),
})
export type WorkspaceRules = z.infer<typeof WorkspaceRules>

/** Rules are saved whole, by version: `If-Match` names the one that was looked at. */
export const SaveMailboxRules = z.strictObject({ rules: MailboxRules })
export type SaveMailboxRules = z.infer<typeof SaveMailboxRules>
export const SaveWorkspaceRules = z.strictObject({ rules: WorkspaceRules })
export type SaveWorkspaceRules = z.infer<typeof SaveWorkspaceRules>
/** As they were in version `to`; 0: as before the first. */
export const UndoRules = z.strictObject({ to: z.int().min(0) })
export type UndoRules = z.infer<typeof UndoRules>

const versioned = {
  version: z.int(),
  savedAt: z.iso.datetime().nullable(),
  byName: z.string().nullable(),
}

/** `GET /api/v1/rules`. Version 0: nobody has chosen anything yet. */
export const WorkspaceRuleSet = z.object({
  ...versioned,
  rules: WorkspaceRules,
  /** What holds where the organization has chosen nothing. */
  inherited: z.object(choices),
})
export type WorkspaceRuleSet = z.infer<typeof WorkspaceRuleSet>

/** `GET /api/v1/mailboxes/{id}/rules`: its own, and what holds when the organization's are added. */
export const MailboxRuleSet = z.object({
  ...versioned,
  rules: MailboxRules,
  /** As `Mailbox.writeRefused`. */
  writeRefused: WriteRefusal.optional(),
  locked: z.array(z.enum(lockable)),
  /** What holds where the mailbox has chosen nothing. */
  inherited: z.object(choices),
  effective: z.object({
    /** As the ledger's entries name it. */
    version: z.int(),
    ...choices,
    windowDays: z.int().nullable(),
    retentionDays: z.int().nullable(),
    neverLog: z.array(NeverLogRule),
    ownDomains: z.array(z.string()),
    excludedFolders: z.array(z.string()),
    keptOut: z.array(z.string()),
  }),
})
export type MailboxRuleSet = z.infer<typeof MailboxRuleSet>

/** `POST /api/v1/mailboxes/{id}/rules/dry-run`: rules as they might be; without any, as they are. */
export const DryRunRequest = z.strictObject({
  rules: MailboxRules.optional(),
  /** Those of the organization as they might be: for its admins. */
  workspaceRules: WorkspaceRules.optional(),
  /** So many of the newest messages are looked at. */
  newest: z.int().min(1).max(1_000).default(200),
})
export type DryRunRequest = z.infer<typeof DryRunRequest>

/** How many mailboxes are read again, to have the rules applied to what was there before. */
export const RulesApplied = z.object({ mailboxes: z.int() })
export type RulesApplied = z.infer<typeof RulesApplied>

/** `GET /api/v1/usage`: what the organization has used of its plan. Null: no limit. */
export const Usage = z.object({
  plan: z.string(),
  day: z.object({ used: z.int(), most: z.int().nullable(), endsAt: z.iso.datetime() }),
  stored: z.object({ used: z.int(), most: z.int().nullable() }),
  attachmentBytes: z.int(),
})
export type Usage = z.infer<typeof Usage>

/**
 * `added`: it would be stored. `removed`: its e-mail would go, as nobody else has it. `hidden`: the e-mail stays with
 * those who have it elsewhere, and is no longer seen through this mailbox.
 */
export const DryRunEffect = z.enum(['added', 'removed', 'hidden'])
export type DryRunEffect = z.infer<typeof DryRunEffect>

export const DryRun = z.object({
  looked: z.int(),
  added: z.int(),
  removed: z.int(),
  hidden: z.int(),
  /** Why messages would be left out, the most frequent first. `rule`: the never-log rule that it is. */
  reasons: z.array(
    z.object({
      reason: z.string(),
      sentence: z.string(),
      messages: z.int(),
      rule: NeverLogRule.nullable(),
    }),
  ),
  changes: z.array(
    z.object({
      messageId: z.string(),
      receivedAt: z.iso.datetime(),
      effect: DryRunEffect,
      /** Why it would be left out. */
      reason: z.string().nullable(),
      /** Of what the asker may see of it; null where that is nothing. */
      subject: z.string().nullable(),
      from: Party.nullable(),
      /** The e-mail it is in the CRM, where the asker may open it. */
      emailId: z.string().nullable(),
    }),
  ),
})
export type DryRun = z.infer<typeof DryRun>
