import { describe, expect, it } from '@jest/globals'
import { everyLetter } from '../../../sandbox/seed/every-letter.ts'
import { mailboxOf, seedPeople } from '../../../sandbox/seed/people.ts'
import { moment } from '../../../sandbox/seed/when.ts'

describe('the people of the sandbox', () => {
  it.each([
    ['alice@contoso.test', 'alice@contoso.test'],
    ['Alice@Contoso.test', 'alice@contoso.test'],
    ['alice+fairs@contoso.test', 'alice@contoso.test'],
    ['a.archer@contoso.test', 'alice@contoso.test'],
    ['a.archer+news@contoso.test', 'alice@contoso.test'],
    ['hello@contoso.test', 'sales@contoso.test'],
    ['nobody@contoso.test', undefined],
    ['alice@northwind.test', undefined],
  ])('get mail to %s in %s', (address, mailbox) => {
    expect(mailboxOf({ address })).toBe(mailbox)
  })

  it('are those of the tenant, with one shared mailbox that Alice owns', () => {
    expect(seedPeople.mailboxes.map(({ address, displayName }) => [address, displayName])).toEqual([
      ['alice@contoso.test', 'Alice Archer'],
      ['bob@contoso.test', 'Bob Baker'],
      ['admin@contoso.test', 'Ada Admin'],
      ['sales@contoso.test', 'Contoso Sales'],
    ])
    expect(seedPeople.mailboxes.filter(({ owner }) => owner).map(({ owner }) => owner)).toEqual([
      'alice@contoso.test',
    ])
  })

  it('have contacts, each of whom writes', () => {
    const addresses = seedPeople.contacts.map(({ address }) => address)
    expect(new Set(addresses).size).toBe(addresses.length)
    const writers = new Set(everyLetter().map(({ from }) => from.address))
    expect(addresses.filter((address) => !writers.has(address))).toEqual([])
  })
})

describe('a moment', () => {
  const monday = new Date('2026-11-23T08:30:20.500Z')

  it.each([
    [[0, '07:00'], '2026-11-23T07:00:00.000Z'],
    [[1, '17:05'], '2026-11-20T17:05:00.000Z'], // the Friday before
    [[6, '09:00'], '2026-11-13T09:00:00.000Z'],
    [[-5, '10:30'], '2026-11-30T10:30:00.000Z'],
    [90, '2026-11-23T07:00:20.000Z'],
  ] as const)('%j is told from a Monday as %s', (when, told) => {
    expect(moment(when, monday).toISOString()).toBe(told)
  })
})
