import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  apartIdentityOf,
  canBeOneSending,
  identityOf as keyedIdentityOf,
  messageIdKeyOf,
  namesToSettle,
  normaliseMessageId,
  personalIdentityOf,
  possibleIdentities,
  settledIdentity,
  type IdentityFacts,
} from '../../../../webhook/sync/decide/identity.ts'
import { someKeys } from '../../../support/keys.ts'

const { blind } = someKeys()
const identityOf = (of: IdentityFacts) => keyedIdentityOf(blind, of)

const facts = (over: Partial<IdentityFacts> = {}): IdentityFacts => ({
  internetMessageId: '<One@Customer.example>',
  fromAddress: 'carol@customer.example',
  sentAt: new Date('2026-11-20T08:59:30Z'),
  subject: 'Offer',
  bodyHtml: '<p>Good morning.</p>',
  ...over,
})

const anyFacts = fc.record<IdentityFacts>({
  internetMessageId: fc.option(fc.string()),
  fromAddress: fc.option(fc.emailAddress()),
  sentAt: fc.option(fc.date({ noInvalidDate: true })),
  subject: fc.string(),
  bodyHtml: fc.string(),
})

/** Without brackets, space or capitals, and of something. */
const bareId = fc.stringMatching(/^[a-z0-9.]{1,20}@[a-z0-9.]{1,20}$/)

describe('the Message-ID of an e-mail', () => {
  it.each([
    ['<one@customer.example>', 'one@customer.example'],
    ['one@customer.example', 'one@customer.example'],
    ['<ONE@Customer.Example>', 'one@customer.example'],
    ['  <one@customer.example>\r\n', 'one@customer.example'],
    ['< one@customer.example >', 'one@customer.example'],
    ['<one@customer.example', 'one@customer.example'],
    ['<a<b>c@customer.example>', 'a<b>c@customer.example'],
    ['<>', null],
    ['   ', null],
    ['', null],
    [null, null],
  ])('%j is read as %j', (given, read) => {
    expect(normaliseMessageId(given)).toBe(read)
  })

  it('is the same key however it is written, and no key when there is none', () => {
    const key = messageIdKeyOf(blind, '<one@customer.example>')
    expect(messageIdKeyOf(blind, ' ONE@customer.example ')).toBe(key)
    expect(messageIdKeyOf(blind, '<two@customer.example>')).not.toBe(key)
    expect(messageIdKeyOf(blind, null)).toBeNull()
    expect(messageIdKeyOf(blind, '<>')).toBeNull()
  })

  it('is another key in another workspace', () => {
    const other = someKeys('other').blind
    const id = '<one@customer.example>'
    expect(messageIdKeyOf(other, id)).not.toBe(messageIdKeyOf(blind, id))
    expect(keyedIdentityOf(other, facts())).not.toBe(identityOf(facts()))
  })

  it('is read the same when it is read again', () => {
    fc.assert(
      fc.property(bareId, (id) => {
        expect(normaliseMessageId(`<${id.toUpperCase()}>`)).toBe(id)
        expect(normaliseMessageId(normaliseMessageId(id))).toBe(id)
      }),
    )
  })
})

describe('copies of one message meet', () => {
  it.each<[string, Partial<IdentityFacts>]>([
    ['without the brackets', { internetMessageId: 'One@Customer.example' }],
    ['with the case of a relay', { internetMessageId: '<one@CUSTOMER.example>' }],
    ['with space around the id', { internetMessageId: ' <One@Customer.example> ' }],
    ['with another case of the sender', { fromAddress: 'Carol@Customer.example ' }],
    ['without the sent date, as from Office.js', { sentAt: null }],
    ['with a footer added on the way', { bodyHtml: '<p>Good morning.</p><p>Checked.</p>' }],
    ['with a marked subject', { subject: '[EXTERNAL] Offer' }],
  ])('%s', (_how, over) => {
    expect(identityOf(facts(over))).toBe(identityOf(facts()))
  })
})

describe('different messages stay apart', () => {
  it.each<[string, Partial<IdentityFacts>]>([
    ['with another Message-ID', { internetMessageId: '<two@customer.example>' }],
    ['from another sender under the same Message-ID', { fromAddress: 'eve@evil.example' }],
    ['from nobody under the same Message-ID', { fromAddress: null }],
    ['without a Message-ID', { internetMessageId: null }],
  ])('%s', (_how, over) => {
    expect(identityOf(facts(over))).not.toBe(identityOf(facts()))
  })
})

describe('a message without a Message-ID', () => {
  const bare = (over: Partial<IdentityFacts> = {}) => facts({ internetMessageId: null, ...over })

  it('is known again by what it says', () => {
    expect(identityOf(bare())).toMatch(/^print:/)
    expect(identityOf(bare({ internetMessageId: '<>', subject: ' Offer ' }))).toBe(
      identityOf(bare()),
    )
  })

  it.each<[string, Partial<IdentityFacts>]>([
    ['sender', { fromAddress: 'eve@evil.example' }],
    ['sent date', { sentAt: new Date('2026-11-20T08:59:31Z') }],
    ['subject', { subject: 'Offer 2' }],
    ['body', { bodyHtml: '<p>Good evening.</p>' }],
  ])('is another message with another %s', (_what, over) => {
    expect(identityOf(bare(over))).not.toBe(identityOf(bare()))
  })

  it('does not run its parts together', () => {
    expect(identityOf(bare({ subject: 'ab', bodyHtml: 'c' }))).not.toBe(
      identityOf(bare({ subject: 'a', bodyHtml: 'bc' })),
    )
  })
})

describe('two sendings under one Message-ID', () => {
  const SENT = Date.parse('2026-11-20T08:59:30Z')
  const at = (seconds: number) => new Date(SENT + seconds * 1_000)
  const copy = (sentAt: Date | null, identity = 'id:one') => ({ identity, sentAt })

  /** Stores copies one after the other. The answer is under which identity each was. */
  function stored(copies: { identity: string; sentAt: Date | null }[]): string[] {
    const emails = new Map<string, Date | null>()
    return copies.map((each) => {
      const identity = settledIdentity(each, (name) => emails.get(name))
      emails.set(identity, emails.get(identity) ?? each.sentAt)
      return identity
    })
  }
  const countOf = (copies: Parameters<typeof stored>[0]) => new Set(stored(copies)).size

  it.each<[string, number, number]>([
    ['are one e-mail within two minutes, as clocks differ', 120, 1],
    ['are two e-mails when they are further apart', 121, 2],
    ['are two e-mails when one is years older', -86_400 * 900, 2],
  ])('%s', (_what, seconds, emails) => {
    expect(countOf([copy(at(0)), copy(at(seconds))])).toBe(emails)
    expect(countOf([copy(at(seconds)), copy(at(0))])).toBe(emails)
  })

  it('are each met again by their copies, a minute more or less', () => {
    const [first, second, ...copies] = stored([
      ...[copy(at(0)), copy(at(3_600))],
      ...[copy(at(1)), copy(at(3_570)), copy(at(3_600)), copy(at(3_640))],
    ])
    expect(copies).toEqual([first, second, second, second])
  })

  it('are joined at the first by a copy that tells no date, which then is the first’s', () => {
    expect(countOf([copy(at(0)), copy(null), copy(at(3_600)), copy(null)])).toBe(2)
    const [unknown, first, second] = stored([copy(null), copy(at(0)), copy(at(3_600))])
    expect(first).toBe(unknown)
    expect(second).not.toBe(unknown)
  })

  it('keep the second by its own name when the first is gone', () => {
    const second = stored([copy(at(0)), copy(at(3_600))])[1]!
    const left = new Map([[second, at(3_600)]])
    expect(settledIdentity(copy(at(3_600)), (name) => left.get(name))).toBe(second)
    expect(settledIdentity(copy(at(0)), (name) => left.get(name))).toBe('id:one')
  })

  it.each(['print:one', 'own:one', apartIdentityOf('id:one', 'sync:box:1')])(
    'need no telling apart where the name does it: %s',
    (identity) => {
      expect(namesToSettle(copy(at(0), identity))).toEqual([])
      expect(settledIdentity(copy(at(0), identity), () => at(3_600))).toBe(identity)
    },
  )

  it('become one e-mail for each sending, in whatever order their copies come', () => {
    const hours = fc.uniqueArray(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 5 })
    const copies = hours.chain((sendings) =>
      fc.array(fc.tuple(fc.constantFrom(...sendings), fc.integer({ min: 0, max: 20 })), {
        minLength: 1,
        maxLength: 30,
      }),
    )
    fc.assert(
      fc.property(copies, (all) => {
        const names = stored(all.map(([hour, jitter]) => copy(at(hour * 3_600 + jitter))))
        const bySending = new Map(all.map(([hour], index) => [hour, names[index]]))
        expect(names).toEqual(all.map(([hour]) => bySending.get(hour)))
        expect(new Set(bySending.values()).size).toBe(bySending.size)
      }),
    )
  })

  it('are stored under one of the names that a copy can have', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1 }), (seconds) => {
        const all = seconds.map((each) => copy(at(each)))
        const names = stored(all)
        all.forEach((each, index) => {
          const possible = possibleIdentities({ ...each, identity: names[index]! }, 'sync:box:1')
          expect(possible).toContain(names[index])
        })
      }),
    )
  })

  it('may be one where either does not tell when it was sent', () => {
    expect(canBeOneSending(null, at(0))).toBe(true)
    expect(canBeOneSending(at(0), null)).toBe(true)
    expect(canBeOneSending(at(0), at(121))).toBe(false)
  })
})

describe('any message', () => {
  it('has one identity, which tells nothing of what it says', () => {
    fc.assert(
      fc.property(anyFacts, (any) => {
        expect(identityOf(any)).toBe(identityOf({ ...any }))
        expect(identityOf(any)).toMatch(/^(id|print):[\w-]{22}$/)
      }),
    )
  })

  it('with a Message-ID is the same whatever else it says', () => {
    fc.assert(
      fc.property(bareId, anyFacts, anyFacts, (id, one, other) => {
        const sender = { internetMessageId: `<${id}>`, fromAddress: one.fromAddress }
        expect(identityOf({ ...one, ...sender })).toBe(identityOf({ ...other, ...sender }))
      }),
    )
  })

  it('has a personal identity that meets nobody else’s', () => {
    fc.assert(
      fc.property(anyFacts, (any) => {
        const own = personalIdentityOf(blind, 'alice', any)
        expect(own).toBe(personalIdentityOf(blind, 'alice', any))
        expect(own).not.toBe(personalIdentityOf(blind, 'bob', any))
        expect(own).not.toBe(identityOf(any))
      }),
    )
  })
})
