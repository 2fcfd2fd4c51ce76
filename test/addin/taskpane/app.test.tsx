/** @jest-environment jsdom */
import { beforeEach, describe, expect, it } from '@jest/globals'
import { render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { SignInError } from '../../../addin/auth/refusal.ts'
import { App } from '../../../addin/taskpane/app.tsx'
import { aMessage, problem, stored, World } from '../support/fake-crm.ts'
import { emptyPage } from '../support/page.ts'

beforeEach(emptyPage)

function show(world: World) {
  render(<App {...world.parts} />)
  return userEvent.setup()
}

describe('the task pane on screen', () => {
  it('says that no message is open', async () => {
    show(new World())
    expect(await screen.findByRole('heading', { name: 'No message is open' })).toBeTruthy()
  })

  it('offers to log what the CRM does not have, and tells that it has it then', async () => {
    const world = new World()
    world.open = { kind: 'message', message: aMessage() }
    const user = show(world)
    const button = await screen.findByRole('button', { name: 'Log to CRM' })
    expect(screen.getByRole('heading', { name: 'Quote for 40 seats' })).toBeTruthy()
    world.answers = [stored()]
    await user.click(button)
    const card = await screen.findByText(/In the CRM since/)
    expect(screen.getByRole('status').textContent).toBe('Logged to the CRM.')
    expect(card.parentElement).toBe(document.activeElement)
  })

  it('says since when and by whom the CRM has it', async () => {
    const world = new World()
    world.open = { kind: 'message', message: aMessage() }
    world.answers = [stored()]
    show(world)
    const seenBy = await screen.findByRole('list', { name: 'Seen by' })
    expect(within(seenBy).getByText('alice@contoso.test, Inbox')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /Log/ })).toBeNull()
    expect(document.activeElement).toBe(document.body)
  })

  it('offers to add the copy of a mailbox that is not among those', async () => {
    const world = new World()
    world.open = { kind: 'message', message: aMessage() }
    world.answers = [stored('bob@contoso.test'), stored()]
    const user = show(world)
    await user.click(await screen.findByRole('button', { name: 'Log my copy too' }))
    expect(await screen.findByText('alice@contoso.test, Inbox')).toBeTruthy()
  })

  it('signs in on a click, and says why it did not work', async () => {
    const world = new World()
    world.token = null
    world.signInError = new SignInError('popup-blocked')
    const user = show(world)
    await user.click(await screen.findByRole('button', { name: 'Sign in' }))
    expect((await screen.findByRole('alert')).textContent).toContain('Allow pop-ups')
    world.signInError = null
    await user.click(screen.getByRole('button', { name: 'Sign in' }))
    expect(await screen.findByRole('heading', { name: 'No message is open' })).toBeTruthy()
  })

  it('tries again by the keyboard after a failure', async () => {
    const world = new World()
    world.open = { kind: 'message', message: aMessage() }
    world.answers = [problem('store-unavailable', 'The database is away.'), stored()]
    const user = show(world)
    expect((await screen.findByRole('alert')).textContent).toContain('The database is away.')
    await user.tab()
    await user.tab()
    expect(document.activeElement?.textContent).toBe('Try again')
    expect(screen.queryByRole('button', { name: 'Use another account' })).toBeNull()
    await user.keyboard('{Enter}')
    expect(await screen.findByText(/In the CRM since/)).toBeTruthy()
  })

  it('lets a person choose another account when this one may not look here', async () => {
    const world = new World()
    world.open = { kind: 'message', message: aMessage() }
    world.answers = [problem('forbidden', 'Not your mailbox.'), stored()]
    const user = show(world)
    await user.click(await screen.findByRole('button', { name: 'Use another account' }))
    expect(await screen.findByText(/In the CRM since/)).toBeTruthy()
    expect(world.signedIn).toEqual(['anybody'])
  })

  it('shows an empty subject and an unknown sender as such', async () => {
    const world = new World()
    world.open = { kind: 'message', message: aMessage({ subject: '', from: null }) }
    show(world)
    expect(await screen.findByRole('heading', { name: '(no subject)' })).toBeTruthy()
    expect(screen.getByText('Unknown sender')).toBeTruthy()
  })
})
