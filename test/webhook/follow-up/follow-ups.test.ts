import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { SuppressionStore } from '../../../webhook/people/suppressions.ts'
import { openFollowUps, type FollowUpDesks } from '../../../webhook/follow-up/open-follow-ups.ts'
import { RuleBook } from '../../../webhook/rules/rule-book.ts'
import { HandLog } from '../../../webhook/rules/hand-log.ts'
import { anEmail, aPerson, bob, WORKSPACE } from '../../support/builders.ts'
import { openContactDesks, type OpenContacts } from '../contacts/open-contact-desks.ts'

let crm: OpenContacts
let desks: FollowUpDesks
let followUpsOf: ReturnType<typeof openFollowUps>['followUpsOf']
let suppressions: SuppressionStore
beforeAll(async () => {
  crm = await openContactDesks()
  suppressions = new SuppressionStore(crm)
  const policies = new RuleBook({ ...crm, suppressions })
  const handLog = new HandLog({ ...crm, policies })
  ;({ followUpDesks: desks, followUpsOf } = openFollowUps({ ...crm, handLog }))
})
afterAll(() => crm[Symbol.asyncDispose]())
beforeEach(() => crm.clear())

const alice = aPerson()
const stranger = aPerson({ workspaceId: 'another-workspace' })
const all = { limit: 50, cursor: null }
const whole = { contact: null, mine: false, done: null, ...all }
const contact = async (name: string, ...addresses: string[]) => {
  const made = { name, jobTitle: '', phone: '', addresses }
  return (await crm.desks.contacts.create(alice, made)).id
}
const note = (text: string, contactId: string, person = alice) =>
  desks.notes.write(person, { contactIds: [contactId], emailId: null, text })
const task = (contactId: string, title = 'Call her', dueOn: string | null = null) =>
  desks.tasks.create(alice, { contactId, title, dueOn })
const textsOn = async (contactId: string, person = alice) =>
  (await desks.notes.page(person, contactId, all)).notes.map(({ text }) => text)
const about = (contactId: string) => ({ contactIds: [contactId], emailId: null })
const actions = () => crm.audit.written.map(({ action }) => action)

describe('a note about a contact', () => {
  it('is read by colleagues, page by page, and written into the audit log first', async () => {
    const carol = await contact('Carol')
    for (const text of ['one', 'two', 'three']) {
      await note(text, carol)
      await crm.clock.advance(1_000)
    }
    const first = await desks.notes.page(bob, carol, { limit: 2, cursor: null })
    expect(first.notes.map(({ text, by }) => [text, by.name])).toEqual([
      ['three', alice.displayName],
      ['two', alice.displayName],
    ])
    const rest = await desks.notes.page(bob, carol, { limit: 2, cursor: first.nextCursor })
    expect(rest).toMatchObject({ notes: [{ text: 'one' }], nextCursor: null })
    expect(actions().filter((action) => action === 'note-created')).toHaveLength(3)
  })

  it('is changed by whoever wrote it, who has seen what it says now', async () => {
    const carol = await contact('Carol')
    const { id, version } = await note('one', carol)
    await expect(desks.notes.change(bob, { id, version }, 'x')).rejects.toMatchObject({
      code: 'forbidden',
    })
    const changed = await desks.notes.change(alice, { id, version }, 'two')
    expect(changed).toMatchObject({ text: 'two', version: version + 1 })
    await expect(desks.notes.remove(alice, { id, version })).rejects.toMatchObject({
      code: 'changed-meanwhile',
    })
    await desks.notes.remove(alice, { id, version: version + 1 })
    expect(await textsOn(carol)).toEqual([])
  })

  it('is not there for another organization, nor is the contact', async () => {
    const carol = await contact('Carol')
    const { id } = await note('one', carol)
    const missing = { code: 'not-found' }
    await expect(desks.notes.find(stranger, id)).rejects.toMatchObject(missing)
    await expect(desks.notes.page(stranger, carol, all)).rejects.toMatchObject(missing)
    await expect(note('x', carol, stranger)).rejects.toMatchObject(missing)
    await expect(note('x', 'never-was')).rejects.toMatchObject(missing)
  })

  it('about a private e-mail is for whoever wrote it, and for nobody who may not see the e-mail', async () => {
    const carol = await contact('Carol', 'carol@customer.example')
    const from = { name: 'Carol', address: 'carol@customer.example' }
    const [emailId = ''] = await crm.receive(anEmail({ from }))
    await desks.notes.write(alice, { contactIds: [carol], emailId, text: 'between us' })
    expect(await textsOn(carol)).toEqual(['between us'])
    expect(await textsOn(carol, bob)).toEqual([])
    expect((await desks.notes.ofEmail(alice, emailId, all)).notes).toHaveLength(1)
    expect((await followUpsOf(bob, { contactIds: [carol], emailId })).notes).toEqual([])
    const wanted = { contactIds: [carol], emailId, text: 'x' }
    await expect(desks.notes.write(bob, wanted)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('stays with its contact through a merge, and goes with it', async () => {
    const [carol, twin] = [await contact('Carol'), await contact('C. Jones')]
    await note('of the twin', twin)
    await task(twin)
    await crm.desks.merges.merge(alice, { keptId: carol, absorbedId: twin })
    expect(await textsOn(carol)).toEqual(['of the twin'])
    expect(await textsOn(twin)).toEqual(['of the twin'])
    const both = await note('of the whole', twin)
    expect(both.contactIds).toEqual([carol])
    const { version } = await crm.desks.contacts.find(alice, carol)
    await crm.desks.contacts.remove(alice, { id: carol, version })
    await expect(desks.notes.find(alice, both.id)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a task', () => {
  it('is for whoever wrote it down, until a colleague takes it over; its day is a day', async () => {
    const carol = await contact('Carol')
    const { id, version, owner, dueOn } = await task(carol, 'Send the offer', '2026-11-27')
    expect([owner.userId, dueOn]).toEqual([alice.userId, '2026-11-27'])
    const taken = await desks.tasks.change(bob, { id, version }, { takeOver: true })
    expect(taken.owner).toEqual({ userId: bob.userId, name: bob.displayName })
    expect((await desks.tasks.page(alice, { ...whole, mine: true })).tasks).toEqual([])
    expect((await desks.tasks.page(bob, { ...whole, mine: true })).tasks).toHaveLength(1)
  })

  it('is done, not done again, and in the right list each time', async () => {
    const carol = await contact('Carol')
    const { id, version } = await task(carol)
    const done = await desks.tasks.change(alice, { id, version }, { done: true })
    expect(done.doneAt).toBe(crm.clock.now().toISOString())
    const listed = async (isDone: boolean) =>
      (await desks.tasks.page(alice, { ...whole, contact: carol, done: isDone })).tasks.length
    expect([await listed(true), await listed(false)]).toEqual([1, 0])
    expect((await followUpsOf(alice, about(carol))).tasks).toEqual([])
    await desks.tasks.change(alice, { id, version: done.version }, { done: false })
    expect((await followUpsOf(alice, about(carol))).tasks).toMatchObject([{ id, doneAt: null }])
  })

  it('is changed by one of two who change it at once', async () => {
    const { id, version } = await task(await contact('Carol'))
    const changes = ['a', 'b'].map((title) => desks.tasks.change(alice, { id, version }, { title }))
    const settled = await Promise.allSettled(changes)
    expect(settled.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('the stage of a contact', () => {
  it('is moved by whoever has seen where it stands, and keeps its history', async () => {
    const carol = await contact('Carol')
    const at = { contactId: carol, version: 0 }
    const lead = await desks.stages.move(alice, at, 'lead')
    expect(lead).toMatchObject({ stage: { id: 'lead', name: 'Lead' }, version: 1 })
    await expect(desks.stages.move(bob, at, 'offer')).rejects.toMatchObject({
      code: 'changed-meanwhile',
    })
    const { history } = await desks.stages.move(bob, { contactId: carol, version: 1 }, 'offer')
    expect(history.map(({ stage, by }) => [stage?.id, by.name])).toEqual([
      ['offer', bob.displayName],
      ['lead', alice.displayName],
    ])
  })

  it('is one of the organization’s stages, and keeps the name of one that is no more', async () => {
    const carol = await contact('Carol')
    await desks.stages.move(alice, { contactId: carol, version: 0 }, 'lead')
    const stages = [{ id: 'won', name: 'Won' }]
    expect(await desks.stages.savePipeline(alice, stages, { version: 0 })).toEqual({
      ...{ stages, version: 1 },
    })
    await expect(desks.stages.savePipeline(alice, stages, { version: 0 })).rejects.toMatchObject({
      code: 'changed-meanwhile',
    })
    const here = { contactId: carol, version: 1 }
    await expect(desks.stages.move(alice, here, 'offer')).rejects.toMatchObject({
      code: 'invalid-request',
    })
    expect((await desks.stages.of(alice, carol)).stage).toEqual({ id: 'lead', name: 'Lead' })
    expect((await desks.stages.move(alice, here, null)).stage).toBeNull()
  })
})

const open = {
  ...{ mailboxAddress: 'alice@flow.example', subject: 'Kick-off' },
  ...{ startsAt: '2026-11-23T09:00:00.000Z', endsAt: '2026-11-23T10:00:00.000Z' },
  organizer: { name: 'Carol', address: 'carol@customer.example' },
  attendees: [{ name: 'Alice', address: 'alice@flow.example' }],
}

describe('a meeting', () => {
  it('is one, whoever logs it how often, with who did and when', async () => {
    const carol = await contact('Carol', 'carol@customer.example')
    expect(await desks.meetings.look(alice, open)).toMatchObject({
      logged: null,
      contacts: [{ contact: { id: carol } }],
    })
    const log = { ...open, contactIds: [carol], note: 'Agreed on March.' }
    await desks.meetings.log(alice, log)
    await desks.meetings.log(alice, log)
    const ofBob = { ...log, mailboxAddress: 'bob@flow.example', subject: ' kick-OFF ', note: '' }
    await desks.meetings.log(bob, ofBob)
    const { meetings } = await desks.meetings.page(alice, carol, all)
    expect(meetings).toHaveLength(1)
    expect(meetings[0]).toMatchObject({
      subject: 'Kick-off',
      loggedBy: [{ userId: alice.userId }, { userId: bob.userId }],
      notes: [{ text: 'Agreed on March.' }],
    })
    const { logged } = await desks.meetings.look(bob, ofBob)
    expect(logged?.id).toBe(meetings[0]?.id)
  })

  it('of a series is each of its own, by its start', async () => {
    const contactIds = [await contact('Carol')]
    const series = { ...open, iCalUId: '040000008200E00074C5B7101A82E008', contactIds, note: '' }
    const one = await desks.meetings.log(alice, series)
    const next = { startsAt: '2026-11-30T09:00:00.000Z', endsAt: '2026-11-30T10:00:00.000Z' }
    expect((await desks.meetings.log(alice, { ...series, ...next })).id).not.toBe(one.id)
    const renamed = { ...series, subject: 'Another name' }
    expect((await desks.meetings.log(alice, renamed)).id).toBe(one.id)
  })

  it('without contacts is seen by those alone who logged it', async () => {
    await desks.meetings.log(alice, { ...open, contactIds: [], note: '' })
    expect((await desks.meetings.look(alice, open)).logged).not.toBeNull()
    expect((await desks.meetings.look(bob, open)).logged).toBeNull()
  })

  it('with a person who was erased is not taken', async () => {
    const { blind } = await crm.vault.of(WORKSPACE)
    await suppressions.add(WORKSPACE, 'an-erasure', [blind('address', 'carol@customer.example')])
    const log = { ...open, contactIds: [], note: '' }
    await expect(desks.meetings.log(alice, log)).rejects.toMatchObject({ code: 'kept-out' })
  })
})
