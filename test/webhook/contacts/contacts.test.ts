import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { companyModel } from '../../../models/contacts/company.ts'
import { contactModel } from '../../../models/contacts/contact.ts'
import type { NewContact } from '../../../models/wire/contacts/contact.ts'
import { wordsOf } from '../../../webhook/crm/decide/names.ts'
import { ChangedMeanwhileError, NotFoundError, TakenError } from '../../../webhook/errors.ts'
import { aPerson } from '../../support/builders.ts'
import { openContactDesks, type OpenContacts } from './open-contact-desks.ts'

const alice = aPerson()
const stranger = aPerson({ workspaceId: '22222222-2222-4222-8222-222222222222' })

let crm: OpenContacts
beforeAll(async () => {
  crm = await openContactDesks()
})
afterAll(async () => crm[Symbol.asyncDispose]())
beforeEach(async () => crm.clear())

const aContact = (over: Partial<NewContact> = {}): NewContact => ({
  ...{ name: 'Carol Jones', jobTitle: '', phone: '', addresses: ['carol@customer.example'] },
  ...over,
})
const create = (over: Partial<NewContact> = {}) => crm.desks.contacts.create(alice, aContact(over))
const search = async (q: string, over = {}) => {
  const query = { q, companyId: null, limit: 50, cursor: null, ...over }
  return (await crm.desks.contacts.page(alice, query)).contacts.map(({ name }) => name)
}

describe('a contact', () => {
  it('is one, however many create it at the same moment', async () => {
    const tries = Array.from({ length: 64 }, (_, at) =>
      create({ addresses: at % 2 ? ['Carol@Customer.example'] : [' carol@customer.example'] }),
    )
    const results = await Promise.allSettled(tries)
    const made = results.filter(({ status }) => status === 'fulfilled')
    const refused = results.filter((each) => each.status === 'rejected')
    expect(made).toHaveLength(1)
    expect(refused.every(({ reason }) => reason instanceof TakenError)).toBe(true)
    expect(await contactModel(crm.db).countDocuments()).toBe(1)
  })

  it('can do without an address, and many can', async () => {
    await create({ name: 'One', addresses: [] })
    await create({ name: 'Two', addresses: [] })
    expect(await contactModel(crm.db).countDocuments()).toBe(2)
  })

  it('is sealed: nothing of it can be read in the database', async () => {
    const company = await crm.desks.companies.create(alice, {
      ...{ name: 'Customer Limited', domains: ['customer.example'] },
    })
    await create({ name: 'Canary Finch', jobTitle: 'Singer', phone: '555', companyId: company.id })
    const stored = [
      ...(await contactModel(crm.db).find().lean()),
      ...(await companyModel(crm.db).find().lean()),
    ]
    const dump = JSON.stringify(stored).toLowerCase()
    for (const word of ['canary', 'finch', 'singer', 'customer', 'limited', 'carol'])
      expect(dump).not.toContain(word)
  })

  it('is found by words, address, domain and company, and by nothing else', async () => {
    const company = await crm.desks.companies.create(alice, {
      name: 'Acme',
      domains: ['acme.example'],
    })
    await create({ name: 'Jörg Müller-Lüdenscheidt', addresses: ['jm@acme.example'] })
    await create({
      name: 'Carol Jones',
      addresses: ['carol@customer.example', 'cj+x@home.example'],
    })
    expect(await search('jorg')).toEqual(['Jörg Müller-Lüdenscheidt'])
    expect(await search('lud MÜL')).toEqual(['Jörg Müller-Lüdenscheidt'])
    expect(await search('ludenscheidt-muller')).toEqual(['Jörg Müller-Lüdenscheidt'])
    expect(await search('ludenscheidtxyz')).toEqual([])
    expect(await search('Carol@Customer.example')).toEqual(['Carol Jones'])
    expect(await search('cj+x@home.example')).toEqual(['Carol Jones'])
    expect(await search('cj@home.example')).toEqual(['Carol Jones'])
    expect(await search('@acme.example')).toEqual(['Jörg Müller-Lüdenscheidt'])
    expect(await search('customer.example')).toEqual(['Carol Jones'])
    expect(await search('cj')).toEqual(['Carol Jones'])
    expect(await search('???')).toEqual([])
    expect(await search('j', { companyId: company.id })).toEqual(['Jörg Müller-Lüdenscheidt'])
  })

  it('is listed once over all pages, newest first', async () => {
    for (const name of ['One', 'Two', 'Three', 'Four', 'Five']) {
      await create({ name, addresses: [] })
      if (name !== 'Three') await crm.clock.advance(1_000)
    }
    const names: string[] = []
    let cursor: string | null = null
    do {
      const query = { q: null, companyId: null, limit: 2, cursor }
      const page = await crm.desks.contacts.page(alice, query)
      names.push(...page.contacts.map(({ name }) => name))
      cursor = page.nextCursor
    } while (cursor)
    expect(names.toSorted()).toEqual(['Five', 'Four', 'One', 'Three', 'Two'])
    expect(names[0]).toBe('Five')
    expect(names[4]).toBe('One')
  })

  it('can be called anything, and is found or not without a fault (F7)', async () => {
    const names = [
      ...['undefined', 'null', 'NaN', '0', '-1', '1e309', '__proto__', 'constructor', 'toString'],
      ...['$where', '{"$gt":""}', '$or', 'a.b', 'a\u0000b', "' OR 1=1 --", '<script>x</script>'],
      ...[
        '\u202Eevil',
        '\uFEFF',
        '\u200B',
        '\uD800',
        'Ω≈ç√∫',
        '﷽',
        '🏳️‍🌈',
        '田中さん',
        'الكل',
        'İıſK',
      ],
      ...[
        'Z\u0351\u036B\u0343a\u0310l',
        'x'.repeat(200),
        '(',
        '[a-z]',
        '.*',
        '%00',
        '../../etc',
        '\\',
      ],
    ]
    for (const [at, name] of names.entries()) {
      const made = await create({
        name,
        addresses: [`n${at}@x.example`],
        jobTitle: name,
        phone: name,
      })
      const found = await crm.desks.contacts.find(alice, made.id)
      expect(found).toMatchObject({ name, jobTitle: name, phone: name })
      const isFound = (await search(name)).includes(name)
      expect([name, isFound]).toEqual([name, wordsOf(name).length > 0])
      expect(await search(`n${at}@x.example`)).toEqual([name])
    }
  })

  it('of another workspace is not there', async () => {
    const { id, version } = await create()
    const of = { id, version }
    await expect(crm.desks.contacts.find(stranger, id)).rejects.toThrow(NotFoundError)
    await expect(crm.desks.contacts.change(stranger, of, { name: 'X' })).rejects.toThrow(
      NotFoundError,
    )
    await expect(crm.desks.contacts.remove(stranger, of)).rejects.toThrow(NotFoundError)
    await crm.desks.contacts.create(stranger, aContact()) // the same address, another customer
    expect(await search('carol')).toEqual(['Carol Jones'])
  })

  it('is changed by whoever has seen its latest version', async () => {
    const { id, version } = await create()
    const changed = await crm.desks.contacts.change(alice, { id, version }, { phone: '1' })
    expect(changed).toMatchObject({ phone: '1', name: 'Carol Jones', version: version + 1 })
    await expect(crm.desks.contacts.change(alice, { id, version }, { phone: '2' })).rejects.toThrow(
      ChangedMeanwhileError,
    )
  })

  it('keeps an address that is given up as a former one, and lets go of one to forget', async () => {
    const { id, version } = await create({
      addresses: ['old@customer.example', 'typo@customer.example'],
    })
    const changes = { addresses: ['new@customer.example'], forget: ['typo@customer.example'] }
    const changed = await crm.desks.contacts.change(alice, { id, version }, changes)
    expect(changed.addresses).toEqual([
      { address: 'new@customer.example', formerSince: null },
      { address: 'old@customer.example', formerSince: crm.clock.now().toISOString() },
    ])
    await create({ name: 'Another', addresses: ['typo@customer.example'] })
    await expect(create({ addresses: ['old@customer.example'] })).rejects.toThrow(TakenError)
  })

  it.each([
    [{ addresses: ['fine@x.example', 'not an address'] }, 'addresses.1'],
    [{ companyId: 'nowhere' }, 'companyId'],
  ])('refuses %j and says where', async (over, path) => {
    await expect(create(over)).rejects.toMatchObject({ fields: [{ path }] })
  })
})
