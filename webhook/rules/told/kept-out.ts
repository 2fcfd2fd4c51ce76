import type { Mailbox } from '../../../models/mailbox.ts'
import type { MailboxRules } from '../../../models/wire/rules.ts'
import type { KeptOutPage, KeptOutQuery } from '../../../models/wire/rules/kept-out.ts'
import type { Clock } from '../../clock.ts'
import { SECOND } from '../../duration.ts'
import type { Providers } from '../../provider/provider.ts'
import { inTime, unlessRefused } from '../own-copy.ts'
import type { RuleSet, RuleStore } from '../rule-store.ts'
import type { Onlooker } from '../shown.ts'
import { MOST_VERSIONS } from './versions.ts'

export type KeptOutParts = {
  ruleStore: Pick<RuleStore, 'versions'>
  providers: Providers
  clock: Clock
}

/** Each name costs a request to the mailbox. */
const AT_ONCE = 10

/** The page waits for the names; those that did not come by then are left out. */
const NAMED_WITHIN_MS = 5 * SECOND

/**
 * The conversations that a mailbox keeps out, by their subjects. Those are asked for in the mailbox and kept nowhere, as
 * nothing of this mail is to be in the CRM; and only its owner, who has the mail anyway, is told them.
 */
export async function keptOutOf(
  parts: KeptOutParts,
  { person, mailbox }: Onlooker,
  { cursor }: KeptOutQuery,
): Promise<KeptOutPage> {
  const owner = { workspaceId: mailbox.workspaceId, ownerId: mailbox._id }
  const versions = await parts.ruleStore.versions<MailboxRules>(owner, MOST_VERSIONS)
  const all = (versions[0]?.rules.keptOut ?? []).toReversed()
  const ids = all.slice(cursor, cursor + AT_ONCE)
  const isOwn = mailbox.ownerUserId === person.userId
  const subjects = isOwn ? await subjectsOf(parts, mailbox, ids) : new Map<string, string>()
  const end = cursor + ids.length
  return {
    conversations: ids.map((conversationId) => ({
      conversationId,
      since: keptOutSince(versions, conversationId)?.toISOString() ?? null,
      subject: subjects.get(conversationId) ?? null,
    })),
    nextCursor: end < all.length ? String(end) : null,
  }
}

type Kept = Pick<RuleSet<Pick<MailboxRules, 'keptOut'>>, 'version' | 'savedAt' | 'rules'>

/**
 * When the newest of these versions, the newest first, came to keep the conversation out; null where that was before the
 * oldest of them. Pure.
 */
export function keptOutSince(versions: readonly Kept[], conversationId: string): Date | null {
  const free = versions.findIndex(({ rules }) => !rules.keptOut?.includes(conversationId)) // sets of before have none
  const first = versions.at(free < 0 ? -1 : free - 1)
  if (!first || free === 0) return null
  return free < 0 && first.version > 1 ? null : first.savedAt
}

async function subjectsOf(
  { providers, clock }: KeptOutParts,
  mailbox: Mailbox,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const subjects = new Map<string, string>()
  if (ids.length === 0 || mailbox.status !== 'connected' || mailbox.paused) return subjects
  const provider = providers.forMailbox(mailbox)
  const ask = async (signal: AbortSignal) => {
    for (const id of ids) {
      const subject = await provider.conversationSubject(id, signal).catch(unlessRefused)
      if (subject !== null) subjects.set(id, subject)
    }
  }
  await inTime(clock, ask, NAMED_WITHIN_MS)
  return subjects
}
