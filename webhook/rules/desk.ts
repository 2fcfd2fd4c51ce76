import type { Mailbox } from '../../models/mailbox.ts'
import type {
  DryRun,
  DryRunRequest,
  MailboxRules,
  MailboxRuleSet,
  SaveMailboxRules,
  SaveWorkspaceRules,
  UndoRules,
  Usage,
  WorkspaceRules,
  WorkspaceRuleSet,
} from '../../models/wire/rules.ts'
import type { KeptOutPage, KeptOutQuery } from '../../models/wire/rules/kept-out.ts'
import type { RuleVersions } from '../../models/wire/rules/rule-versions.ts'
import { actorOf, type Audit } from '../audit/audit.ts'
import type { Clock } from '../clock.ts'
import type { Person } from '../crm/ports.ts'
import { ChangedMeanwhileError, NotFoundError } from '../errors.ts'
import type { Vault } from '../keys/vault.ts'
import type { Plan } from '../limits/plans.ts'
import type { PlanRoom } from '../limits/room.ts'
import type { FolderMarks } from '../queue/folder-marks.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import { DEFAULT_RULES } from '../sync/decide/rules.ts'
import { tellRefusal } from '../write-back/decide/refusal.ts'
import type { WriteAccess } from '../write-back/write-access.ts'
import { cleanMailboxRules, cleanWorkspaceRules } from './clean.ts'
import { dryRun, type DryRunParts } from './dry-run.ts'
import { mergeRules, NO_MAILBOX_RULES, NO_WORKSPACE_RULES } from './merge.ts'
import type { Onlooker } from './shown.ts'
import type { RuleBook } from './rule-book.ts'
import type { RuleOwner, RuleSet, RuleStore } from './rule-store.ts'
import { keptOutOf } from './told/kept-out.ts'
import { noRulesOf, versionsOf } from './told/versions.ts'

export type RuleDeskParts = DryRunParts & {
  policies: RuleBook
  ruleStore: RuleStore
  mailboxes: Pick<MailboxStore, 'find' | 'inWorkspace'>
  folders: FolderStore
  queue: Pick<FolderMarks, 'decideAgain'>
  room: PlanRoom
  plan: Plan
  vault: Vault
  audit: Audit
  writeAccess: Pick<WriteAccess, 'look'>
  clock: Clock
}

/** The rules of a workspace and of its mailboxes: looking at them, changing, trying, applying and undoing them. */
export class RuleDesk {
  constructor(private readonly parts: RuleDeskParts) {}

  async ofWorkspace({ workspaceId }: Person): Promise<WorkspaceRuleSet> {
    const found = await this.parts.ruleStore.newest<WorkspaceRules>(workspaceOwner(workspaceId))
    const rules = found?.rules ?? NO_WORKSPACE_RULES.rules
    return { ...toldOf(found), rules, inherited: DEFAULT_RULES }
  }

  async ofMailbox(mailbox: Mailbox): Promise<MailboxRuleSet> {
    const { policies, ruleStore, mailboxes } = this.parts
    const found = await ruleStore.newest<MailboxRules>(ownerOf(mailbox))
    const policy = await policies.workspaceRules(mailbox.workspaceId)
    const { locked } = policy.rules
    const effective = await policies.rulesOf(mailbox)
    const asItIs = await mailboxes.find(mailbox._id) // a look at what was saved may have changed it
    const writeRefused = asItIs && tellRefusal(asItIs)
    return {
      ...(writeRefused && { writeRefused }),
      ...{ ...toldOf(found), rules: found?.rules ?? NO_MAILBOX_RULES.rules, locked },
      inherited: mergeRules(policy, NO_MAILBOX_RULES, mailbox.settings),
      effective: {
        ...effective,
        neverLog: effective.neverLog.map((rule) => ({ ...rule, entries: [...rule.entries] })),
        ownDomains: [...effective.ownDomains],
        excludedFolders: [...effective.excludedFolders],
        keptOut: [...effective.keptOut],
      },
    }
  }

  async usage({ workspaceId }: Person): Promise<Usage> {
    const { policies, room, plan, clock } = this.parts
    const { timeZone } = await policies.rulesFor(workspaceId, null)
    const { day, stored } = await room.used({ workspaceId, timeZone, at: clock.now() })
    return {
      ...{ plan: plan.name, stored, attachmentBytes: plan.attachmentBytes },
      day: { ...day, endsAt: day.endsAt.toISOString() },
    }
  }

  /** `version` is the one that was looked at. */
  async saveWorkspace(
    admin: Person,
    version: number,
    { rules }: SaveWorkspaceRules,
  ): Promise<WorkspaceRuleSet> {
    const { blind } = await this.parts.vault.of(admin.workspaceId)
    const owner = workspaceOwner(admin.workspaceId)
    const change = { version, restored: null, rules: cleanWorkspaceRules(rules, blind) }
    await this.save(admin, owner, change)
    return this.ofWorkspace(admin)
  }

  async saveMailbox(
    { person, mailbox }: { person: Person; mailbox: Mailbox },
    version: number,
    { rules }: SaveMailboxRules,
  ): Promise<MailboxRuleSet> {
    const { policies, vault } = this.parts
    const { blind } = await vault.of(mailbox.workspaceId)
    const { rules: policy } = await policies.workspaceRules(mailbox.workspaceId)
    const clean = cleanMailboxRules(rules, policy, blind)
    await this.save(person, ownerOf(mailbox), { version, restored: null, rules: clean })
    return this.ofMailbox(mailbox)
  }

  versions(owner: RuleOwner): Promise<RuleVersions> {
    return versionsOf(this.parts.ruleStore, owner)
  }

  keptOut(onlooker: Onlooker, query: KeptOutQuery): Promise<KeptOutPage> {
    return keptOutOf(this.parts, onlooker, query)
  }

  /** A new version that is like an older one; what a lock forbids stays without effect. */
  async undo(
    person: Person,
    owner: RuleOwner,
    { version, to }: UndoRules & { version: number },
  ): Promise<void> {
    const { ruleStore } = this.parts
    const older = to === 0 ? { rules: noRulesOf(owner) } : await ruleStore.version(owner, to)
    if (!older) throw new NotFoundError('There is no such version of these rules.')
    await this.save(person, owner, { version, restored: to, rules: older.rules })
  }

  /** What these rules would do to the newest messages; they are not saved. */
  async dryRun(
    { person, mailbox }: Onlooker,
    { rules, workspaceRules, newest }: DryRunRequest,
    signal: AbortSignal,
  ): Promise<DryRun> {
    const { policies, vault } = this.parts
    const { blind } = await vault.of(mailbox.workspaceId)
    const policy = workspaceRules
      ? { version: 0, rules: cleanWorkspaceRules(workspaceRules, blind) }
      : await policies.workspaceRules(mailbox.workspaceId)
    const own = rules
      ? { version: 0, rules: cleanMailboxRules(rules, policy.rules, blind) }
      : await policies.mailboxRules(mailbox)
    const merged = mergeRules(policy, own, mailbox.settings)
    return dryRun(this.parts, { person, mailbox, rules: merged, newest }, signal)
  }

  /** The rules as they are now are applied to what was stored and left out before: a pass over every watched folder. */
  async applyTo(person: Person, mailbox: Mailbox): Promise<void> {
    const { policies, folders, queue } = this.parts
    const watched = (await folders.watchedOf(mailbox._id)).filter(({ deletedAt }) => !deletedAt)
    const { version } = await policies.rulesOf(mailbox)
    await queue.decideAgain(
      watched.map(({ _id }) => _id),
      version,
    )
    await this.written(person, 'rules-applied', mailbox._id, { version, folders: watched.length })
  }

  /** To every mailbox of the workspace. */
  async applyEverywhere(admin: Person): Promise<number> {
    const mailboxes = await this.parts.mailboxes.inWorkspace(admin.workspaceId)
    for (const mailbox of mailboxes) await this.applyTo(admin, mailbox)
    return mailboxes.length
  }

  private async save<Rules>(
    person: Person,
    owner: RuleOwner,
    { version, restored, rules }: Pick<RuleSet<Rules>, 'version' | 'restored' | 'rules'>,
  ): Promise<void> {
    const { ruleStore, clock } = this.parts
    const newest = (await ruleStore.newest(owner))?.version ?? 0
    const set = {
      ...{ version: version + 1, restored, rules, savedAt: clock.now() },
      ...{ byUserId: person.userId, byName: person.displayName },
    }
    if (newest !== version || !(await ruleStore.add(owner, set))) throw new ChangedMeanwhileError()
    const action = restored === null ? 'rules-changed' : 'rules-undone'
    await this.written(person, action, owner.ownerId, { version: set.version, restored })
    await this.parts.writeAccess.look(owner.ownerId) // of the organization's mailboxes each write tells
  }

  private async written(
    person: Person,
    action: 'rules-changed' | 'rules-undone' | 'rules-applied',
    ownerId: string,
    details: Record<string, number | null>,
  ): Promise<void> {
    const kind = ownerId === person.workspaceId ? 'workspace' : 'mailbox'
    await this.parts.audit.write({
      ...{ workspaceId: person.workspaceId, who: actorOf(person), action, details },
      object: { kind, id: ownerId },
    })
  }
}

export const workspaceOwner = (workspaceId: string): RuleOwner => ({
  ...{ workspaceId, ownerId: workspaceId },
})

export const ownerOf = ({ workspaceId, _id }: Mailbox): RuleOwner => ({ workspaceId, ownerId: _id })

const toldOf = (set: RuleSet<unknown> | null) => ({
  version: set?.version ?? 0,
  savedAt: set?.savedAt.toISOString() ?? null,
  byName: set?.byName ?? null,
})
