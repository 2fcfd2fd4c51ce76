/** One address, or all of a domain; `subdomains`: those below it as well. Values are normalised (crm/decide/addresses.ts). */
export type NeverLogEntry =
  { of: 'address'; value: string } | { of: 'domain'; value: string; subdomains: boolean }

/**
 * Keeps mail out by who takes part in it. `any-party`: one of these suffices. `all-parties`: everybody but the mailbox
 * itself is one of these. Two kinds, as a list of colleagues wants the one and a doctor's address the other.
 */
export type NeverLogRule = {
  /** A keyed digest of the rest, so that a reason can name the rule and tell nobody whom it is about. */
  id: string
  kind: 'any-party' | 'all-parties'
  entries: readonly NeverLogEntry[]
}

/** What holds for one mailbox: the policy of its workspace and its own settings in one (rules/merge.ts). */
export type Rules = {
  /** Grows with every change of either, and with every change of what the rules mean. */
  version: number
  /** `folders`: what lies in the watched ones, as with `all`. `contacts`: mail in which a known contact takes part. */
  scope: 'all' | 'folders' | 'contacts'
  direction: 'one-way' | 'two-way'
  /** Days of history; null: all of it. */
  windowDays: number | null
  /** Days for which mail is kept after it was received; null: for ever. */
  retentionDays: number | null
  /** What becomes of the sighting of a message that is gone from the mailbox. */
  whenGone: 'keep' | 'mark' | 'remove'
  internalOnly: 'store' | 'keep-out'
  automated: 'store' | 'keep-out'
  /** Copies of one message are one e-mail; else each sighting is one. */
  deduplicate: boolean
  /** Domains of the organization, beside those of its connected mailboxes. */
  ownDomains: readonly string[]
  neverLog: readonly NeverLogRule[]
  noCrmCategory: string
  /** Whoever puts one of these among the recipients keeps the message out. */
  privacyAddresses: readonly string[]
  /** Watched, and left out nevertheless: our ids of folders. */
  excludedFolders: readonly string[]
  /** Conversations of the mailbox that its owner keeps out: the provider's ids. */
  keptOut: readonly string[]
  /** In which a day of the plan begins and ends (IANA name). */
  timeZone: string
}

/** Raised with every change of what the rules mean. The version of a mailbox's rules starts here. */
export const RULE_VERSION = 3

/** What holds where nobody has chosen anything. */
export const DEFAULT_RULES: Rules = {
  version: RULE_VERSION,
  scope: 'all',
  direction: 'one-way',
  windowDays: null,
  retentionDays: null,
  whenGone: 'keep',
  internalOnly: 'keep-out', // private by default (product 2.5)
  automated: 'store',
  deduplicate: true,
  ownDomains: [],
  neverLog: [],
  noCrmCategory: 'No-CRM',
  privacyAddresses: [],
  excludedFolders: [],
  keptOut: [],
  timeZone: 'UTC',
}
