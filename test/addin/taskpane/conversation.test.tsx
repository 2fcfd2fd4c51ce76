/** @jest-environment jsdom */
import { beforeEach, describe, expect, it } from '@jest/globals'
import { render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { App } from '../../../addin/taskpane/app.tsx'
import type { MessageState } from '../../../models/wire/pane/look.ts'
import { aMessage, stored, World } from '../support/fake-crm.ts'
import { emptyPage } from '../support/page.ts'

beforeEach(emptyPage)

/** The pane beside an open message; the answer is its user. */
function show(world: World) {
  world.open = { kind: 'message', message: aMessage() }
  render(<App {...world.parts} />)
  return userEvent.setup()
}

const keptOut: MessageState = {
  ...{ state: 'excluded', since: '2026-11-20T10:00:00.000Z', reason: 'conversation-kept-out' },
  ...{ sentence: 'This is why.', change: 'That.', retryAt: null, canLog: false },
}

describe('the conversation of the open message', () => {
  it('is kept out on a person’s word, once they have said it twice, and let in again', async () => {
    const world = new World()
    world.answers = [stored()]
    world.around = { keptOut: false }
    const user = show(world)
    const card = within(await screen.findByRole('region', { name: 'In the CRM' }))
    await user.click(card.getByText('Keep this conversation out'))
    await user.click(card.getByText('Cancel'))
    await user.click(card.getByText('Keep this conversation out'))
    expect(card.getByText(/Your colleagues’ copies stay/)).toBeTruthy()
    world.around = { keptOut: true }
    world.answers = [keptOut]
    await user.click(card.getByText('Keep it out'))
    await screen.findByText('Kept out of the CRM')
    world.around = { keptOut: false }
    world.answers = [stored()]
    await user.click(screen.getByText('Let this conversation in again'))
    await screen.findByText(/In the CRM since/)
    expect(world.done).toEqual([
      ['keep out', true],
      ['keep out', false],
    ])
  })

  it('is no matter where the mailbox is not connected', async () => {
    const world = new World()
    world.around = { mailbox: 'not-connected' }
    show(world)
    await screen.findByText('Not in the CRM yet.')
    expect(screen.queryByText('Keep this conversation out')).toBeNull()
  })
})
