/** @jest-environment ./test/ui/support/page-environment.ts */
import { beforeEach, describe, expect, it } from '@jest/globals'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { openConsole } from '../../support/open-console.tsx'
import { withAlice } from './rule-facts.ts'

const link = (name: string) => screen.findByRole('link', { name })
const heading = (name: string) => screen.findByRole('heading', { level: 1, name })
const asked = () => screen.findByRole('alertdialog', { name: 'Leave without saving?' })
const answer = (dialog: HTMLElement, name: string) =>
  fireEvent.click(within(dialog).getByRole('button', { name }))
const machines = () => screen.findByLabelText<HTMLSelectElement>('Mail that machines send')
const unasked = () => waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())

/** From the Inbox to Rules, where something is typed. */
async function type() {
  fireEvent.click(await link('Rules'))
  fireEvent.change(await machines(), { target: { value: 'keep-out' } })
  await screen.findByText('Not saved yet.')
}

/** As the browser's buttons do. */
const step = (steps: number) => history.go(steps)

/** Nothing of the last visit lies ahead. */
beforeEach(() => history.pushState(null, '', '/mailboxes'))

describe('rules that are not saved', () => {
  it('are asked about before a link is followed, and stay when the reader does', async () => {
    await using _page = await openConsole(withAlice(), '/')
    await type()
    const mailboxes = await link('Mailboxes')
    mailboxes.focus()
    fireEvent.click(mailboxes)
    answer(await asked(), 'Cancel')
    await unasked()
    expect(location.pathname).toBe('/rules')
    expect((await machines()).value).toBe('keep-out')
    expect(document.activeElement).toBe(mailboxes)
  })

  it('are dropped when the reader leaves, and the focus goes to the other page', async () => {
    await using _page = await openConsole(withAlice(), '/')
    await type()
    fireEvent.click(await link('Inbox'))
    answer(await asked(), 'Leave')
    const title = await heading('Inbox')
    expect(location.pathname).toBe('/')
    await waitFor(() => expect(document.activeElement).toBe(title))
    await unasked()
  })

  it('are asked about before the browser goes back, and the address stays until then', async () => {
    await using _page = await openConsole(withAlice(), '/')
    await type()
    step(-1)
    answer(await asked(), 'Cancel')
    await unasked()
    await waitFor(() => expect(location.pathname).toBe('/rules'))
    expect((await machines()).value).toBe('keep-out')
    step(-1)
    const dialog = await asked()
    await waitFor(() => expect(location.pathname).toBe('/rules'))
    answer(dialog, 'Leave')
    await heading('Inbox')
    expect(location.pathname).toBe('/')
  })

  it('are asked about before the browser goes forward, and it then goes there', async () => {
    await using _page = await openConsole(withAlice(), '/rules')
    await machines()
    fireEvent.click(await link('Inbox'))
    await heading('Inbox')
    step(-1)
    fireEvent.change(await machines(), { target: { value: 'keep-out' } })
    await screen.findByText('Not saved yet.')
    step(1)
    const dialog = await asked()
    await waitFor(() => expect(location.pathname).toBe('/rules'))
    answer(dialog, 'Leave')
    await heading('Inbox')
    expect(location.pathname).toBe('/')
  })

  it('are asked about before the reader signs out, who stays signed in until then', async () => {
    await using page = await openConsole(withAlice(), '/')
    const signOuts = () => page.service.requests.filter(({ path }) => path === '/auth/sign-out')
    await type()
    fireEvent.click(screen.getByText('Sign out'))
    answer(await asked(), 'Cancel')
    await unasked()
    expect(signOuts()).toHaveLength(0)
    expect((await machines()).value).toBe('keep-out')
    fireEvent.click(screen.getByText('Sign out'))
    answer(await asked(), 'Leave')
    await link('Sign in')
    expect(signOuts()).toHaveLength(1)
  })

  it('are not asked about where the reader is already, nor once they are discarded', async () => {
    await using _page = await openConsole(withAlice(), '/')
    await type()
    fireEvent.click(await link('Rules'))
    expect(screen.queryByRole('alertdialog')).toBeNull()
    fireEvent.click(screen.getByText('Discard changes'))
    fireEvent.click(await link('Inbox'))
    await heading('Inbox')
    expect(screen.queryByRole('alertdialog')).toBeNull()
  })
})
