import { isSameCategory } from '../../provider/categories.ts'
import type { AddressForms } from '../../crm/decide/addresses.ts'
import { DAY } from '../../duration.ts'
import type { Sensitivity } from '../../provider/provider.ts'
import type { MachineMark } from './parties/machine-mail.ts'
import { neverLogRuleFor } from './parties/never-log.ts'
import type { ReasonCode, RuleReason } from './reasons.ts'
import type { Rules } from './rules.ts'

/** Room for the e-mail's other fields beside its text: the database takes documents of 16 MiB. */
export const LARGEST_BYTES = 15 * 1024 * 1024

/** `wait`: it is wanted, and there is no room for it now. */
export type Verdict =
  | { kind: 'store' }
  | { kind: 'exclude'; reason: ReasonCode | RuleReason }
  | { kind: 'wait'; reason: Limit }
  | { kind: 'fail'; reason: ReasonCode }

export type Limit = 'daily-limit' | 'storage-limit'

/** What the decision may look at, of the message. */
export type VerdictFacts = {
  /** Where it lies; null for what a person logs by hand, wherever that is. */
  folder: { id: string; watched: boolean } | null
  isDraft: boolean
  receivedAt: Date
  /** About what it weighs in the store. */
  bytes: number
  /** Mail received before is not wanted; null: all is, or it is stored already: a window takes nothing away. */
  windowStart: Date | null
  /** Everybody it names, each once. */
  parties: readonly AddressForms[]
  recipients: readonly AddressForms[]
  categories: readonly string[]
  /** Of the mailbox it lies in; null: not known. */
  conversationId: string | null
  sensitivity: Sensitivity
  machine: MachineMark | null
  /** A person logged it. */
  byHand: boolean
}

/** And of the workspace. Addresses are normalised. */
export type WorkspaceFacts = {
  /** The mailbox it lies in. */
  ownAddress: string | null
  /** Domains of connected mailboxes. */
  ownDomains: ReadonlySet<string>
  /** Addresses of contacts, and of people who were erased, among those that the message names. */
  known: ReadonlySet<string>
  erased: ReadonlySet<string>
  /** Mail of long before is kept no more. */
  now: Date
  /** There is no room; null: there is. */
  limit: Limit | null
}

type Case = { facts: VerdictFacts; rules: Rules; workspace: WorkspaceFacts }
/** A person's own log is worth more than the rules of `scope`, and less than those that protect somebody. */
type Check = { on: (of: Case) => Verdict | null; of?: 'scope' }

/** The order of product 4.2: the first that speaks decides. */
const CHECKS: readonly Check[] = [
  { on: ({ facts, workspace }) => excludeIf(takesPart(facts, workspace.erased), 'erased-person') },
  { on: ({ facts }) => excludeIf(facts.isDraft, 'draft') },
  {
    on: ({ facts }) => excludeIf(facts.folder?.watched === false, 'folder-not-watched'),
    of: 'scope',
  },
  {
    on: ({ facts, rules }) => excludeIf(isFolderExcluded(facts, rules), 'folder-excluded'),
    of: 'scope',
  },
  { on: ({ facts, rules }) => excludeIf(isNoCrm(facts.categories, rules), 'category-no-crm') },
  { on: ({ facts, rules }) => excludeIf(isKeptOut(facts, rules), 'conversation-kept-out') },
  { on: ({ facts, rules }) => excludeIf(isPrivacyCopied(facts, rules), 'privacy-bcc') },
  { on: ({ facts }) => excludeIf(isPrivate(facts), 'marked-private') },
  { on: neverLogged },
  { on: (of) => excludeIf(isInternal(of), 'internal-only'), of: 'scope' },
  { on: (of) => excludeIf(isPastRetention(of), 'retention-passed') },
  { on: ({ facts }) => excludeIf(isTooOld(facts), 'older-than-window'), of: 'scope' },
  { on: (of) => excludeIf(isOfNoContact(of), 'no-contact'), of: 'scope' },
  { on: ({ facts, rules }) => excludeIf(isAutomated(facts, rules), 'automated'), of: 'scope' },
  {
    on: ({ facts }) => (facts.bytes > LARGEST_BYTES ? { kind: 'fail', reason: 'too-large' } : null),
  },
  { on: ({ workspace: { limit } }) => limit && { kind: 'wait', reason: limit } },
]

/**
 * The whole policy for one message, with no I/O: same facts, same rules, same verdict. First match wins (product 4.2). A
 * log by hand is held up neither by the scope, the window, internal nor automated mail; by everything else it is.
 */
export function verdictOn(facts: VerdictFacts, rules: Rules, workspace: WorkspaceFacts): Verdict {
  const of = { facts, rules, workspace }
  for (const check of CHECKS) {
    const verdict = facts.byHand && check.of === 'scope' ? null : check.on(of)
    if (verdict) return verdict
  }
  return { kind: 'store' }
}

/** Whether a person who logs the message by hand would get it stored all the same. */
export const isOverridable = (verdict: Verdict): boolean =>
  verdict.kind === 'exclude' && (OVERRIDABLE as readonly string[]).includes(verdict.reason)

const OVERRIDABLE = [
  ...(['folder-not-watched', 'folder-excluded', 'internal-only'] as const),
  ...(['older-than-window', 'no-contact', 'automated'] as const),
] satisfies ReasonCode[]

/** From when on mail is wanted: so many days before the reading began, or began anew with a wider window. Null: ever. */
export function windowStartOf(windowDays: number | null, readSince: Date | null): Date | null {
  if (windowDays === null || readSince === null) return null
  return new Date(readSince.getTime() - windowDays * DAY)
}

/** Mail received before is kept no more; null: all of it is. */
export const keptSince = (retentionDays: number | null, now: Date): Date | null =>
  retentionDays === null ? null : new Date(now.getTime() - retentionDays * DAY)

const excludeIf = (isSo: boolean, reason: ReasonCode): Verdict | null =>
  isSo ? { kind: 'exclude', reason } : null

const takesPart = ({ parties }: VerdictFacts, people: ReadonlySet<string>): boolean =>
  people.size > 0 && parties.some(({ exact, folded }) => people.has(exact) || people.has(folded))

const isFolderExcluded = ({ folder }: VerdictFacts, { excludedFolders }: Rules): boolean =>
  folder !== null && excludedFolders.includes(folder.id)

/** Whether these categories keep a message out. */
export const isNoCrm = (
  categories: readonly string[],
  { noCrmCategory }: Pick<Rules, 'noCrmCategory'>,
): boolean => categories.some((each) => isSameCategory(each, noCrmCategory))

/** Whether this person keeps the conversation out. */
export const isKeptOut = (
  { conversationId }: Pick<VerdictFacts, 'conversationId'>,
  { keptOut }: Pick<Rules, 'keptOut'>,
): boolean => conversationId !== null && keptOut.includes(conversationId)

const isPrivacyCopied = ({ recipients }: VerdictFacts, { privacyAddresses }: Rules): boolean =>
  recipients.some(({ exact }) => privacyAddresses.includes(exact))

/** "Confidential" is the company's own word for its business; the other two are a person's. */
const isPrivate = ({ sensitivity }: VerdictFacts): boolean =>
  sensitivity === 'private' || sensitivity === 'personal'

function neverLogged({ facts, rules, workspace }: Case): Verdict | null {
  const { parties } = facts
  const others = othersAmong(parties, workspace)
  const rule = neverLogRuleFor(rules.neverLog, { parties, others })
  return rule ? { kind: 'exclude', reason: `rule:${rule.id}` } : null
}

function isInternal({ facts: { parties }, rules, workspace }: Case): boolean {
  if (rules.internalOnly === 'store' || parties.length === 0) return false
  return parties.every(
    ({ domain }) => workspace.ownDomains.has(domain) || rules.ownDomains.includes(domain),
  )
}

const isTooOld = ({ windowStart, receivedAt }: VerdictFacts): boolean =>
  windowStart !== null && receivedAt < windowStart

const isPastRetention = ({ facts, rules, workspace }: Case): boolean => {
  const since = keptSince(rules.retentionDays, workspace.now)
  return since !== null && facts.receivedAt < since
}

/** A contact with the address of the mailbox itself would take all of its mail. */
const isOfNoContact = ({ facts, rules, workspace }: Case): boolean =>
  rules.scope === 'contacts' &&
  !takesPart({ ...facts, parties: othersAmong(facts.parties, workspace) }, workspace.known)

const isAutomated = ({ machine }: VerdictFacts, { automated }: Rules): boolean =>
  automated === 'keep-out' && machine !== null

const othersAmong = (
  parties: readonly AddressForms[],
  { ownAddress }: WorkspaceFacts,
): readonly AddressForms[] => parties.filter(({ exact }) => exact !== ownAddress)
