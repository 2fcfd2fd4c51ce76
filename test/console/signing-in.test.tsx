/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { screen } from '@testing-library/react'
import { aMailbox, aSession } from './support/fixtures.ts'
import { aProblem } from './support/fake-service.ts'
import { openConsole } from './support/open-console.tsx'

describe('who may see what', () => {
  it('welcomes a stranger with one thing to do: sign in', async () => {
    await using _page = await openConsole(() => undefined)
    const link = await screen.findByRole('link', { name: 'Sign in' })
    expect(link.getAttribute('href')).toBe('/auth/sign-in')
    expect(screen.getByRole('heading', { level: 1 }).textContent).toMatch(/Outlook mail/)
    expect(screen.getByText(/Mail\.Read\. It changes nothing in your mailbox unless/)).toBeTruthy()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('says what is wrong when the service does not open, and tries again on request', async () => {
    await using page = await openConsole((service) => {
      const problem = aProblem(503, 'store-unavailable', 'The database does not answer.')
      service.instead.set('GET /api/v1/session', problem)
    })
    expect((await screen.findByRole('alert')).textContent).toContain(
      'The database does not answer.',
    )
    expect(screen.getByText('req-42')).toBeTruthy()
    page.service.instead.clear()
    await page.user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('link', { name: 'Sign in' })).toBeTruthy()
  })

  it('signs out with the token of the session', async () => {
    await using page = await openConsole((service) => {
      service.session = aSession()
      service.mailboxes = [aMailbox()]
    })
    await page.user.click(await screen.findByRole('button', { name: 'Sign out' }))
    expect(await screen.findByRole('link', { name: 'Sign in' })).toBeTruthy()
    const sent = page.service.requests.find(({ path }) => path === '/auth/sign-out')
    expect(sent).toMatchObject({ method: 'POST', csrf: 'csrf-of-alice' })
    expect(screen.queryByText(/session has ended/)).toBeNull()
  })

  it('says that the session has ended when the service forgets it', async () => {
    await using page = await openConsole((service) => {
      service.session = aSession()
      service.mailboxes = [aMailbox()]
    })
    const button = await screen.findByRole('button', { name: 'Choose folders' })
    page.service.session = null
    await page.user.click(button)
    expect(await screen.findByText(/session has ended/)).toBeTruthy()
    expect(await screen.findByRole('link', { name: 'Sign in' })).toBeTruthy()
  })

  it('opens the doors of the sandbox, and only there', async () => {
    const sandbox = {
      faultDeskUrl: 'http://localhost:3001/desk',
      outlookUrl: 'http://localhost:3003/',
    }
    await using _page = await openConsole((service) => (service.session = aSession({ sandbox })))
    const desk = await screen.findByRole('link', { name: /^Deliver a mail/ })
    expect(desk.getAttribute('href')).toBe(sandbox.faultDeskUrl)
    const outlook = screen.getByRole('link', { name: /^Open Outlook/ })
    expect(outlook.getAttribute('href')).toBe(sandbox.outlookUrl)
  })

  it('has no sandbox doors elsewhere', async () => {
    await using _page = await openConsole((service) => (service.session = aSession()))
    await screen.findByRole('button', { name: 'Sign out' })
    expect(screen.queryByRole('region', { name: 'Sandbox' })).toBeNull()
  })

  it('remembers the theme that was chosen', async () => {
    await using page = await openConsole(() => undefined)
    for (const [shown, next] of [
      ['Auto', 'light'],
      ['Light', 'dark'],
      ['Dark', 'auto'],
    ]) {
      await page.user.click(await screen.findByRole('button', { name: `Theme: ${shown}` }))
      expect(localStorage.getItem('flowcrm-theme')).toBe(next)
    }
    localStorage.clear()
  })
})
