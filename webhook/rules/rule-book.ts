import type { Mailbox } from '../../models/mailbox.ts'
import type { MailboxRules, WorkspaceRules } from '../../models/wire/rules.ts'
import type { Clock } from '../clock.ts'
import { domainOf, normaliseAddress } from '../crm/decide/addresses.ts'
import { MINUTE } from '../duration.ts'
import type { Vault } from '../keys/vault.ts'
import type { ChoiceStore } from '../store/compose/choice-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import type { SightingStore } from '../store/sighting-store.ts'
import { messageIdKeyOf } from '../sync/decide/identity.ts'
import { partiesOf, type Correspondence } from '../sync/decide/parties/parties.ts'
import type { Rules } from '../sync/decide/rules.ts'
import type { WorkspaceFacts } from '../sync/decide/verdict.ts'
import type { Chosen, Policies } from '../sync/policies.ts'
import { mergeRules, NO_MAILBOX_RULES, NO_WORKSPACE_RULES, type Versioned } from './merge.ts'
import type { ContactBook, Suppressions } from './people.ts'
import type { RuleStore } from './rule-store.ts'

/** A mailbox that is connected makes its domain the organization's own after this at the latest. */
const DOMAINS_KEPT_MS = MINUTE

export type RuleBookParts = {
  ruleStore: RuleStore
  mailboxes: Pick<MailboxStore, 'inWorkspace'>
  sightings: Pick<SightingStore, 'loggedByHand'>
  contacts: ContactBook
  suppressions: Suppressions
  /** Without: nobody has chosen anything. */
  choices?: Pick<ChoiceStore, 'of'>
  vault: Vault
  clock: Clock
}

/** The rules in force, and what they need to know of the workspace. */
export class RuleBook implements Policies {
  private readonly domains = new Map<string, { until: number; own: Promise<Set<string>> }>()

  constructor(private readonly parts: RuleBookParts) {}

  rulesOf(mailbox: Mailbox): Promise<Rules> {
    return this.rulesFor(mailbox.workspaceId, mailbox)
  }

  /** Null: of a mailbox that is not connected, so that those of the workspace alone hold. */
  async rulesFor(workspaceId: string, mailbox: Mailbox | null): Promise<Rules> {
    const [workspace, own] = await Promise.all([
      this.workspaceRules(workspaceId),
      mailbox ? this.mailboxRules(mailbox) : NO_MAILBOX_RULES,
    ])
    return mergeRules(workspace, own, mailbox?.settings ?? { windowDays: null })
  }

  async workspaceRules(workspaceId: string): Promise<Versioned<WorkspaceRules>> {
    const owner = { workspaceId, ownerId: workspaceId }
    return (await this.parts.ruleStore.newest<WorkspaceRules>(owner)) ?? NO_WORKSPACE_RULES
  }

  async mailboxRules({ workspaceId, _id }: Mailbox): Promise<Versioned<MailboxRules>> {
    const owner = { workspaceId, ownerId: _id }
    return (await this.parts.ruleStore.newest<MailboxRules>(owner)) ?? NO_MAILBOX_RULES
  }

  async factsFor(
    mailbox: Pick<Mailbox, 'workspaceId' | 'address'>,
    rules: Rules,
    messages: readonly Correspondence[],
  ): Promise<Omit<WorkspaceFacts, 'limit'>> {
    const { contacts, suppressions, vault, clock } = this.parts
    const { workspaceId } = mailbox
    const { blind } = await vault.of(workspaceId)
    const byKey = new Map<string, string>()
    for (const { exact, folded } of messages.flatMap(partiesOf))
      for (const address of [exact, folded]) byKey.set(blind('address', address), address)
    const keys = [...byKey.keys()]
    const addressesOf = (found: Iterable<string>) =>
      new Set([...found].flatMap((key) => byKey.get(key) ?? []))
    const [erased, known, ownDomains] = await Promise.all([
      suppressions.of(workspaceId, keys),
      rules.scope === 'contacts' ? contacts.known(workspaceId, keys) : new Map<string, string[]>(),
      rules.internalOnly === 'keep-out' ? this.domainsOf(workspaceId) : new Set<string>(),
    ])
    return {
      ...{ ownAddress: normaliseAddress(mailbox.address), now: clock.now() },
      ...{ ownDomains, known: addressesOf(known.keys()), erased: addressesOf(erased) },
    }
  }

  async loggedByHand(
    { workspaceId, ownerUserId }: Mailbox,
    internetMessageIds: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const { blind } = await this.parts.vault.of(workspaceId)
    const keyOf = (id: string) => messageIdKeyOf(blind, id) ?? ''
    const person = { workspaceId, userId: ownerUserId }
    const found = await this.parts.sightings.loggedByHand(person, internetMessageIds.map(keyOf))
    return new Set(internetMessageIds.filter((id) => found.has(keyOf(id))))
  }

  /** By who owns the mailbox, and by whoever wrote in it as in a shared one; a colleague's elsewhere counts for nothing. */
  async chosen(
    { workspaceId, ownerUserId, address }: Mailbox,
    choiceIds: readonly string[],
  ): Promise<ReadonlyMap<string, Chosen>> {
    const { vault, choices } = this.parts
    const found = (await choices?.of(workspaceId, choiceIds)) ?? new Map<string, never>()
    const { blind } = await vault.of(workspaceId)
    const mailboxKey = blind('address', normaliseAddress(address) ?? address)
    return new Map(
      [...found].filter(
        ([, choice]) => choice.userId === ownerUserId || choice.mailboxKey === mailboxKey,
      ),
    )
  }

  /** Whose mail is our own: of the connected mailboxes, and what the organization has added. */
  async ownDomains(workspaceId: string): Promise<ReadonlySet<string>> {
    const [own, { rules }] = await Promise.all([
      this.domainsOf(workspaceId),
      this.workspaceRules(workspaceId),
    ])
    return new Set([...own, ...rules.ownDomains])
  }

  /** Of the connected mailboxes. */
  private async domainsOf(workspaceId: string): Promise<Set<string>> {
    const now = this.parts.clock.now().getTime()
    const kept = this.domains.get(workspaceId)
    if (kept && now < kept.until) return kept.own
    const own = this.parts.mailboxes
      .inWorkspace(workspaceId)
      .then((all) => new Set(all.flatMap(({ address }) => domainOf(address) ?? [])))
    this.domains.set(workspaceId, { until: now + DOMAINS_KEPT_MS, own })
    own.catch(() => this.domains.delete(workspaceId))
    return own
  }
}
