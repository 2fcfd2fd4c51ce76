import type { Mailbox } from '../../models/mailbox.ts'
import type { ComposeRequest, Forecast } from '../../models/wire/pane/compose.ts'
import type { Person } from '../crm/ports.ts'
import type { RuleBook } from '../rules/rule-book.ts'
import { partiesOf, recipientsOf } from '../sync/decide/parties/parties.ts'
import { reasonNamed } from '../sync/decide/reasons.ts'
import { isOverridable, verdictOn, type VerdictFacts } from '../sync/decide/verdict.ts'

export type ForecastParts = { policies: Pick<RuleBook, 'rulesFor' | 'factsFor'> }

/** A message that is being written; `mailbox`: null where it is not connected. */
export type Draft = { request: ComposeRequest; mailbox: Mailbox | null }

/**
 * Why a message would be left out once it is sent, by the same checks in the same order as then; null: nothing that is
 * known by now keeps it out. Where it will lie and what it weighs is not known yet.
 */
export async function forecastOf(
  { policies }: ForecastParts,
  { workspaceId }: Person,
  { request, mailbox }: Draft,
): Promise<Forecast | null> {
  const { mailboxAddress: address, to, cc, bcc } = request
  const rules = await policies.rulesFor(workspaceId, mailbox)
  const named = { from: { name: '', address }, sender: null, to, cc, bcc, replyTo: [] }
  const workspace = await policies.factsFor(mailbox ?? { workspaceId, address }, rules, [named])
  const facts: VerdictFacts = {
    ...{ folder: null, isDraft: false, receivedAt: workspace.now, bytes: 0, windowStart: null },
    ...{ categories: request.categories, sensitivity: request.sensitivity ?? 'normal' },
    conversationId: request.conversationId ?? null,
    ...{ parties: partiesOf(named), recipients: recipientsOf(named), machine: null },
    // Whom a message to nobody yet is for cannot be held against it.
    byHand: to.length + cc.length + bcc.length === 0,
  }
  const verdict = verdictOn(facts, rules, { ...workspace, limit: null })
  if (verdict.kind !== 'exclude') return null
  const { reason } = verdict
  const { sentence = 'A rule keeps it out.', change = '' } = reasonNamed(reason) ?? {}
  return { reason, sentence, change, canLog: isOverridable(verdict) }
}
