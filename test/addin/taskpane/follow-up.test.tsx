/** @jest-environment jsdom */
import { beforeEach, describe, expect, it } from '@jest/globals'
import { act, render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { createMeeting, type MeetingFacts } from '../../../addin/office/meeting.ts'
import { App } from '../../../addin/taskpane/app.tsx'
import { dueOf } from '../../../addin/taskpane/follow-up/due.ts'
import {
  aContact,
  aMatch,
  aMeeting,
  aMessage,
  aNote,
  aTask,
  problem,
  stored,
  World,
} from '../support/fake-crm.ts'
import { emptyPage } from '../support/page.ts'

beforeEach(emptyPage)

const pipeline = [
  { id: 'lead', name: 'Lead' },
  { id: 'customer', name: 'Customer' },
]
const none = { tasks: [], notes: [], stages: [], pipeline }
const dora = aMatch('c1', { name: 'Dora' })

/** The pane beside an open message. */
function show(world: World) {
  world.open = { kind: 'message', message: aMessage() }
  render(<App {...world.parts} />)
  return userEvent.setup()
}

const followUp = async () => within(await screen.findByRole('region', { name: 'Follow-up' }))

describe('what is to be done for the people of a message', () => {
  it('is ticked off and taken back', async () => {
    const world = new World()
    const task = aTask({ id: 't1', title: 'Send the offer', dueOn: '2020-11-03' })
    world.around = { contacts: [dora], followUps: { ...none, tasks: [task] } }
    const user = show(world)
    const section = await followUp()
    expect(section.getByText('1 open task')).toBeTruthy()
    world.around = { contacts: [dora], followUps: none }
    await user.click(section.getByLabelText(/^Send the offer.*Overdue since.*Alice$/))
    await user.click(await section.findByText('Undo'))
    expect(world.done).toEqual([
      ['change task', { id: 't1', version: 1, done: true }],
      ['change task', { id: 't1', version: 2, done: false }],
    ])
  })

  it('is written down with a day, for whom it is chosen', async () => {
    const world = new World()
    const bob = aMatch('c2', { name: 'Bob' })
    world.around = { contacts: [dora, bob], followUps: none }
    const user = show(world)
    const section = await followUp()
    await user.click(section.getByText('Add task'))
    await user.selectOptions(section.getByLabelText('About'), 'Bob')
    await user.type(section.getByLabelText('Task'), 'Call him')
    await user.type(section.getByLabelText('Due'), '2026-11-27')
    await user.click(section.getByText('Save task'))
    expect(await screen.findByText('Task added.')).toBeTruthy()
    expect(world.done).toEqual([
      ['task', { contactId: 'c2', title: 'Call him', dueOn: '2026-11-27' }],
    ])
    expect(section.queryByLabelText('Task')).toBeNull()
    expect(document.activeElement?.textContent).toBe('Follow-up')
  })

  it('is a note about contact and e-mail, which stays in the form when it is not saved', async () => {
    const world = new World()
    world.answers = [stored()]
    world.around = { contacts: [dora], followUps: none }
    const user = show(world)
    const section = await followUp()
    await user.click(section.getByText('Add note'))
    await user.type(section.getByLabelText('Note'), 'Likes tea.')
    world.crm.writeNote = async () => {
      throw problem('network', 'The network is down.')
    }
    await user.click(section.getByText('Save note'))
    expect(await section.findByText('The network is down.')).toBeTruthy()
    expect(section.getByLabelText<HTMLTextAreaElement>('Note').value).toBe('Likes tea.')
    world.crm.writeNote = async (note) => {
      world.done.push(['note', note])
      return aNote()
    }
    world.around = { contacts: [dora], followUps: { ...none, notes: [aNote({ text: 'Tea!' })] } }
    await user.click(section.getByText('Save note'))
    expect(await screen.findByText('Note saved.')).toBeTruthy()
    expect(await section.findByText('Tea!')).toBeTruthy()
    expect(world.done).toEqual([
      ['note', { contactIds: ['c1'], emailId: 'e1', text: 'Likes tea.' }],
    ])
  })

  it('moves a contact to another stage, by the version that was seen', async () => {
    const world = new World()
    const standing = { contactId: 'c1', stage: pipeline[0]!, history: [], version: 3 }
    world.around = { contacts: [dora], followUps: { ...none, stages: [standing] } }
    const user = show(world)
    const section = await followUp()
    const choice = section.getByLabelText<HTMLSelectElement>('Stage')
    expect(choice.value).toBe('lead')
    await user.selectOptions(choice, 'Customer')
    expect(world.done).toEqual([['stage', { contactId: 'c1', version: 3, stageId: 'customer' }]])
  })
})

describe('logging with choices', () => {
  it('takes a note and a further record along, in the one request', async () => {
    const world = new World()
    world.known = [aContact('c7', { name: 'Eve Miller' })]
    const user = show(world)
    await user.click(await screen.findByText('Note, or another record'))
    await user.type(await screen.findByLabelText('Note, stored with the e-mail'), 'Asked for 40.')
    await user.type(screen.getByLabelText('Another contact, by name or address'), 'eve{Enter}')
    await user.click(await screen.findByText('Add'))
    expect(screen.getByLabelText<HTMLInputElement>('Eve Miller').checked).toBe(true)
    world.answers = [stored()]
    await user.click(screen.getByText('Log to CRM'))
    expect(await screen.findByText(/In the CRM since/)).toBeTruthy()
    const pins = [{ contactId: 'c7', belongs: true }]
    expect(world.logged).toMatchObject([{ pins, note: 'Asked for 40.' }])
  })
})

describe('an open meeting', () => {
  const facts: MeetingFacts = {
    ...{ mailboxAddress: 'alice@contoso.test', subject: 'Kick-off', attendees: [] },
    ...{ startsAt: '2026-11-23T09:00:00.000Z', endsAt: '2026-11-23T10:00:00.000Z' },
    organizer: { name: 'Dora', address: 'dora@fabrikam.test' },
  }

  function open(world: World) {
    world.open = { kind: 'not-mail', meeting: { read: async () => facts } }
    render(<App {...world.parts} />)
    return userEvent.setup()
  }

  it('is logged with a note for those contacts that stay chosen, and says who has', async () => {
    const world = new World()
    const contacts = [dora, aMatch('c2', { name: 'Bob' })]
    world.meeting = { logged: null, contacts, strangers: [] }
    const user = open(world)
    expect(await screen.findByText('Not logged yet.')).toBeTruthy()
    const choice = within(screen.getByRole('group', { name: 'Log it to' }))
    await user.click(choice.getByLabelText('Bob'))
    await user.type(screen.getByLabelText('Note'), 'Agreed on March.')
    await user.click(screen.getByText('Log meeting'))
    expect(await screen.findByText('Logged')).toBeTruthy()
    expect(screen.getByRole('list', { name: 'Logged by' }).textContent).toContain('by Alice')
    expect(world.done.at(-1)).toEqual([
      'log meeting',
      { ...facts, contactIds: ['c1'], note: 'Agreed on March.' },
    ])
  })

  it('that a colleague has logged says so, with the notes; another one opened is asked anew', async () => {
    const world = new World()
    const logged = aMeeting({ notes: [aNote({ text: 'Agreed on March.' })] })
    world.meeting = { logged, contacts: [dora], strangers: [] }
    open(world)
    expect(await screen.findByText('Agreed on March.')).toBeTruthy()
    expect(screen.getByText('Save note')).toBeTruthy()
    world.meeting = { logged: null, contacts: [], strangers: [] }
    const other = { ...facts, subject: 'Review' }
    act(() => world.select({ kind: 'not-mail', meeting: { read: async () => other } }))
    expect(await screen.findByRole('heading', { name: 'Review' })).toBeTruthy()
    expect(screen.getByText('Not logged yet.')).toBeTruthy()
  })

  it('is tried again when the CRM could not be asked', async () => {
    const world = new World()
    world.meeting = problem('network')
    const user = open(world)
    const again = await screen.findByText('Try again')
    world.meeting = { logged: null, contacts: [], strangers: [] }
    await user.click(again)
    expect(await screen.findByText('Not logged yet.')).toBeTruthy()
  })
})

describe('a meeting as Outlook tells of it', () => {
  const person = (displayName: string, emailAddress: string) =>
    ({ displayName, emailAddress }) as Office.EmailAddressDetails
  const start = new Date('2026-11-23T09:00:00Z')
  const end = new Date('2026-11-23T10:00:00Z')
  const asked = <T,>(value: T) => ({
    getAsync: (done: (result: Office.AsyncResult<T>) => void) =>
      done({ value } as Office.AsyncResult<T>),
  })
  const call = <T,>(begin: (done: (result: Office.AsyncResult<T>) => void) => void) =>
    new Promise<T>((resolve) => begin(({ value }) => resolve(value)))
  const contextWith = (item: unknown) =>
    ({ mailbox: { item, userProfile: { emailAddress: 'alice@contoso.test' } } }) as Office.Context

  it('is the same for an attendee and in its organizer’s form', async () => {
    const dora = person('Dora', 'dora@fabrikam.test')
    const list = person('A list of hers', '')
    const attendee = {
      ...{ subject: 'Kick-off', start, end, organizer: person('Alice', 'alice@contoso.test') },
      ...{ requiredAttendees: [dora], optionalAttendees: [list], itemId: 'm' },
    }
    const organizer = {
      ...{ subject: asked('Kick-off'), start: asked(start), end: asked(end) },
      ...{ requiredAttendees: asked([dora]), optionalAttendees: asked([list]) },
      organizer: asked(person('Alice', 'alice@contoso.test')),
    }
    const read = (item: object) => createMeeting(contextWith(item), item, call)?.read()
    expect(await read(attendee)).toEqual({
      ...{ mailboxAddress: 'alice@contoso.test', subject: 'Kick-off' },
      ...{ startsAt: '2026-11-23T09:00:00.000Z', endsAt: '2026-11-23T10:00:00.000Z' },
      organizer: { name: 'Alice', address: 'alice@contoso.test' },
      attendees: [{ name: 'Dora', address: 'dora@fabrikam.test' }],
    })
    expect(await read(organizer)).toEqual(await read(attendee))
  })

  it('is not taken for another one that was opened meanwhile', async () => {
    const item = { subject: 'Kick-off', start, end, itemId: 'm' }
    const meeting = createMeeting(contextWith({ itemId: 'another' }), item, call)
    await expect(meeting?.read()).rejects.toMatchObject({ code: 'message-changed' })
    expect(createMeeting(contextWith(null), { subject: 'No time' }, call)).toBeUndefined()
  })
})

describe('the day of a task', () => {
  it.each([
    [null, null],
    ['2026-11-22', 'Due today'],
    ['2026-11-21', 'Overdue since Sat, Nov 21'],
    ['2026-11-27', 'Due Fri, Nov 27'],
    ['2027-01-01', 'Due Fri, Jan 1, 2027'],
  ])('%s is told as "%s"', (dueOn, words) => {
    const due = dueOf(dueOn, new Date(2026, 10, 22, 0, 30), 'en-US')
    expect(due && [due.words, due.day].filter(Boolean).join(' ')).toBe(words)
  })
})
