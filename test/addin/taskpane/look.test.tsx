/** @jest-environment jsdom */
import { beforeEach, describe, expect, it } from '@jest/globals'
import { act, render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { App } from '../../../addin/taskpane/app.tsx'
import type { Explanation } from '../../../models/wire/explain.ts'
import type { MessageState } from '../../../models/wire/pane/look.ts'
import {
  aContact,
  aMatch,
  aMessage,
  anEmail,
  notLogged,
  problem,
  stored,
  World,
} from '../support/fake-crm.ts'
import { emptyPage } from '../support/page.ts'

beforeEach(emptyPage)

/** The pane beside an open message; the answer is its user. */
function show(world: World) {
  world.open = { kind: 'message', message: aMessage() }
  render(<App {...world.parts} />)
  return userEvent.setup()
}

const since = '2026-11-20T10:00:00.000Z'
const leftOut = (state: 'pending' | 'excluded' | 'failed' | 'gone', canLog: boolean) =>
  ({
    ...{ state, since, reason: 'a-reason', sentence: 'This is why.', change: 'That.' },
    ...{ retryAt: null, canLog },
  }) satisfies MessageState

describe('what became of the open message', () => {
  it.each([
    [notLogged, 'Not in the CRM yet.', true],
    [leftOut('pending', true), 'On its way to the CRM', true],
    [leftOut('excluded', true), 'Kept out of the CRM', true],
    [leftOut('excluded', false), 'Kept out of the CRM', false],
    [leftOut('failed', true), 'Could not be stored', true],
    [leftOut('gone', true), 'Not in the CRM', true],
  ])('%j is said in words, aloud too, with what can be done', async (state, words, canLog) => {
    const world = new World()
    world.answers = [state]
    show(world)
    const card = within(await screen.findByRole('region', { name: 'In the CRM' }))
    expect(card.getByText(words)).toBeTruthy()
    if (state.state !== 'not-logged') expect(card.getByText('This is why.')).toBeTruthy()
    expect(card.queryAllByRole('button', { name: 'Log to CRM' })).toHaveLength(canLog ? 1 : 0)
    expect(screen.getByRole('status').textContent).toContain('This e-mail')
  })

  it.each([
    ['paused', /is paused/],
    ['needs-attention', /connected again/],
    ['not-connected', /have not connected/],
  ] as const)('a mailbox that is %s is why nothing comes by itself', async (mailbox, words) => {
    const world = new World()
    world.around = { mailbox }
    show(world)
    expect(await screen.findByText(words)).toBeTruthy()
  })

  it('is logged to those contacts only that stay chosen', async () => {
    const world = new World()
    world.around = { contacts: [aMatch('c1'), aMatch('c2', { name: 'Dora Lee' })] }
    const user = show(world)
    const choice = await screen.findByRole('group', { name: 'Log it to' })
    await user.click(within(choice).getByRole('checkbox', { name: 'Dora Lee' }))
    world.answers = [stored()]
    await user.click(screen.getByRole('button', { name: 'Log to CRM' }))
    expect(await screen.findByText(/In the CRM since/)).toBeTruthy()
    expect(world.logged).toMatchObject([{ pins: [{ contactId: 'c2', belongs: false }] }])
  })

  it('stays on show, with what went wrong, when logging fails', async () => {
    const world = new World()
    const user = show(world)
    await screen.findByRole('button', { name: 'Log to CRM' })
    world.answers = [problem('kept-out', 'A rule keeps it out.')]
    await user.click(screen.getByRole('button', { name: 'Log to CRM' }))
    expect((await screen.findByRole('alert')).textContent).toContain('A rule keeps it out.')
    expect(screen.getByText('Not in the CRM yet.')).toBeTruthy()
  })
})

describe('attachments', () => {
  const attachments = [
    { name: 'Offer.pdf', size: 1_240_000, isInline: false },
    { name: 'Plan.png', size: 900, isInline: false },
    { name: 'logo.png', size: 2_100, isInline: true },
  ]

  it('of a connected mailbox can be chosen by their sizes; pictures of signatures stay out', async () => {
    const world = new World()
    world.open = { kind: 'message', message: aMessage({ attachments }) }
    render(<App {...world.parts} />)
    const user = userEvent.setup()
    const choice = within(await screen.findByRole('group', { name: 'Attachments to store' }))
    const isChosen = (name: string) => choice.getByLabelText<HTMLInputElement>(name).checked
    expect(isChosen('Offer.pdf, 1.2 MB')).toBe(true)
    expect(isChosen('logo.png, 2 kB, in the text')).toBe(false)
    await user.click(choice.getByLabelText('Offer.pdf, 1.2 MB'))
    world.answers = [stored()]
    await user.click(screen.getByRole('button', { name: 'Log to CRM' }))
    expect(await screen.findByText(/In the CRM since/)).toBeTruthy()
    const [offer, , logo] = attachments
    const leftOut = [offer!, logo!].map(({ name, size }) => ({ name, size }))
    expect(world.logged).toMatchObject([{ leftOut }])
  })

  it('of a mailbox that is not connected are told with their sizes', async () => {
    const world = new World()
    world.around = { mailbox: 'not-connected' }
    world.open = { kind: 'message', message: aMessage({ attachments }) }
    render(<App {...world.parts} />)
    const list = await screen.findByRole('list', { name: 'Attachments' })
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['Offer.pdf, 1.2 MB', 'Plan.png, 900 bytes'])
    const note = list.previousElementSibling
    expect(note?.textContent).toMatch(/^2 attachments, 1.2 MB: stays in Outlook/)
  })
})

describe('who takes part', () => {
  it('is every contact, with company and reason', async () => {
    const world = new World()
    world.around = {
      contacts: [
        aMatch('c1', { name: 'Dora', jobTitle: 'Buyer', company: { id: 'f', name: 'Fabrikam' } }),
        aMatch('c2', { name: 'Desk' }),
      ],
    }
    show(world)
    const list = await screen.findByRole('list', { name: 'Contacts' })
    const [dora, desk] = within(list).getAllByRole('listitem')
    expect(dora?.textContent).toContain('DoraBuyer, FabrikamWrote it from c1@fabrikam.test')
    expect(desk?.textContent).toContain('Desk')
    const link = within(list).getByRole('link', { name: 'Dora (opens in a new tab)' })
    expect(link.getAttribute('href')).toBe('https://crm.test/contacts/c1')
    expect(screen.queryByRole('button', { name: /Does not belong/ })).toBeNull()
  })

  it('can be corrected once the e-mail is stored; the focus stays near', async () => {
    const world = new World()
    world.answers = [stored()]
    world.around = { contacts: [aMatch('c1', { name: 'Dora' })] }
    const user = show(world)
    const button = await screen.findByRole('button', { name: 'Does not belong to Dora' })
    world.around = {}
    await user.click(button)
    expect(await screen.findByText(/Only colleagues or machines/)).toBeTruthy()
    expect(world.done).toEqual([['pin', { emailId: 'e1', contactId: 'c1', belongs: false }]])
    expect(document.activeElement?.textContent).toBe('Who is this')
  })

  it('becomes a contact after a search that finds nobody, by the keyboard alone', async () => {
    const world = new World()
    world.around = { strangers: [{ name: 'Eve', address: 'eve@x.example' }] }
    const user = show(world)
    const button = await screen.findByRole('button', { name: 'Create contact for Eve' })
    button.focus()
    await user.keyboard('{Enter}')
    expect(await screen.findByText('No contact has this name or address.')).toBeTruthy()
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' }))
    world.around = { contacts: [aMatch('new', { name: 'Eve Miller' })] }
    await user.keyboard('{End} Miller{Enter}')
    expect(await screen.findByText('Eve Miller')).toBeTruthy()
    expect(world.done).toEqual([
      ['search', 'eve@x.example'],
      ['search', 'Eve'],
      ['create', { name: 'Eve Miller', addresses: ['eve@x.example'] }],
    ])
    expect(screen.getByRole('status').textContent).toBe('Contact created.')
  })

  it('is added to a contact that is the same person', async () => {
    const world = new World()
    world.around = { strangers: [{ name: 'Eve', address: 'eve@x.example' }] }
    world.known = [aContact('c7', { name: 'Eve Miller' })]
    const user = show(world)
    await user.click(await screen.findByRole('button', { name: 'Create contact for Eve' }))
    await user.click(await screen.findByRole('button', { name: 'Add the address to Eve Miller' }))
    expect(world.done.at(-1)).toEqual([
      'add address',
      { contactId: 'c7', address: 'eve@x.example' },
    ])
  })

  it('shows nothing of what was typed for the last message on the next', async () => {
    const world = new World()
    world.around = { strangers: [{ name: 'Eve', address: 'eve@x.example' }] }
    const user = show(world)
    await user.click(await screen.findByRole('button', { name: 'Create contact for Eve' }))
    await screen.findByRole('textbox', { name: 'Name' })
    act(() => world.select(aMessage({ itemId: 'another', subject: 'Another' })))
    expect(await screen.findByRole('heading', { name: 'Another' })).toBeTruthy()
    await screen.findByRole('button', { name: 'Create contact for Eve' })
    expect(screen.queryByRole('textbox', { name: 'Name' })).toBeNull()
  })
})

describe('the mail around it', () => {
  it('is the conversation, with the open one marked, and other e-mails with the contact', async () => {
    const world = new World()
    world.answers = [stored()]
    world.around = {
      contacts: [aMatch('c1', { name: 'Dora' })],
      thread: { id: 't1', emails: [anEmail('e1'), anEmail('e0')], total: 7 },
      recent: {
        ...{ contactId: 'c1', total: 1 },
        emails: [anEmail('e9', { subject: '', visibility: 'metadata' })],
      },
    }
    show(world)
    const thread = await screen.findByRole('list', { name: 'E-mails: Conversation' })
    const [open] = within(thread).getAllByRole('listitem')
    expect(open?.getAttribute('aria-current')).toBe('true')
    expect(screen.getByText('2 of 7')).toBeTruthy()
    const last = screen.getByRole('list', { name: 'E-mails: Other e-mails with Dora' })
    expect(last.textContent).toContain('(subject not shared)')
  })
})

describe('the question why', () => {
  const told: Explanation = {
    ...{ at: since, answer: 'not-watched', trouble: null, accounts: [], more: false },
    summary: 'It is not in a watched folder: it is in Private.',
    found: [
      {
        ...{ messageId: 'm', folder: { name: 'Private', watched: false }, receivedAt: null },
        ...{ sentence: 'It is in Private.', change: 'Watching Private.' },
      },
    ],
  }

  it('is answered where it is asked, with what would change it', async () => {
    const world = new World()
    world.explanation = told
    const user = show(world)
    const button = await screen.findByRole('button', { name: 'Why is it not here?' })
    expect(button.getAttribute('aria-expanded')).toBe('false')
    await user.click(button)
    expect(await screen.findByText(/Watching Private/)).toBeTruthy()
    expect(screen.getAllByText(told.summary)[0]).toBeTruthy()
    expect(button.getAttribute('aria-expanded')).toBe('true')
    expect(document.activeElement).toBe(button)
    expect(screen.getByRole('status').textContent).toBe(told.summary)
  })

  it('needs no asking where the mailbox is not connected', async () => {
    const world = new World()
    world.around = { mailbox: 'not-connected' }
    const user = show(world)
    await user.click(await screen.findByRole('button', { name: 'Why is it not here?' }))
    expect(await screen.findByText(/Connect this one in the FlowCRM console/)).toBeTruthy()
    expect(world.done).toEqual([])
  })

  it('says so when it cannot be answered, and asks for a sign-in that has ended', async () => {
    const world = new World()
    world.answers = [stored()]
    world.explanation = problem('store-unavailable', 'The database is away.')
    const user = show(world)
    await user.click(await screen.findByRole('button', { name: 'Why is it here?' }))
    expect((await screen.findByRole('alert')).textContent).toContain('The database is away.')
    world.explanation = problem('not-signed-in')
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('button', { name: 'Sign in' })).toBeTruthy()
  })
})
