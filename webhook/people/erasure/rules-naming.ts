import type { MailboxRules, WorkspaceRules } from '../../../models/wire/rules.ts'
import type { Vault } from '../../keys/vault.ts'
import type { RuleStore } from '../../rules/rule-store.ts'
import type { MailboxStore } from '../../store/mailbox-store.ts'
import { recognising, type Subject } from '../subject.ts'

export type RulesNamingParts = {
  ruleStore: Pick<RuleStore, 'newest'>
  mailboxes: Pick<MailboxStore, 'inWorkspace'>
  vault: Pick<Vault, 'of'>
}

/** Never-log rules that name an address: they are the workspace's own settings, so they are told of and stay. */
export class RulesNaming {
  constructor(private readonly parts: RulesNamingParts) {}

  async count({ workspaceId, keys }: Pick<Subject, 'workspaceId' | 'keys'>): Promise<number> {
    const { ruleStore, mailboxes, vault } = this.parts
    const isTheirs = recognising((await vault.of(workspaceId)).blind, keys)
    const owners = [
      workspaceId,
      ...(await mailboxes.inWorkspace(workspaceId)).map(({ _id }) => _id),
    ]
    let count = 0
    for (const ownerId of owners) {
      const set = await ruleStore.newest<WorkspaceRules | MailboxRules>({ workspaceId, ownerId })
      count += (set?.rules.neverLog ?? []).filter(({ entries }) =>
        entries.some((entry) => entry.of === 'address' && isTheirs(entry.value)),
      ).length
    }
    return count
  }
}
