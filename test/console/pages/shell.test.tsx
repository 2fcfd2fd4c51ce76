/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { Session } from '../../../models/wire/session.ts'
import type { FakeService } from '../support/fake-service.ts'
import { aMailbox, anEmail, aSession } from '../support/fixtures.ts'
import { openConsole } from '../support/open-console.tsx'

const asPerson =
  (...roles: Session['roles']) =>
  (service: FakeService) => {
    service.session = aSession({ roles })
    service.mailboxes = [aMailbox()]
    service.emails = [anEmail()]
  }
const pages = async () => within(await screen.findByLabelText('Pages'))
const heading = () => document.querySelector('h1')

describe('the pages of the console', () => {
  it('are gone to without leaving: heading, tab and focus follow, and the browser’s way back', async () => {
    await using _page = await openConsole(asPerson('member'))
    await screen.findByText('Live')
    await waitFor(() => expect(document.title).toBe('Inbox · FlowCRM')) // said when the page is on show
    expect(document.activeElement).toBe(document.body)

    fireEvent.click((await pages()).getByText('Explain'))
    await screen.findByLabelText('Address of the sender')
    await waitFor(() => expect(document.title).toBe('Why is this mail here, or not? · FlowCRM'))
    expect([location.pathname, heading()]).toEqual(['/explain', document.activeElement])
    expect((await pages()).getByText('Explain').closest('a')?.ariaCurrent).toBe('page')

    history.back()
    await screen.findByLabelText('E-mails')
    await waitFor(() => expect(document.title).toBe('Inbox · FlowCRM'))
    expect(location.pathname).toBe('/')
  })

  it('stay on one line to the service while one goes about', async () => {
    await using page = await openConsole(asPerson('member'))
    await screen.findByText('Live')
    fireEvent.click((await pages()).getByText('Mailboxes'))
    expect(await screen.findByText('No mailbox needs anybody.')).toBeTruthy()
    expect(screen.getByText('Live')).toBeTruthy()
    const lines = page.service.requests.filter(({ path }) => path === '/api/v1/events')
    expect([lines.length, page.service.openLines]).toEqual([1, 1])
  })

  it.each([
    ['a member', ['member'], ['Inbox', 'Contacts', 'Mailboxes', 'Rules', 'Explain']],
    ['an auditor', ['auditor'], ['Inbox', 'Mailboxes', 'Rules', 'Explain', 'Compliance']],
  ] as const)('are those that are for %s', async (_who, roles, words) => {
    await using _page = await openConsole(asPerson(...roles))
    const links = (await screen.findByLabelText('Pages')).querySelectorAll('a')
    expect([...links].map(({ textContent }) => textContent)).toEqual(words)
  })

  it('begin with the audit log for who only audits, who then goes where they like', async () => {
    await using page = await openConsole(asPerson('auditor'))
    await waitFor(() =>
      expect([location.pathname, heading()?.textContent]).toEqual(['/compliance', 'Compliance']),
    )
    await page.user.click((await pages()).getByText('Inbox'))
    await waitFor(() => expect([location.pathname, heading()?.textContent]).toEqual(['/', 'Inbox']))
  })

  it('leave a link to the browser when it is to open elsewhere', async () => {
    await using _page = await openConsole(asPerson('member'))
    const link = (await pages()).getByText('Explain')
    addEventListener('click', (event) => event.preventDefault(), { once: true }) // after the page
    fireEvent.click(link, { ctrlKey: true })
    expect(location.pathname).toBe('/')
  })

  it('say so when an address names none of them', async () => {
    await using _page = await openConsole(asPerson('member'), '/nowhere')
    await waitFor(() => expect(heading()?.textContent).toBe('There is no such page'))
  })

  it('are come back to after signing in', async () => {
    await using _page = await openConsole(() => undefined, '/contacts/c-1?tab=notes')
    const link = await screen.findByText('Sign in')
    expect(link.closest('a')?.getAttribute('href')).toBe(
      '/auth/sign-in?returnTo=%2Fcontacts%2Fc-1%3Ftab%3Dnotes',
    )
  })
})
