import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { contactModel } from '../../../models/contacts/contact.ts'
import { decodeCsv, readCsv } from '../../../webhook/contacts/import/csv.ts'
import { meaningOf } from '../../../webhook/contacts/import/read-rows.ts'
import { NotFoundError } from '../../../webhook/errors.ts'
import { anEmail, aPerson } from '../../support/builders.ts'
import { workOf } from '../../support/work-of.ts'
import { openContactDesks, type OpenContacts } from './open-contact-desks.ts'

const alice = aPerson()
const stranger = aPerson({ workspaceId: '22222222-2222-4222-8222-222222222222' })

let crm: OpenContacts
beforeAll(async () => {
  crm = await openContactDesks()
})
afterAll(async () => crm[Symbol.asyncDispose]())
beforeEach(async () => crm.clear())

const file = (...lines: string[]) => Buffer.from(lines.join('\r\n'))
const cellsOf = (text: string) => readCsv(text).rows.map(({ cells }) => cells)
const contactCount = () => contactModel(crm.db).countDocuments()

describe('a CSV file', () => {
  it.each([
    ['commas', 'a,b\n1,2', [['a', 'b'], ['1', '2']]],
    ['semicolons', 'a;b\r\n1,5;2', [['a', 'b'], ['1,5', '2']]],
    ['tabs', 'a\tb\r1\t2\r', [['a', 'b'], ['1', '2']]],
    ['quotes', 'a,b\n"x, ""y""\nz",2', [['a', 'b'], ['x, "y"\nz', '2']]],
    ['a mark in front and empty lines', '\uFEFFa,b\n\n ,\n1,2\n\n', [['a', 'b'], ['1', '2']]],
    ['empty cells', 'a,b,c\n,,3\n1,,', [['a', 'b', 'c'], ['', '', '3'], ['1', '', '']]],
  ])('is read with %s', (_what, text, cells) => {
    expect(cellsOf(text)).toEqual(cells)
  }) // prettier-ignore

  it('has its rows counted as a spreadsheet counts them, and one bad row is one', () => {
    const read = readCsv('a,b\n1,2\n\n"shut"x,6\n7,8')
    expect(read.faults).toEqual([{ row: 4, what: 'text-after-quote' }])
    expect(read.rows.map(({ row }) => row)).toEqual([1, 2, 5])
    expect(readCsv('a,b\n1,2\n"open,2\n3,4')).toEqual({
      rows: [
        { row: 1, cells: ['a', 'b'] },
        { row: 2, cells: ['1', '2'] },
        { row: 4, cells: ['3', '4'] },
      ],
      faults: [{ row: 3, what: 'open-quote' }],
    })
  })

  it('that is written by the standard is read as it was', () => {
    const cell = fc.string({ unit: 'binary' }).map((text) => text.trim())
    const rows = fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1, maxLength: 8 })
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    fc.assert(
      fc.property(rows, (written) => {
        const text = written.map((row) => row.map(quoted).join(',')).join('\r\n')
        expect(cellsOf(text)).toEqual(written)
      }),
    )
  })

  it('can be any text', async () => {
    const soup = fc.array(fc.constantFrom('"', ',', ';', '\n', '\r', 'a', ' '), { maxLength: 200 })
    fc.assert(fc.property(soup, (parts) => void readCsv(parts.join(''))))
    const [, workMs] = await workOf(() => [
      readCsv('"'.repeat(100_001)),
      readCsv('"a\n'.repeat(20_000)),
    ])
    expect(workMs).toBeLessThan(2_000)
  })

  it.each([
    ['UTF-8', Buffer.from('Jürgen')],
    ['UTF-16', Buffer.from('\uFEFFJürgen', 'utf16le')],
    ['Windows-1252', Buffer.from('Jürgen', 'latin1')],
  ])('is read in %s', (_name, bytes) => {
    expect(decodeCsv(bytes).replace('\uFEFF', '')).toBe('Jürgen')
  })

  it.each([
    ['E-mail Address', 'address'],
    ['E-mail 2 Address', 'address'],
    ['email', 'address'],
    ['Given Name', 'first-name'],
    ['Nachname', 'last-name'],
    ['Business Phone', 'phone'],
    ['Job Title', 'job-title'],
    ['Organisation', 'company'],
    ['Favourite colour', null],
  ])('has a column %s', (column, meaning) => {
    expect(meaningOf(column)).toBe(meaning)
  })
})

describe('an import', () => {
  const people = file(
    'First Name,Last Name,E-mail,Company,Phone,Shoe size',
    'Carol,Jones,Carol@Customer.example,Customer Ltd,555,38',
    'Dave,Miller,dave@acme.example; d.miller@home.example,,,44',
    'Eve,,not an address,,,',
    'Frank,,,,,',
    'Grace,,grace@x.example,,,,surplus',
    'Carol,Again,carol@customer.example,,,',
  )

  it('says before what it would do, row by row, and does nothing yet', async () => {
    await crm.desks.contacts.create(alice, {
      ...{ name: 'Dave', jobTitle: '', phone: '', addresses: ['dave@acme.example'] },
    })
    const preview = await crm.desks.imports.preview(alice, people)
    expect(preview).toMatchObject({
      rows: 6,
      counts: { created: 1, updated: 1, unchanged: 0, failed: 4 },
      sample: [
        { row: 2, becomes: 'created', name: 'Carol Jones', addresses: ['carol@customer.example'] },
        { row: 3, becomes: 'updated', name: 'Dave Miller' },
      ],
    })
    expect(preview.columns.map(({ as }) => as)).toEqual([
      ...['first-name', 'last-name', 'address', 'company', 'phone', null],
    ])
    expect(preview.faults.map(({ row, column, message }) => [row, column, message])).toEqual([
      [4, 'E-mail', '"not" is no e-mail address.'],
      [5, null, 'There is no e-mail address in this row.'],
      [6, null, 'The row has more cells than the first row has names.'],
      [7, null, 'Row 2 has carol@customer.example already.'],
    ])
    expect(preview.faults.every(({ todo }) => todo.length > 0)).toBe(true)
    expect(await contactCount()).toBe(1)
  })

  it('does it, fills only what is missing, and the same file again changes nothing', async () => {
    const dave = await crm.desks.contacts.create(alice, {
      ...{ name: 'David', jobTitle: '', phone: '', addresses: ['dave@acme.example'] },
    })
    const [email = ''] = await crm.receive(
      anEmail({ from: { name: '', address: 'carol@customer.example' } }),
    )
    const result = await crm.desks.imports.run(alice, people)
    expect(result).toMatchObject({
      ...{ total: 6, done: 6, counts: { created: 1, updated: 1, unchanged: 0, failed: 4 } },
      finishedAt: expect.any(String),
    })
    expect(result.faults).toHaveLength(4)
    const query = { q: 'carol', companyId: null, limit: 5, cursor: null }
    const [carol] = (await crm.desks.contacts.page(alice, query)).contacts
    expect(carol).toMatchObject({ name: 'Carol Jones', company: { name: 'Customer Ltd' } })
    expect(await crm.contactIdsOf(email)).toEqual([carol?.id])
    expect(await crm.desks.contacts.find(alice, dave.id)).toMatchObject({
      ...{ name: 'David' },
      addresses: [{ address: 'dave@acme.example' }, { address: 'd.miller@home.example' }],
    })
    const again = await crm.desks.imports.run(alice, people)
    expect(again.counts).toEqual({ created: 0, updated: 0, unchanged: 2, failed: 4 })
    expect(await contactCount()).toBe(2)
  })

  it('by two at once makes each contact once', async () => {
    const lines = Array.from({ length: 40 }, (_, at) => `p${at}@x.example,P ${at}`)
    const one = file('email,name', ...lines)
    const other = file('email,name', ...lines.toReversed())
    await Promise.all([one, other, one].map((each) => crm.desks.imports.run(alice, each)))
    expect(await contactCount()).toBe(40)
  })

  it('of thousands tells how far it is, to those of the workspace', async () => {
    const lines = Array.from({ length: 1_200 }, (_, at) => `p${at}@x.example,Person ${at}`)
    const big = file('email,name', ...lines)
    const { id } = await crm.desks.imports.preview(alice, big)
    const running = crm.desks.imports.run(alice, big)
    const seen = new Set<number>()
    for (let isOver = false; !isOver;) {
      isOver = await Promise.race([
        running.then(() => true),
        new Promise<false>((go) => setImmediate(go, false)),
      ])
      const progress = await crm.desks.imports.progress(alice, id).catch(() => null)
      if (progress) seen.add(progress.done)
    }
    expect(await running).toMatchObject({ total: 1_200, done: 1_200, counts: { created: 1_200 } })
    expect([...seen].some((done) => done > 0 && done < 1_200)).toBe(true)
    await expect(crm.desks.imports.progress(stranger, id)).rejects.toThrow(NotFoundError)
  })

  it.each([
    ['without names', file('Ann,ann@x.example'), 'No column is one of e-mail addresses.'],
    ['of nothing', file(''), 'No column is one of e-mail addresses.'],
  ])('of a file %s says what is missing', async (_what, bytes, message) => {
    const { faults, counts } = await crm.desks.imports.preview(alice, bytes)
    expect(faults).toMatchObject([{ row: 1, message }])
    expect(counts.created).toBe(0)
  })

  it('refuses a row whose addresses are of two contacts', async () => {
    for (const address of ['a@x.example', 'b@x.example'])
      await crm.desks.contacts.create(alice, {
        ...{ name: '', jobTitle: '', phone: '', addresses: [address] },
      })
    const { counts, faults } = await crm.desks.imports.run(
      alice,
      file('email', 'a@x.example b@x.example'),
    )
    expect(counts).toMatchObject({ failed: 1, updated: 0 })
    expect(faults).toMatchObject([{ row: 2, todo: expect.stringContaining('Merge') }])
  })
})
