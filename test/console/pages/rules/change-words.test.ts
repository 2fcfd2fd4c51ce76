import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { NeverLogEntry, NeverLogRule } from '../../../../models/wire/rules.ts'
import { SomeRules } from '../../../../models/wire/rules/rule-versions.ts'
import { changeWords, shortened } from '../../../../console/rules/versions/change-words.ts'
import { changedBetween } from '../../../../webhook/rules/told/changed.ts'
import { somePolicy, someRules } from './rule-facts.ts'

const telling = {
  unchosen: 'As your organization',
  folderName: (id: string) => (id === 'f-news' ? 'News' : undefined),
}
const words = (was: SomeRules, now: SomeRules) => changeWords(was, now, telling)

const address = (value: string): NeverLogEntry => ({ of: 'address', value })
const domain = (value: string): NeverLogEntry => ({ of: 'domain', value, subdomains: true })
const any = (...entries: NeverLogEntry[]): NeverLogRule => ({ id: '', kind: 'any-party', entries })
const all = (...entries: NeverLogEntry[]): NeverLogRule => ({
  id: '',
  kind: 'all-parties',
  entries,
})
const [ann, bob, partner] = [address('ann@x.test'), address('bob@x.test'), domain('partner.test')]

const own = (was: Partial<SomeRules>, now: Partial<SomeRules>) =>
  [someRules(was as never), someRules(now as never)] as const
const policy = (was: Partial<SomeRules>, now: Partial<SomeRules>) =>
  [somePolicy(was as never), somePolicy(now as never)] as const

const table: [string, readonly [SomeRules, SomeRules], string[]][] = [
  ['nothing', own({ scope: 'all' }, { scope: 'all' }), []],
  [
    'a never-log rule',
    own({}, { neverLog: [any(ann, partner)] }),
    ['Never log: added ann@x.test, everybody at partner.test and its subdomains'],
  ],
  [
    'an address of a rule',
    own({ neverLog: [any(ann)] }, { neverLog: [any(bob)] }),
    ['Never log: added bob@x.test; removed ann@x.test'],
  ],
  [
    'the kind of a rule',
    own({ neverLog: [any(ann)] }, { neverLog: [all(ann)] }),
    ['Never log: added “Mail among ann@x.test alone”; removed ann@x.test'],
  ],
  [
    'one rule into two',
    own({ neverLog: [any(ann, bob)] }, { neverLog: [any(ann), any(bob)] }),
    ['Never log: arranged otherwise'],
  ],
  ['the id of a rule', own({ neverLog: [any(ann)] }, { neverLog: [{ ...any(ann), id: 'r' }] }), []],
  [
    'a choice',
    own({}, { internalOnly: 'store', noCrmCategory: 'Private' }),
    [
      'Mail among colleagues only: As your organization → Is logged',
      'Outlook category that keeps a mail out: As your organization → “Private”',
    ],
  ],
  [
    'a choice taken back',
    own({ scope: 'contacts', direction: 'two-way' }, {}),
    [
      'Mail that is logged: Only mail in which a contact takes part → As your organization',
      'What goes back to Outlook: Read state and the category FlowCRM → As your organization',
    ],
  ],
  ['a scope that means the same', own({ scope: 'all' }, { scope: 'folders' }), []],
  [
    'folders',
    own({ excludedFolders: ['f-gone'] }, { excludedFolders: ['f-news'] }),
    ['Folders left out: added News; removed a folder that is not watched any more'],
  ],
  [
    'conversations',
    own({ keptOut: ['a', 'b'] }, { keptOut: ['c', 'b', 'd'] }),
    ['Conversations kept out: 2 more, 1 let in again'],
  ],
  [
    'the order of conversations',
    own({ keptOut: ['a', 'b'] }, { keptOut: ['b', 'a'] }),
    ['Conversations kept out: arranged otherwise'],
  ],
  [
    'a lock',
    policy({ locked: ['scope'] }, { locked: ['direction', 'windowDays'] }),
    [
      'Locked: What goes back to Outlook, Mail from before a mailbox was connected',
      'Not locked any more: Mail that is logged',
    ],
  ],
  [
    'a window',
    policy({}, { windowDays: 90 }),
    [
      'Mail from before a mailbox was connected: Each mailbox chooses for itself → The last 90 days',
    ],
  ],
  [
    'all history',
    policy({ windowDays: 30 }, { windowDays: null }),
    ['Mail from before a mailbox was connected: The last 30 days → All of it'],
  ],
  [
    'how mail is kept',
    policy({ retentionDays: 1 }, { retentionDays: null, whenGone: 'remove' }),
    [
      'How long mail is kept: one day → For ever',
      'When a message is deleted in its mailbox: The e-mail stays in the CRM → The e-mail is removed, too',
    ],
  ],
  [
    'a default that is said',
    policy({}, { whenGone: 'keep', deduplicate: true, dropBox: null }),
    [],
  ],
  [
    'copies',
    policy({}, { deduplicate: false }),
    ['Copies of one mail in several mailboxes: One e-mail → An e-mail each'],
  ],
  [
    'a drop-box',
    policy({}, { dropBox: { address: 'save@x.test', byItself: true } }),
    ['Drop-box address: None → save@x.test, copied in by the add-in'],
  ],
  [
    'the rest',
    policy({ ownDomains: ['a.test'] }, { privacyAddresses: ['p@x.test'], timeZone: 'Asia/Tokyo' }),
    [
      'Time zone: UTC → Asia/Tokyo',
      'Own domains: removed a.test',
      'Privacy addresses: added p@x.test',
    ],
  ],
]

describe('what a version changed', () => {
  it.each(table)('is told in words: %s', (_what, [was, now], lines) => {
    expect(words(was, now)).toEqual(lines)
  })

  it.each(table)('is told the same of what the service sends of them: %s', (_what, sets, lines) => {
    const { was, now } = changedBetween(...sets)
    const sent = SomeRules.array().parse(JSON.parse(JSON.stringify([was, now])))
    expect(words(sent[0]!, sent[1]!)).toEqual(lines)
  })
})

const few = <One>(...values: One[]) => fc.option(fc.constantFrom(...values), { nil: undefined })
const list = <One>(...values: One[]) => fc.uniqueArray(fc.constantFrom(...values))
/** By each field, the values of which no two mean the same. */
const fields = {
  scope: few('all', 'contacts'),
  direction: few('one-way', 'two-way'),
  internalOnly: few('store', 'keep-out'),
  automated: few('store', 'keep-out'),
  noCrmCategory: few('No-CRM', 'Private'),
  windowDays: few(0, 30, null),
  deduplicate: few(false),
  retentionDays: few(1, 400),
  whenGone: few('mark', 'remove'),
  timeZone: fc.constantFrom('UTC', 'Asia/Tokyo'),
  dropBox: few(
    { address: 'save@x.test', byItself: true },
    { address: 'save@x.test', byItself: false },
  ),
  neverLog: list(any(ann), any(bob, partner), all(ann), all(ann, bob)),
  locked: list('scope', 'direction', 'windowDays'),
  ownDomains: list('a.test', 'b.test'),
  privacyAddresses: list('p@x.test', 'q@x.test'),
  excludedFolders: list('f-news', 'f-gone'),
  keptOut: list('a', 'b', 'c'),
}
const rules = fc.record(fields) as fc.Arbitrary<SomeRules>
const labels: Record<keyof typeof fields, RegExp> = {
  ...{ scope: /^Mail that is logged:/, direction: /^What goes back/, timeZone: /^Time zone:/ },
  ...{ internalOnly: /^Mail among colleagues only:/, automated: /^Mail that machines send:/ },
  ...{ noCrmCategory: /^Outlook category/, windowDays: /^Mail from before/ },
  ...{ deduplicate: /^Copies/, retentionDays: /^How long/, whenGone: /^When a message is deleted/ },
  ...{ dropBox: /^Drop-box/, neverLog: /^Never log:/, locked: /^(Locked|Not locked any more):/ },
  ...{ ownDomains: /^Own domains:/, privacyAddresses: /^Privacy addresses:/ },
  ...{ excludedFolders: /^Folders left out:/, keptOut: /^Conversations kept out:/ },
}

describe('whatever is changed', () => {
  it('is named, field by field, and nothing else is', () => {
    fc.assert(
      fc.property(rules, rules, (was, now) => {
        const lines = words(was, now)
        for (const [key, label] of Object.entries(labels) as [keyof SomeRules, RegExp][]) {
          const isChanged = JSON.stringify(was[key]) !== JSON.stringify(now[key])
          expect([key, lines.some((line) => label.test(line))]).toEqual([key, isChanged])
        }
      }),
    )
  })

  it('is nothing between equals, and is the same when only the differences are known', () => {
    fc.assert(
      fc.property(rules, rules, (was, now) => {
        expect(words(was, structuredClone(was))).toEqual([])
        const changed = changedBetween(was, now)
        expect(words(changed.was, changed.now)).toEqual(words(was, now))
      }),
    )
  })
})

describe('many lines', () => {
  it('are shortened to the first two, and each to its beginning', () => {
    const long = `Never log: added ${Array.from({ length: 40 }, (_, n) => `n${n}@x.test`).join(', ')}`
    expect(shortened(['One', 'Two'])).toEqual({ short: ['One', 'Two'], isAll: true })
    expect(shortened(['One', 'Two', 'Three'])).toEqual({ short: ['One', 'Two'], isAll: false })
    const { short, isAll } = shortened([long])
    expect(isAll).toBe(false)
    expect(short[0]).toMatch(/^Never log: added n0@x\.test.*,…$/)
    expect(short[0]!.length).toBeLessThan(125)
  })
})
