/** @jest-environment jsdom */
import { beforeEach, describe, expect, it } from '@jest/globals'
import { act, render, screen, waitFor } from '@testing-library/react'
import { createOutlook, type Outlook } from '../../../addin/office/outlook.ts'
import { App } from '../../../addin/taskpane/app.tsx'
import { useHostTheme } from '../../../addin/taskpane/use-host-theme.ts'
import { FakeOffice, type FakeItem } from '../support/fake-office.ts'
import { aMessage, World } from '../support/fake-crm.ts'
import { emptyPage } from '../support/page.ts'

beforeEach(emptyPage)

/** What is open in a compose form: properties are objects that have to be asked. */
const asked = { getAsync: () => {} }

const drafts: [surface: string, item: unknown, heading: string, words: string][] = [
  ['a new message', { itemType: 'message', subject: asked }, 'This is a draft', 'has been sent'],
  [
    'a reply that has been saved',
    { itemType: 'message', itemId: undefined, conversationId: 'c-1', subject: asked },
    'This is a draft',
    'has been sent',
  ],
  [
    'a meeting one is invited to',
    { itemType: 'appointment', itemId: 'AAMk-m', subject: 'Review' },
    'This is a meeting',
    'cannot be logged yet',
  ],
  [
    'a meeting one organizes',
    { itemType: 'appointment', subject: asked },
    'This is a meeting',
    'cannot be logged yet',
  ],
]

describe('the pane beside what is no message', () => {
  it.each(drafts)('%s says what it is and what to do', async (_surface, item, heading, words) => {
    const world = new World()
    const outlook = createOutlook(new FakeOffice(item as FakeItem).office)
    render(<App {...world.parts} outlook={Promise.resolve(outlook)} />)
    const title = await screen.findByRole('heading', { name: heading })
    expect(title.parentElement?.textContent).toContain(words)
    expect(title.parentElement?.textContent).toContain('Open a message to log it.')
    await waitFor(() =>
      expect(screen.getByRole('status').textContent).toMatch(/^This .*is a (draft|meeting)\.$/),
    )
    expect(screen.queryByRole('alert')).toBeNull()
    expect(world.asked).toEqual([])
  })

  it('shows the message that is opened next', async () => {
    const world = new World()
    world.open = { kind: 'draft' }
    render(<App {...world.parts} />)
    await screen.findByRole('heading', { name: 'This is a draft' })
    act(() => world.select(aMessage()))
    expect(await screen.findByRole('heading', { name: 'Quote for 40 seats' })).toBeTruthy()
    expect(screen.queryByRole('heading', { name: 'This is a draft' })).toBeNull()
  })
})

describe('the colours of the pane', () => {
  /** jsdom is slow and wrong about styles: what is asked is the theme, and test/browser looks at the colours. */
  const Ground = ({ outlook }: { outlook: Promise<Outlook> }) => (
    <p>{useHostTheme(outlook).colorNeutralBackground1}</p>
  )

  it.each([
    ['#000000', '#ffffff', '#000000'],
    ['#262626', '#ffffff', '#292929'],
    ['#ffffff', '#000000', '#ffffff'],
  ])('on %s with %s have %s as their ground', async (ground, ink, expected) => {
    const fake = new FakeOffice()
    fake.officeTheme = { bodyBackgroundColor: ground, bodyForegroundColor: ink }
    render(<Ground outlook={Promise.resolve(createOutlook(fake.office))} />)
    expect(await screen.findByText(expected)).toBeTruthy()
  })
})
