import type { MailboxRules, WorkspaceRules } from '../../../models/wire/rules.ts'
import type { RuleVersions } from '../../../models/wire/rules/rule-versions.ts'
import { NO_MAILBOX_RULES, NO_WORKSPACE_RULES } from '../merge.ts'
import type { RuleOwner, RuleSet, RuleStore } from '../rule-store.ts'
import { changedBetween } from './changed.ts'

type AnyRules = WorkspaceRules | MailboxRules

export const MOST_VERSIONS = 200

/** What held before anybody chose. */
export const noRulesOf = ({ workspaceId, ownerId }: RuleOwner): AnyRules =>
  (ownerId === workspaceId ? NO_WORKSPACE_RULES : NO_MAILBOX_RULES).rules

/** The versions of somebody's rules, the newest first, each with what it changed. */
export async function versionsOf(
  ruleStore: Pick<RuleStore, 'versions'>,
  owner: RuleOwner,
  most = MOST_VERSIONS,
): Promise<RuleVersions> {
  // One more than is told of: the last one's change is against it.
  const found = await ruleStore.versions<AnyRules>(owner, most + 1)
  const told = found.slice(0, most).map((set, nth) => ({
    ...{ version: set.version, savedAt: set.savedAt.toISOString(), byName: set.byName },
    restored: set.restored,
    changed: changedBetween(rulesBefore(found[nth + 1], owner), set.rules),
  }))
  return { versions: told }
}

const rulesBefore = (older: RuleSet<AnyRules> | undefined, owner: RuleOwner): AnyRules =>
  older?.rules ?? noRulesOf(owner)
