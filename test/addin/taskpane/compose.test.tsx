/** @jest-environment jsdom */
import { beforeEach, describe, expect, it } from '@jest/globals'
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { App } from '../../../addin/taskpane/app.tsx'
import { fateOf, whyNoChoice } from '../../../addin/taskpane/compose/words.ts'
import type { Compose } from '../../../models/wire/pane/compose.ts'
import { FakeDraft } from '../support/fake-draft.ts'
import { person } from '../support/fake-office.ts'
import { aCompose, aMatch, aMessage, anEmail, problem, stored, World } from '../support/fake-crm.ts'
import { emptyPage } from '../support/page.ts'

beforeEach(() => {
  emptyPage()
  let ids = 0
  window.crypto.randomUUID = () => `7d0f8b7e-4c55-4f0a-9a1e-0c5a4b0f6d${20 + ids++}`
})

/** The pane beside a draft; the answer is its user. */
function write(world: World, fake = new FakeDraft(), ...without: Parameters<FakeDraft['open']>) {
  world.open = { kind: 'draft', draft: fake.open(...without) }
  render(<App {...world.parts} />)
  return userEvent.setup()
}
const whenSent = async () => within(await screen.findByRole('region', { name: 'When it is sent' }))
const box = (name: string) => screen.getByLabelText<HTMLInputElement>(name)
const chosen = { log: true, track: false, copied: false }
const forecast = { reason: 'a-reason', sentence: 'This is why.', change: 'That.' }
const canLog = { forecast: { ...forecast, canLog: true } }
const cannotLog = { forecast: { ...forecast, canLog: false } }

describe('what becomes of a message once it is sent', () => {
  const WILL = 'will be logged when it is sent.'
  const NOT_BY_ITSELF = 'will not be logged by itself.'
  it.each<[Partial<Compose>, log: boolean, words: string, canChoose: boolean]>([
    [{}, false, WILL, true],
    [{ sent: 'unknown' }, false, WILL, true],
    [canLog, false, NOT_BY_ITSELF, true],
    [canLog, true, WILL, true],
    [cannotLog, true, 'will not be logged.', false],
    [{ mailbox: 'paused' }, false, WILL, true],
    [{ mailbox: 'needs-attention' }, false, WILL, true],
    [{ mailbox: 'not-connected' }, true, NOT_BY_ITSELF, false],
    [{ ...canLog, mailbox: 'not-connected' }, true, NOT_BY_ITSELF, false],
    [{ sent: 'not-watched' }, true, NOT_BY_ITSELF, false],
    [{ ...canLog, sent: 'not-watched' }, true, NOT_BY_ITSELF, false],
  ])('%j with log %j: %s', (over, log, words, canChoose) => {
    const told = aCompose(over)
    expect(fateOf(told, { ...chosen, log }).headline).toBe(`This message ${words}`)
    expect(whyNoChoice(told, true) === null).toBe(canChoose)
  })

  it('says why it is logged though nothing is ticked', () => {
    const why = (log: boolean) => fateOf(aCompose(), { ...chosen, log }).why
    expect([why(false), why(true)]).toEqual([expect.stringMatching(/nothing needs/), undefined])
  })
})

describe('beside a message that is being written', () => {
  it('shows whom it is to, with the last e-mail, and who is no contact yet', async () => {
    const world = new World()
    const last = anEmail('e1', { subject: 'Beans for March' })
    world.draft = {
      contacts: [{ ...aMatch('c1', { name: 'Dora Lee' }), last }],
      strangers: [{ name: 'Eve', address: 'eve@elsewhere.test' }],
    }
    write(world)
    const people = within(await screen.findByRole('region', { name: 'Recipients' }))
    expect(people.getByText('Dora Lee')).toBeTruthy()
    expect(people.getByText('Beans for March')).toBeTruthy()
    expect(people.getByText('Create contact')).toBeTruthy()
  })

  it('asks again when the recipients change', async () => {
    const world = new World()
    const fake = new FakeDraft()
    write(world, fake)
    await whenSent()
    fake.cc.people.push(person('', 'eve@elsewhere.test'))
    act(() => fake.listener?.())
    await waitFor(() => expect(world.drafts.at(-1)?.cc).toHaveLength(1))
    act(() => void window.dispatchEvent(new Event('focus')))
    await act(async () => fake.open().read())
    expect(world.drafts).toHaveLength(2) // nothing has changed
    expect(screen.queryByText('Look again')).toBeNull()
  })

  it('says beforehand that it will not be logged, and why', async () => {
    const world = new World()
    world.draft = { forecast: { ...forecast, canLog: false } }
    write(world)
    const card = await whenSent()
    expect(card.getByText('This message will not be logged.')).toBeTruthy()
    expect(card.getByText('This is why.')).toBeTruthy()
    expect(box('Log when sent').disabled).toBe(true)
  })

  it('keeps what is chosen: on the server first, then in the draft; and shows it again', async () => {
    const world = new World()
    const fake = new FakeDraft()
    world.draft = canLog
    const user = write(world, fake)
    await whenSent()
    await user.click(box('Log when sent'))
    expect(await screen.findByText('Your choice is saved with this draft.')).toBeTruthy()
    const card = await whenSent()
    expect(card.getByText('This message will be logged when it is sent.')).toBeTruthy()
    const [id] = world.choices.keys()
    expect([world.choices.get(id!), fake.headers.get('x-flowcrm-choice')]).toEqual([chosen, id])
    cleanup()
    write(world, fake)
    await whenSent()
    expect([box('Log when sent').checked, box('Track this email').checked]).toEqual([true, false])
  })

  it('keeps the click on show when it cannot be saved, and saves it on the next try', async () => {
    const world = new World()
    const fake = new FakeDraft()
    const user = write(world, fake)
    await whenSent()
    world.choosingFails = problem('unavailable')
    await user.click(box('Track this email'))
    expect(await screen.findByText('Your choice is not saved')).toBeTruthy()
    expect([box('Track this email').checked, fake.headers.size]).toEqual([true, 0])
    fake.cc.people.push(person('', 'eve@elsewhere.test'))
    act(() => fake.listener?.()) // looking again does not take it away
    await waitFor(() => expect(world.drafts).toHaveLength(2))
    fake.refusal = 9041 // this time Outlook does not keep it
    await user.click(screen.getByText('Try again'))
    expect(await screen.findByText(/Outlook could not/)).toBeTruthy()
    await user.click(screen.getByText('Try again'))
    expect(await screen.findByText('Your choice is saved with this draft.')).toBeTruthy()
    expect([...world.choices.values()]).toEqual([{ ...chosen, log: false, track: true }])
  })

  it('has a button for changes and no choice in an Outlook that can do neither', async () => {
    const world = new World()
    const user = write(world, new FakeDraft(), 'internetHeaders', 'addHandlerAsync')
    expect(await screen.findByText(/cannot keep a choice/)).toBeTruthy()
    expect(box('Log when sent').disabled).toBe(true)
    await user.click(screen.getByText('Look again'))
    await waitFor(() => expect(world.drafts).toHaveLength(2))
  })

  it('shows what went wrong when the CRM does not answer', async () => {
    const world = new World()
    world.draft = problem('unavailable', 'The service is down.')
    const user = write(world)
    expect((await screen.findByRole('alert')).textContent).toContain('The service is down.')
    world.draft = {}
    await user.click(screen.getByText('Try again'))
    await whenSent()
  })
})

describe('a message that was sent', () => {
  it('says that it is to be tracked, as was chosen for its draft', async () => {
    const world = new World()
    const { sightings, ...told } = stored()
    world.answers = [
      {
        ...told,
        sightings: sightings.map((one) => ({ ...one, chosen: { log: true, track: true } })),
      },
    ]
    world.open = { kind: 'message', message: aMessage() }
    render(<App {...world.parts} />)
    expect(await screen.findByText(/To be tracked/)).toBeTruthy()
  })
})

describe('the drop-box that is copied by itself', () => {
  const copies = (fake: FakeDraft) => fake.bcc.people.map(({ emailAddress }) => emailAddress)
  const isNoted = (world: World) =>
    waitFor(() => expect([...world.choices.values()]).toMatchObject([{ copied: true }]))

  it('is added once, and not again after the person took it out', async () => {
    const world = new World()
    const fake = new FakeDraft()
    world.draft = { dropBox: 'save@flow.test' }
    write(world, fake)
    await isNoted(world)
    act(() => fake.listener?.())
    await waitFor(() => expect(world.drafts).toHaveLength(2))
    expect(copies(fake)).toEqual(['save@flow.test'])
    fake.bcc.people.length = 0
    cleanup()
    write(world, fake)
    await screen.findByText(/was added to Bcc once/)
    expect(copies(fake)).toEqual([])
  })

  it('is not added to where it stands already', async () => {
    const world = new World()
    const fake = new FakeDraft()
    fake.bcc.people.push(person('', 'Save@flow.test'))
    world.draft = { dropBox: 'save@flow.test' }
    write(world, fake)
    await isNoted(world)
    expect(copies(fake)).toEqual(['Save@flow.test'])
  })
})
