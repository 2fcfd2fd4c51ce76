import type { Folder } from '../../../models/folder.ts'
import type { LedgerEntry } from '../../../models/ledger-entry.ts'
import type { Mailbox } from '../../../models/mailbox.ts'
import type { ProviderMessage } from '../../provider/provider.ts'
import { machineMarkOf } from '../decide/parties/machine-mail.ts'
import { partiesOf, recipientsOf } from '../decide/parties/parties.ts'
import { isInCrm } from '../decide/reasons.ts'
import type { Rules } from '../decide/rules.ts'
import {
  isOverridable,
  verdictOn,
  windowStartOf,
  type Verdict,
  type VerdictFacts,
} from '../decide/verdict.ts'
import type { Chosen, Policies } from '../policies.ts'

/** Whose mail is judged, by which rules. */
export type Court = {
  policies: Policies
  rules: Rules
  mailbox: Mailbox
  folder: Pick<Folder, '_id' | 'watched' | 'backfill'>
}

export type Brought = {
  message: ProviderMessage
  was: Pick<LedgerEntry, 'state' | 'reason' | 'emailId'> | undefined
  /** About what it weighs in the store. */
  bytes: number
}

/** `byHand`: the rules would leave it out, and its owner has logged it. `chosen`: for it, before it was sent. */
export type Judged<Case extends Brought> = Case & {
  verdict: Verdict
  byHand: boolean
  chosen: Chosen | null
}

/**
 * The verdicts on messages of one folder, but for the room that a plan leaves. The only way to them: of a page, of a
 * notification's header, and of a dry run, so that what is foretold is what happens.
 */
export async function judge<Case extends Brought>(
  court: Court,
  cases: readonly Case[],
): Promise<Judged<Case>[]> {
  if (cases.length === 0) return []
  const { policies, rules, mailbox } = court
  const messages = cases.map(({ message }) => message)
  const workspace = { ...(await policies.factsFor(mailbox, rules, messages)), limit: null }
  const chosen = await chosenAmong(court, messages)
  const judged = cases.map((one) => ({
    ...one,
    byHand: false,
    chosen: chosen.get(one.message.choiceId ?? '') ?? null,
    verdict: verdictOn(factsOf(court, one), rules, workspace),
  }))
  const logged = await loggedAmong(court, judged)
  return judged.map((one) => {
    const isLogged = one.chosen?.log === true || logged.has(idOf(one))
    if (!isOverridable(one.verdict) || !isLogged) return one
    const facts = { ...factsOf(court, one), byHand: true }
    return { ...one, byHand: true, verdict: verdictOn(facts, rules, workspace) }
  })
}

/** Of what is in the CRM: that this mailbox's copy is to be so no longer. A window takes nothing away. */
export const isLeaving = ({ was, verdict }: Judged<Brought>): boolean =>
  Boolean(was?.emailId) && verdict.kind === 'exclude' && verdict.reason !== 'older-than-window'

const idOf = ({ message }: Brought): string => message.internetMessageId ?? ''

async function loggedAmong(
  { policies, mailbox }: Court,
  judged: Judged<Brought>[],
): Promise<ReadonlySet<string>> {
  const leftOut = judged.filter(({ verdict }) => isOverridable(verdict))
  const ids = leftOut.map(idOf).filter(Boolean)
  return ids.length > 0 ? policies.loggedByHand(mailbox, ids) : new Set()
}

/** Nearly no page has any: then nothing is asked. */
async function chosenAmong(
  { policies, mailbox }: Court,
  messages: readonly ProviderMessage[],
): Promise<ReadonlyMap<string, Chosen>> {
  const ids = messages.flatMap(({ choiceId }) => choiceId ?? [])
  return ids.length > 0 ? policies.chosen(mailbox, ids) : new Map()
}

function factsOf({ rules, folder }: Court, { message, was, bytes }: Brought): VerdictFacts {
  const { isDraft, receivedAt, categories, conversationId, sensitivity, machine, from } = message
  const isThere = was !== undefined && isInCrm(was) // narrowing a window takes nothing away
  return {
    folder: { id: folder._id, watched: folder.watched },
    ...{ isDraft, receivedAt, bytes, categories, conversationId, sensitivity, byHand: false },
    windowStart: isThere ? null : windowStartOf(rules.windowDays, folder.backfill.startedAt),
    parties: partiesOf(message),
    recipients: recipientsOf(message),
    machine: machineMarkOf(machine, from?.address ?? null),
  }
}
