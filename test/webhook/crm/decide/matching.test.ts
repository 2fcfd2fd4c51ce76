import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { addressForms } from '../../../../webhook/crm/decide/addresses.ts'
import { areSimilar, duplicateReason } from '../../../../webhook/crm/decide/duplicates.ts'
import {
  contactIdsOf,
  matchesOf,
  partyRoles,
  type KnownContact,
  type Party,
  type PinFacts,
} from '../../../../webhook/crm/decide/matching.ts'
import { mergedContact, unmergedContact } from '../../../../webhook/crm/decide/merged-contact.ts'
import { areWordsIn, beginningsOf, wholeNameOf } from '../../../../webhook/crm/decide/names.ts'
import { isMachine, worthSuggesting } from '../../../../webhook/crm/decide/suggesting.ts'

const jane: KnownContact = {
  contactId: 'jane',
  addresses: ['jane@contoso.example', 'jane@home.example'],
  aliases: ['jane@contoso.test'],
}
const joe: KnownContact = { contactId: 'joe', addresses: ['joe@contoso.example'], aliases: [] }

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 9, minute))
const aPin = (over: Partial<PinFacts> = {}): PinFacts => ({
  ...{ contactId: 'jane', emailId: 'email-1', belongs: true, at: at(0) },
  ...over,
})

const matched = (parties: Party[], pins: PinFacts[] = []) =>
  matchesOf({ id: 'email-1', parties }, [jane, joe], pins).map(({ contactId, reasons }) => [
    contactId,
    reasons.map(({ by }) => by),
  ])

describe('an e-mail belongs to', () => {
  it.each(partyRoles.filter((role) => role !== 'reply-to'))('whoever is in %s', (role) => {
    expect(matched([{ role, address: 'Jane@Contoso.example' }])).toEqual([['jane', ['address']]])
  })

  it.each([
    ['a tag', 'jane+news@contoso.example', 'plus-tag'],
    ['another domain of the company', 'jane@contoso.test', 'alias-domain'],
    ['another domain of the company, with a tag', 'jane+x@contoso.test', 'alias-domain'],
  ])('a contact by %s', (_how, address, by) => {
    expect(matched([{ role: 'from', address }])).toEqual([['jane', [by]]])
  })

  it('whom answers go to, when a machine sent it for them', () => {
    const parties: Party[] = [
      { role: 'from', address: 'forms@relay.example' },
      { role: 'reply-to', address: 'jane@home.example' },
    ]
    expect(matched(parties)).toEqual([['jane', ['relay']]])
  })

  it('all who are in it, with every reason', () => {
    const parties: Party[] = [
      { role: 'from', address: 'jane@home.example' },
      { role: 'to', address: 'joe@contoso.example' },
      { role: 'cc', address: 'jane+work@contoso.example' },
    ]
    expect(matched(parties)).toEqual([
      ['jane', ['address', 'plus-tag']],
      ['joe', ['address']],
    ])
  })

  it.each([
    'jane@contoso.example.evil.test',
    'xjane@contoso.example',
    'jane@contoso',
    'jane-news@contoso.example',
    '"jane@contoso.example"@evil.test',
    'jane@contoso.example\u0000',
    'jаne@contoso.example', // a Cyrillic letter
    'joe+jane@home.example',
    '',
  ])('nobody for %j', (address) => {
    expect(matched([{ role: 'from', address }])).toEqual([])
  })
})

describe("a person's word", () => {
  const fromJane: Party[] = [{ role: 'from', address: 'jane@home.example' }]

  it('takes a contact out, and puts one in', () => {
    const pins = [aPin({ belongs: false }), aPin({ contactId: 'joe' })]
    expect(matched(fromJane, pins)).toEqual([['joe', ['pinned']]])
  })

  it('on the e-mail outweighs a later one on its thread', () => {
    const pins = [aPin({ belongs: false }), aPin({ emailId: 'email-2', at: at(5) })]
    expect(matched(fromJane, pins)).toEqual([])
  })

  it('on the thread counts when it is the latest', () => {
    const pins = [
      aPin({ emailId: 'email-2', at: at(1) }),
      aPin({ emailId: 'email-3', at: at(2), belongs: false }),
    ]
    expect(matched(fromJane, pins)).toEqual([])
    expect(matched(fromJane, pins.toReversed())).toEqual([])
  })
})

describe('matching by keys', () => {
  const names = fc.constantFrom('a', 'b', 'c', 'a+x', 'b+y')
  const domains = fc.constantFrom('one.example', 'two.example', 'three.example')
  const addresses = fc.tuple(names, domains).map(([name, domain]) => `${name}@${domain}`)
  const ids = fc.constantFrom('k1', 'k2', 'k3')
  const contacts = fc.uniqueArray(
    fc.record({
      contactId: ids,
      addresses: fc.uniqueArray(addresses, { maxLength: 3 }),
      aliases: fc.uniqueArray(addresses, { maxLength: 2 }),
    }),
    { selector: ({ contactId }) => contactId, maxLength: 3 },
  )
  const pin = fc.record({
    contactId: ids,
    emailId: fc.constantFrom('email-1', 'email-2', 'email-3'),
    belongs: fc.boolean(),
    at: fc.integer({ min: 0, max: 3 }).map(at),
  })
  const parties = fc.array(
    fc.record({ role: fc.constantFrom(...partyRoles), address: addresses }),
    { maxLength: 4 },
  )

  it('finds whom matching with reasons finds', () => {
    fc.assert(
      fc.property(contacts, parties, fc.array(pin, { maxLength: 5 }), (known, seen, pins) => {
        const keys = seen.flatMap(({ address }) => {
          const forms = addressForms(address)
          return forms ? [forms.exact, forms.folded] : []
        })
        const byKey = known
          .filter((one) => [...one.addresses, ...one.aliases].some((each) => keys.includes(each)))
          .map(({ contactId }) => contactId)
        const withReasons = matchesOf({ id: 'email-1', parties: seen }, known, pins)
        expect(contactIdsOf('email-1', byKey, pins)).toEqual(
          withReasons.map(({ contactId }) => contactId),
        )
        expect(withReasons.every(({ reasons }) => reasons.length > 0)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('two contacts', () => {
  const compared = (name: string, addresses: string[], companyId: string | null = null) => ({
    ...{ name, companyId, addresses },
  })

  it.each([
    ['a shared mailbox', compared('J', ['j+a@x.example']), compared('Jane', ['j@x.example']), 'same-mailbox'],
    ['name and company', compared('Jane Doe', [], 'c'), compared('Doe, Jane', [], 'c'), 'same-name-and-company'],
    ['name and domain', compared('Jane Doe', ['jane@x.co.uk']), compared('Jäne Doe', ['jd@mail.x.com']), 'same-name-and-similar-domain'],
    ['nothing: a name alone', compared('Jane Doe', ['j@x.example']), compared('Jane Doe', ['j@y.test']), null],
    ['nothing: no name at all', compared('', [], 'c'), compared('', [], 'c'), null],
    ['nothing: a domain for everybody', compared('Jane', ['a@gmail.com']), compared('Jane', ['b@gmail.com']), null],
  ])('may be one by %s', (_what, one, other, reason) => {
    expect(duplicateReason(one, other)).toBe(reason)
    expect(duplicateReason(other, one)).toBe(reason)
  }) // prettier-ignore

  it('are at similar domains only where the organization is the same', () => {
    expect(areSimilar('contoso.com', 'contoso.co.uk')).toBe(true)
    expect(areSimilar('a.co.uk', 'b.co.uk')).toBe(false)
    expect(areSimilar('localhost', 'localhost')).toBe(false)
  })

  const contact = fc.record({
    name: fc.constantFrom('', 'Jane', 'Joe'),
    jobTitle: fc.constantFrom('', 'CEO'),
    phone: fc.constantFrom('', '1', '2'),
    companyId: fc.constantFrom(null, 'c1', 'c2'),
    addresses: fc.uniqueArray(
      fc.record({
        address: fc.constantFrom('a@x.example', 'b@x.example', 'c@x.example'),
        formerSince: fc.constantFrom(null, '2026-01-01T00:00:00.000Z'),
      }),
      { selector: ({ address }) => address, maxLength: 3 },
    ),
  })

  it('are exactly what they were after a merge is undone', () => {
    fc.assert(
      fc.property(contact, contact, (before, absorbed) => {
        const after = mergedContact(before, absorbed)
        expect(unmergedContact(after, { before, after })).toEqual(before)
        const all = [...before.addresses, ...absorbed.addresses].map(({ address }) => address)
        expect(new Set(after.addresses.map(({ address }) => address))).toEqual(new Set(all))
      }),
    )
  })

  it('keep what was changed by hand in between', () => {
    const before = { name: '', jobTitle: '', phone: '', companyId: null, addresses: [] }
    const of = (address: string) => ({ address, formerSince: null })
    const after = mergedContact(before, { ...before, name: 'Jane', addresses: [of('a@x.example')] })
    const now = { ...after, phone: '7', addresses: [...after.addresses, of('new@x.example')] }
    expect(unmergedContact(now, { before, after })).toEqual({
      ...{ ...before, phone: '7', addresses: [of('new@x.example')] },
    })
  })
})

describe('a name', () => {
  it('is found by the beginnings of its words, without accents and in any order', () => {
    expect(areWordsIn('mull jo', ['Jörg Müller-Lüdenscheidt'])).toBe(true)
    expect(areWordsIn('lüdenscheidtx', ['Jörg Müller-Lüdenscheidt'])).toBe(false)
    expect(beginningsOf(['Jo'])).toEqual(['j', 'jo'])
    expect(wholeNameOf('Doe, Jane')).toBe(wholeNameOf('jane DOE'))
    expect(wholeNameOf(' -- ')).toBeNull()
  })

  it('can be any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(areWordsIn(text, [text])).toBe(true)
        expect(beginningsOf([text]).length).toBeLessThanOrEqual(120)
      }),
    )
  })
})

describe('worth a suggestion', () => {
  const own = new Set(['flow.example'])
  const suggest = (parties: { name: string; address: string }[], isMachineMail = false) => [
    ...worthSuggesting({ parties, isMachineMail, ownDomains: own }).values(),
  ]

  it('is each stranger once, under the name that was given', () => {
    const parties = [
      { name: '', address: 'jane+x@contoso.example' },
      { name: ' Jane ', address: 'Jane@contoso.example' },
      { name: 'Alice', address: 'alice@flow.example' },
      { name: 'Nobody', address: 'not an address' },
    ]
    expect(suggest(parties)).toEqual([{ name: 'Jane', address: 'jane@contoso.example' }])
  })

  it('is nobody in the mail of a machine', () => {
    expect(suggest([{ name: 'Jane', address: 'jane@contoso.example' }], true)).toEqual([])
  })

  it.each([
    'no-reply',
    'noreply',
    'do_not_reply',
    'donotreply',
    'mailer-daemon',
    'bounces+12',
    'notifications',
  ])('is not %s@', (local) => expect(isMachine(`${local}@x.example`)).toBe(true))

  it.each(['noreen', 'rootes', 'bouncer', 'alertson', 'jane.noreply'])('is %s@', (local) =>
    expect(isMachine(`${local}@x.example`)).toBe(false),
  )
})
