import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { contactModel } from '../../../models/contacts/contact.ts'
import { mergeModel } from '../../../models/contacts/merge.ts'
import { ChangedMeanwhileError, NotFoundError, TakenError } from '../../../webhook/errors.ts'
import { anEmail, aPerson, WORKSPACE } from '../../support/builders.ts'
import { openContactDesks, type OpenContacts } from './open-contact-desks.ts'

const alice = aPerson()
const stranger = aPerson({ workspaceId: '22222222-2222-4222-8222-222222222222' })
const signal = new AbortController().signal

let crm: OpenContacts
beforeAll(async () => {
  crm = await openContactDesks()
})
afterAll(async () => crm[Symbol.asyncDispose]())
beforeEach(async () => crm.clear())

const create = (name: string, addresses: string[], over = {}) =>
  crm.desks.contacts.create(alice, { name, addresses, jobTitle: '', phone: '', ...over })

/** Two contacts of one person, with an e-mail each and one of both. */
async function twins() {
  const kept = await create('Carol', ['carol@customer.example'])
  await crm.clock.advance(1_000)
  const absorbed = await create('Carol Jones', ['cj@home.example'], { phone: '555' })
  const from = (identity: string, address: string, cc: string[] = []) =>
    anEmail({
      ...{ identity, from: { name: '', address } },
      cc: cc.map((each) => ({ name: '', address: each })),
    })
  const emails = await crm.receive(
    from('id:1', 'carol@customer.example'),
    from('id:2', 'cj@home.example'),
    from('id:3', 'cj@home.example', ['carol@customer.example']),
  )
  return { kept, absorbed, emails, request: { keptId: kept.id, absorbedId: absorbed.id } }
}

const owners = (emails: string[]) => Promise.all(emails.map((id) => crm.contactIdsOf(id)))
/** Everything about contacts but the counters of changes. */
const everything = async () =>
  (await crm.contacts.page(WORKSPACE, {}, { limit: 99, before: null })).map(
    ({ rev: _rev, updatedAt: _updatedAt, ...rest }) => rest,
  )

describe('a merge', () => {
  it('is shown before, done, and undone exactly', async () => {
    const { kept, absorbed, emails, request } = await twins()
    const before = { contacts: await everything(), owners: await owners(emails) }
    const preview = await crm.desks.merges.preview(alice, request)
    expect(preview).toMatchObject({ emailsMoving: 1, keptVersion: 1, absorbedVersion: 1 })
    expect({ contacts: await everything(), owners: await owners(emails) }).toEqual(before)

    const merge = await crm.desks.merges.merge(alice, request)
    expect(merge.state).toBe('done')
    expect(await crm.desks.contacts.find(alice, kept.id)).toMatchObject({
      ...{ name: 'Carol', phone: '555', addresses: preview.becomes.addresses },
    })
    expect(preview.becomes.addresses.map(({ address }) => address)).toEqual([
      'carol@customer.example',
      'cj@home.example',
    ])
    expect((await crm.desks.contacts.find(alice, absorbed.id)).mergedInto).toBe(kept.id)
    expect(await owners(emails)).toEqual([[kept.id], [kept.id], [kept.id]])
    await expect(create('Other', ['cj@home.example'])).rejects.toThrow(TakenError)

    expect((await crm.desks.merges.undo(alice, merge.id)).state).toBe('undone')
    expect({ contacts: await everything(), owners: await owners(emails) }).toEqual(before)
    const again = await crm.desks.merges.merge(alice, request)
    expect(again.id).not.toBe(merge.id)
    expect(again.state).toBe('done')
  })

  it('happens once, however often it is clicked; so does its undoing', async () => {
    const { kept, emails, request } = await twins()
    const before = await everything()
    const clicks = await Promise.all(
      Array.from({ length: 8 }, () => crm.desks.merges.merge(alice, request)),
    )
    expect(new Set(clicks.map(({ id, state }) => `${id} ${state}`)).size).toBe(1)
    expect(await mergeModel(crm.db).countDocuments()).toBe(1)
    expect(await owners(emails)).toEqual([[kept.id], [kept.id], [kept.id]])
    const id = clicks[0]?.id ?? ''
    const undone = await Promise.all(
      Array.from({ length: 8 }, () => crm.desks.merges.undo(alice, id)),
    )
    expect(undone.every(({ state }) => state === 'undone')).toBe(true)
    expect(await everything()).toEqual(before)
  })

  it('is undone for whoever had looked at it just before another one undid it', async () => {
    const { request } = await twins()
    const before = await everything()
    const { id } = await crm.desks.merges.merge(alice, request)
    const asBothSawIt = await crm.merges.get(WORKSPACE, id)
    expect((await crm.merger.undo(asBothSawIt)).state).toBe('undone')
    expect((await crm.merger.undo(asBothSawIt)).state).toBe('undone')
    expect(await everything()).toEqual(before)
  })

  it('does not happen when either contact is not what was looked at', async () => {
    const { kept, request } = await twins()
    const seen = { ...request, keptVersion: kept.version, absorbedVersion: 1 }
    await crm.desks.contacts.change(alice, { id: kept.id, version: 1 }, { phone: '1' })
    const before = await everything()
    await expect(crm.desks.merges.merge(alice, seen)).rejects.toThrow(ChangedMeanwhileError)
    expect(await everything()).toEqual(before)
  })

  it('is given up as a whole when the kept contact changes in the middle', async () => {
    const { kept, absorbed, request } = await twins()
    const contacts = await crm.contacts.findMany(WORKSPACE, [kept.id, absorbed.id])
    const [one, other] = contacts.toSorted(({ name }) => (name === 'Carol' ? -1 : 1))
    const begun = await mergeBegun(one!, other!)
    await crm.desks.contacts.change(alice, { id: kept.id, version: 1 }, { phone: '1' })
    const before = await everything()
    await expect(crm.merger.carryOut(begun)).rejects.toThrow(ChangedMeanwhileError)
    expect(await everything()).toEqual(before)
    expect(await crm.desks.merges.merge(alice, request)).toMatchObject({ state: 'done' })
  })

  it('that a crash left half done is carried on by upkeep', async () => {
    const { kept, absorbed, emails } = await twins()
    const contacts = await crm.contacts.findMany(WORKSPACE, [kept.id, absorbed.id])
    const [one, other] = contacts.toSorted(({ name }) => (name === 'Carol' ? -1 : 1))
    const begun = await mergeBegun(one!, other!)
    await crm.contacts.stepBehind(other!, { mergedInto: kept.id, mergeId: begun._id })
    await crm.clock.advance(120_000)
    await crm.merger.carryOnDue(signal)
    expect(await owners(emails)).toEqual([[kept.id], [kept.id], [kept.id]])
    expect((await crm.merges.get(WORKSPACE, begun._id)).state).toBe('done')
  })

  it('keeps what was changed since when it is undone', async () => {
    const { kept, absorbed, request } = await twins()
    const merge = await crm.desks.merges.merge(alice, request)
    const { version } = await crm.desks.contacts.find(alice, kept.id)
    const changes = { jobTitle: 'CEO', addresses: ['new@customer.example', 'cj@home.example'] }
    await crm.desks.contacts.change(alice, { id: kept.id, version }, changes)
    await crm.desks.merges.undo(alice, merge.id)
    expect(await crm.desks.contacts.find(alice, kept.id)).toMatchObject({
      ...{ jobTitle: 'CEO', phone: '' },
      addresses: [{ address: 'new@customer.example' }, { address: 'carol@customer.example' }],
    })
    expect(await crm.desks.contacts.find(alice, absorbed.id)).toMatchObject({
      ...{ mergedInto: null, phone: '555', addresses: [{ address: 'cj@home.example' }] },
    })
  })

  it('cannot be undone while an address of it is somebody else’s', async () => {
    const { kept, request } = await twins()
    const merge = await crm.desks.merges.merge(alice, request)
    const { version } = await crm.desks.contacts.find(alice, kept.id)
    const forget = ['cj@home.example']
    await crm.desks.contacts.change(alice, { id: kept.id, version }, { forget })
    await create('Other', ['cj@home.example'])
    const before = await everything()
    await expect(crm.desks.merges.undo(alice, merge.id)).rejects.toThrow(TakenError)
    expect(await everything()).toEqual(before)
  })

  it('takes along what people said about the absorbed contact', async () => {
    const { kept, absorbed, emails, request } = await twins()
    const emailId = emails[0] ?? ''
    await crm.desks.matches.pin(alice, { emailId, contactId: absorbed.id, belongs: true })
    const merge = await crm.desks.merges.merge(alice, request)
    expect(await crm.contactIdsOf(emailId)).toEqual([kept.id])
    await crm.desks.merges.undo(alice, merge.id)
    expect(await crm.contactIdsOf(emailId)).toEqual([kept.id, absorbed.id].toSorted())
  })

  it('of another workspace is not there', async () => {
    const { request } = await twins()
    const { id } = await crm.desks.merges.merge(alice, request)
    await expect(crm.desks.merges.preview(stranger, request)).rejects.toThrow(NotFoundError)
    await expect(crm.desks.merges.merge(stranger, request)).rejects.toThrow(NotFoundError)
    await expect(crm.desks.merges.undo(stranger, id)).rejects.toThrow(NotFoundError)
    expect((await crm.desks.merges.page(stranger, { limit: 9, cursor: null })).merges).toEqual([])
  })

  async function mergeBegun(
    kept: Awaited<ReturnType<typeof crm.contacts.findMany>>[number],
    absorbed: typeof kept,
  ) {
    const { addresses, name, jobTitle, phone, companyId } = kept
    const before = { addresses, name, jobTitle, phone, companyId }
    return crm.merges.begin({
      ...{ workspaceId: WORKSPACE, byUserId: alice.userId },
      ...{ keptId: kept._id, absorbedId: absorbed._id },
      ...{ keptRev: kept.rev, absorbedRev: absorbed.rev, before },
      after: { ...before, addresses: [...addresses, ...absorbed.addresses] },
    })
  }
})

describe('possible duplicates', () => {
  const reasons = async () =>
    (await crm.desks.duplicates.list(alice)).duplicates.map(({ reason, contacts }) => [
      reason,
      contacts.map(({ name }) => name),
    ])

  it('are listed with the reason, the older contact first, until they are merged', async () => {
    const kept = await create('Carol', ['carol@customer.example'])
    await crm.clock.advance(1_000)
    const absorbed = await create('C. Jones', ['carol+work@customer.example'])
    await crm.clock.advance(1_000)
    await create('Dave Miller', ['dave@acme.example'])
    await crm.clock.advance(1_000)
    await create('Miller, Dave', ['dm@mail.acme.example'])
    await create('Eve', ['eve@one.example'])
    await create('Eve', ['eve@other.test'])
    expect(await reasons()).toEqual([
      ['same-mailbox', ['Carol', 'C. Jones']],
      ['same-name-and-similar-domain', ['Dave Miller', 'Miller, Dave']],
    ])
    await crm.desks.merges.merge(alice, { keptId: kept.id, absorbedId: absorbed.id })
    expect(await reasons()).toHaveLength(1)
    expect(await contactModel(crm.db).countDocuments({ mergedInto: null })).toBe(5)
  })

  it('are those of the same name at the same company', async () => {
    const { id: companyId } = await crm.desks.companies.create(alice, { name: 'Acme', domains: [] })
    await create('Dave Miller', ['dave@one.example'], { companyId })
    await create('dave miller', ['dave@two.test'], { companyId })
    expect(await reasons()).toMatchObject([['same-name-and-company', expect.anything()]])
  })
})
