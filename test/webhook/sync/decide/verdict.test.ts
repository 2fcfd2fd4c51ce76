import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { addressForms } from '../../../../webhook/crm/decide/addresses.ts'
import { DAY } from '../../../../webhook/duration.ts'
import { partiesOf, recipientsOf } from '../../../../webhook/sync/decide/parties/parties.ts'
import { reasonNamed } from '../../../../webhook/sync/decide/reasons.ts'
import { DEFAULT_RULES, type Rules } from '../../../../webhook/sync/decide/rules.ts'
import {
  isOverridable,
  LARGEST_BYTES,
  verdictOn,
  windowStartOf,
  type Verdict,
  type VerdictFacts,
  type WorkspaceFacts,
} from '../../../../webhook/sync/decide/verdict.ts'
import { aMessage, NOW } from '../../../support/builders.ts'

const before = new Date(NOW.getTime() - 1)
const after = new Date(NOW.getTime() + 1)
const later = new Date(NOW.getTime() + 30 * DAY)
const message = aMessage()

const facts = (over: Partial<VerdictFacts> = {}): VerdictFacts => ({
  folder: { id: 'inbox', watched: true },
  ...{ isDraft: false, receivedAt: NOW, bytes: 1_000, windowStart: null, machine: null },
  ...{ categories: [], conversationId: 'talk', sensitivity: 'normal', byHand: false },
  ...{ parties: partiesOf(message), recipients: recipientsOf(message) },
  ...over,
})
const rules = (over: Partial<Rules> = {}): Rules => ({ ...DEFAULT_RULES, ...over })
const workspace = (over: Partial<WorkspaceFacts> = {}): WorkspaceFacts => ({
  ...{ ownAddress: 'alice@flow.example', ownDomains: new Set(), known: new Set() },
  ...{ erased: new Set(), limit: null, now: NOW },
  ...over,
})
const parties = (...addresses: string[]) => addresses.map((each) => addressForms(each)!)
const carol = 'carol@customer.example'
const neverCarol = {
  ...{ id: 'r1', kind: 'any-party' as const },
  entries: [{ of: 'address' as const, value: carol }],
}
const inWords = (verdict: Verdict) =>
  'reason' in verdict ? `${verdict.kind} ${verdict.reason}` : verdict.kind

type Situation = {
  facts?: Partial<VerdictFacts>
  rules?: Partial<Rules>
  workspace?: Partial<WorkspaceFacts>
}
const judged = ({ facts: f, rules: r, workspace: w }: Situation) =>
  verdictOn(facts(f), rules(r), workspace(w))

/** One situation for each reason, in the order of product 4.2. */
const SITUATIONS: [string, Situation][] = [
  ['exclude erased-person', { workspace: { erased: new Set([carol]) } }],
  ['exclude draft', { facts: { isDraft: true } }],
  ['exclude folder-not-watched', { facts: { folder: { id: 'inbox', watched: false } } }],
  ['exclude folder-excluded', { rules: { excludedFolders: ['inbox'] } }],
  ['exclude category-no-crm', { facts: { categories: ['Red', ' no-crm'] } }],
  ['exclude conversation-kept-out', { rules: { keptOut: ['talk'] } }],
  ['exclude privacy-bcc', { rules: { privacyAddresses: ['alice@flow.example'] } }],
  ['exclude marked-private', { facts: { sensitivity: 'private' } }],
  ['exclude rule:r1', { rules: { neverLog: [neverCarol] } }],
  [
    'exclude internal-only',
    { rules: { internalOnly: 'keep-out', ownDomains: ['flow.example', 'customer.example'] } },
  ],
  [
    'exclude retention-passed',
    { facts: { receivedAt: before }, rules: { retentionDays: 30 }, workspace: { now: later } },
  ],
  ['exclude older-than-window', { facts: { windowStart: after } }],
  ['exclude no-contact', { rules: { scope: 'contacts' } }],
  ['exclude automated', { facts: { machine: 'list' }, rules: { automated: 'keep-out' } }],
  ['fail too-large', { facts: { bytes: LARGEST_BYTES + 1 } }],
  ['wait daily-limit', { workspace: { limit: 'daily-limit' } }],
]
/** What a person's own log is worth more than. */
const OVERRIDDEN = ['folder-not-watched', 'folder-excluded', 'internal-only', 'older-than-window']
const isOverridden = (words: string) =>
  [...OVERRIDDEN, 'no-contact', 'automated'].some((reason) => words === `exclude ${reason}`)

const together = (situations: Situation[]): Situation =>
  situations.reduce((all, one) => ({
    facts: { ...all.facts, ...one.facts },
    rules: { ...all.rules, ...one.rules },
    workspace: { ...all.workspace, ...one.workspace },
  }))

/** Two situations that set the same thing cannot hold at once. */
const canHold = (one: Situation, other: Situation): boolean =>
  (['facts', 'rules', 'workspace'] as const).every((part) =>
    Object.keys(one[part] ?? {}).every((key) => !Object.keys(other[part] ?? {}).includes(key)),
  )

describe('the verdict', () => {
  it('is to store an ordinary message', () => {
    expect(judged({})).toEqual({ kind: 'store' })
  })

  it.each(SITUATIONS)('is to %s', (words, situation) => {
    expect(inWords(judged(situation))).toBe(words)
  })

  it('is to wait for room in the store, too', () => {
    expect(judged({ workspace: { limit: 'storage-limit' } })).toMatchObject({ kind: 'wait' })
  })

  it('is the first of the order that holds, whatever else does', () => {
    const some = fc.subarray(SITUATIONS, { minLength: 1 })
    fc.assert(
      fc.property(some, fc.boolean(), (chosen, byHand) => {
        const held = chosen.filter(([, one], at) =>
          chosen.slice(0, at).every(([, other]) => canHold(one, other)),
        )
        const situation = together(held.map(([, each]) => each))
        const first = held.find(([words]) => !byHand || !isOverridden(words))
        const verdict = judged({ ...situation, facts: { ...situation.facts, byHand } })
        expect(inWords(verdict)).toBe(first?.[0] ?? 'store')
        // Same facts, same verdict; and asked again, the same again.
        expect(judged({ ...situation, facts: { ...situation.facts, byHand } })).toEqual(verdict)
      }),
      { numRuns: 500 },
    )
  })

  it.each(SITUATIONS)(
    'of what a person logs by hand is to %s only where that protects',
    (words, situation) => {
      const plain = judged(situation)
      const byHand = judged({ ...situation, facts: { ...situation.facts, byHand: true } })
      expect(isOverridable(plain)).toBe(isOverridden(words))
      expect(inWords(byHand)).toBe(isOverridden(words) ? 'store' : words)
    },
  )

  it('has a reason of the catalogue, whose state fits', () => {
    const states = { exclude: 'excluded', fail: 'failed', wait: 'pending', store: 'stored' }
    for (const [, situation] of SITUATIONS) {
      const verdict = judged(situation)
      const reason = 'reason' in verdict ? reasonNamed(verdict.reason) : null
      expect(reason?.state).toBe(states[verdict.kind])
    }
  })
})

describe('a never-log rule', () => {
  const domain = { of: 'domain' as const, value: 'customer.example', subdomains: false }
  type Rule = Rules['neverLog'][number]
  const ruleOf =
    (kind: Rule['kind']) =>
    (...entries: Rule['entries'][number][]): Rule => ({ id: 'r', kind, entries })
  const [anyOf, allOf] = [ruleOf('any-party'), ruleOf('all-parties')]
  it.each<[string, Rule, string[], boolean]>([
    [
      'keeps out what one address takes part in',
      anyOf({ of: 'address', value: carol }),
      ['alice@flow.example', carol, 'x@y.example'],
      true,
    ],
    [
      'is not about others',
      anyOf({ of: 'address', value: carol }),
      ['dan@customer.example'],
      false,
    ],
    [
      'means what comes under a plus tag, too',
      anyOf({ of: 'address', value: carol }),
      ['carol+news@customer.example'],
      true,
    ],
    [
      'about a plus tag means that alone',
      anyOf({ of: 'address', value: 'carol+news@customer.example' }),
      [carol],
      false,
    ],
    ['keeps out a domain', anyOf(domain), ['DAN@Customer.Example'], true],
    ['leaves the domains below it in', anyOf(domain), ['dan@mail.customer.example'], false],
    [
      'keeps those below out where it says so',
      anyOf({ ...domain, subdomains: true }),
      ['dan@a.mail.customer.example'],
      true,
    ],
    [
      'is not fooled by a name that ends alike',
      anyOf({ ...domain, subdomains: true }),
      ['dan@notcustomer.example'],
      false,
    ],
    [
      'for all parties wants everybody but the mailbox',
      allOf(domain),
      ['alice@flow.example', carol, 'dan@customer.example'],
      true,
    ],
    [
      'for all parties lets in what one other takes part in',
      allOf(domain),
      ['alice@flow.example', carol, 'x@y.example'],
      false,
    ],
    [
      'for all parties may name several',
      allOf(domain, { of: 'address', value: 'x@y.example' }),
      [carol, 'x@y.example'],
      true,
    ],
    [
      'for all parties is not about mail of the mailbox alone',
      allOf({ of: 'domain', value: 'flow.example', subdomains: false }),
      ['alice@flow.example'],
      false,
    ],
  ])('%s', (_what, rule, addresses, isOut) => {
    const situation = { facts: { parties: parties(...addresses) }, rules: { neverLog: [rule] } }
    expect(inWords(judged(situation))).toBe(isOut ? 'exclude rule:r' : 'store')
  })
})

describe('internal mail', () => {
  const internal = { internalOnly: 'keep-out' as const, ownDomains: ['flow.example'] }
  it.each<[string, Partial<Parameters<typeof partiesOf>[0]>, string]>([
    ['is between people of the organization', {}, 'exclude internal-only'],
    ['is none when one is outside', { cc: [{ name: '', address: carol }] }, 'store'],
    [
      'is none when one outside is copied blindly',
      { bcc: [{ name: '', address: carol }] },
      'store',
    ],
    ['is none when the answer goes outside', { replyTo: [{ name: '', address: carol }] }, 'store'],
    ['is none where somebody cannot be made out', { cc: [{ name: '', address: 'who@' }] }, 'store'],
    [
      'is it beside a name of Exchange’s own',
      { cc: [{ name: 'Room', address: '/o=exchangelabs/cn=room' }] },
      'exclude internal-only',
    ],
  ])('%s', (_what, over, expected) => {
    const between = partiesOf({
      ...{ from: { name: '', address: 'bob@flow.example' }, sender: null, cc: [], bcc: [] },
      ...{ to: [{ name: '', address: 'alice@other.example' }], replyTo: [] },
      ...over,
    })
    const situation = {
      facts: { parties: between },
      rules: internal,
      workspace: { ownDomains: new Set(['other.example']) },
    }
    expect(inWords(judged(situation))).toBe(expected)
  })

  it('that names nobody at all is none', () => {
    expect(judged({ facts: { parties: [] }, rules: internal })).toEqual({ kind: 'store' })
  })
})

describe('the scope of contacts', () => {
  const scope = { scope: 'contacts' as const }
  it.each<[string, string[], string]>([
    ['takes mail with a contact', [carol], 'store'],
    ['takes a contact under a plus tag', ['carol+x@customer.example'], 'store'],
    ['leaves others out', ['dan@customer.example'], 'exclude no-contact'],
    ['does not count the mailbox itself', ['alice@flow.example'], 'exclude no-contact'],
  ])('%s', (_what, addresses, expected) => {
    const known = new Set([carol, 'alice@flow.example'])
    const situation = {
      facts: { parties: parties(...addresses) },
      rules: scope,
      workspace: { known },
    }
    expect(inWords(judged(situation))).toBe(expected)
  })
})

describe('the window', () => {
  it.each<[string, number | null, Date | null, Date | null]>([
    ['is open when all mail is wanted', null, NOW, null],
    ['begins with the watching when no history is wanted', 0, NOW, NOW],
    ['begins so many days before', 30, NOW, new Date(NOW.getTime() - 30 * DAY)],
    ['is open for a folder of which nobody knows since when it is watched', 30, null, null],
  ])('%s', (_what, days, since, expected) => {
    expect(windowStartOf(days, since)).toEqual(expected)
  })

  it.each([
    [NOW, 'store'],
    [before, 'store'],
    [after, 'exclude older-than-window'],
  ])('takes what it begins with (%p)', (windowStart, expected) => {
    expect(inWords(judged({ facts: { windowStart } }))).toBe(expected)
  })
})
