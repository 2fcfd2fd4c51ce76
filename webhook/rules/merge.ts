import type { Choices, MailboxRules, WorkspaceRules } from '../../models/wire/rules.ts'
import { DEFAULT_RULES, RULE_VERSION, type Rules } from '../sync/decide/rules.ts'

/** Rules of somebody, and the number of their changes. */
export type Versioned<R> = { version: number; rules: R }

export const NO_WORKSPACE_RULES: Versioned<WorkspaceRules> = {
  version: 0,
  rules: { neverLog: [], locked: [], ownDomains: [], privacyAddresses: [], timeZone: 'UTC' },
}
export const NO_MAILBOX_RULES: Versioned<MailboxRules> = {
  version: 0,
  rules: { neverLog: [], excludedFolders: [], keptOut: [] },
}

const DEFAULT_CHOICES: { [Key in keyof Choices]-?: NonNullable<Choices[Key]> } = DEFAULT_RULES

/**
 * What holds for a mailbox: what the organization has locked, else what the mailbox chose, else the organization's
 * default, else the product's. Lists add up: nobody can take away what another keeps out. Both versions only grow, so
 * their sum is different after each change of either.
 */
export function mergeRules(
  workspace: Versioned<WorkspaceRules>,
  mailbox: Versioned<MailboxRules>,
  settings: { windowDays: number | null },
): Rules {
  const policy = workspace.rules
  const own = mailbox.rules
  const chosen = <Key extends keyof Choices>(key: Key): NonNullable<Choices[Key]> => {
    const mine: Choices[Key] = policy.locked.includes(key) ? undefined : own[key]
    return mine ?? policy[key] ?? DEFAULT_CHOICES[key]
  }
  const isWindowLocked = policy.locked.includes('windowDays') && policy.windowDays !== undefined
  return {
    version: RULE_VERSION + workspace.version + mailbox.version,
    scope: chosen('scope'),
    direction: chosen('direction'),
    internalOnly: chosen('internalOnly'),
    automated: chosen('automated'),
    noCrmCategory: chosen('noCrmCategory'),
    retentionDays: policy.retentionDays ?? null,
    deduplicate: policy.deduplicate ?? true,
    whenGone: policy.whenGone ?? 'keep',
    windowDays: isWindowLocked ? (policy.windowDays ?? null) : settings.windowDays,
    neverLog: [...policy.neverLog, ...own.neverLog],
    excludedFolders: own.excludedFolders,
    keptOut: own.keptOut ?? [], // sets of before have none
    ownDomains: policy.ownDomains,
    privacyAddresses: policy.privacyAddresses,
    timeZone: policy.timeZone,
  }
}
