/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { screen, waitFor, within } from '@testing-library/react'
import type { Email } from '../../models/wire/email.ts'
import { aMailbox, anEmail, aSession, manyEmails } from './support/fixtures.ts'
import { aProblem, type FakeService } from './support/fake-service.ts'
import { openConsole } from './support/open-console.tsx'

const connected = (service: FakeService) => {
  service.session = aSession()
  service.mailboxes = [aMailbox()]
  service.emails = manyEmails(3)
}
const rows = () =>
  within(screen.getByRole('list', { name: 'E-mails' }))
    .getAllByRole('listitem')
    .filter((row) => row.parentElement?.getAttribute('aria-label') === 'E-mails')
const arriving = (over: Partial<Email>) =>
  anEmail({ receivedAt: new Date().toISOString(), ...over })
const stored = (email: Email) => ({ type: 'email-stored', email }) as const
const said = () => screen.getByRole('status').textContent

describe('the mail list', () => {
  it('lists mail newest first, with who, what and where', async () => {
    await using _page = await openConsole(connected)
    await screen.findByText('Message 3')
    expect(rows().map((row) => /Message \d/.exec(row.textContent)?.[0])).toEqual([
      'Message 3',
      'Message 2',
      'Message 1',
    ])
    expect(rows()[0]?.textContent).toContain('Ada Lovelace')
    expect(rows()[0]?.textContent).toContain('alice@contoso.test, Inbox')
  })

  it('lets each text run in its own direction', async () => {
    await using _page = await openConsole((service) => {
      connected(service)
      service.emails = [anEmail({ subject: 'عرض سعر' })]
    })
    expect((await screen.findByText('عرض سعر')).getAttribute('dir')).toBe('auto')
  })

  it('loads older mail on request, until there is no more', async () => {
    await using page = await openConsole((service) => {
      connected(service)
      service.emails = manyEmails(70)
    })
    await page.user.click(await screen.findByRole('button', { name: 'Load older' }))
    expect(await screen.findByText('Message 1')).toBeTruthy()
    expect(rows()).toHaveLength(70)
    expect(screen.queryByRole('button', { name: 'Load older' })).toBeNull()
  })

  it('keeps what is listed when older mail does not load', async () => {
    await using page = await openConsole((service) => {
      connected(service)
      service.emails = manyEmails(70)
    })
    const button = await screen.findByRole('button', { name: 'Load older' })
    await screen.findByText('Live')
    page.service.instead.set('GET /api/v1/emails', aProblem(503, 'store-unavailable', 'Rests.'))
    await page.user.click(button)
    expect((await screen.findByRole('alert')).textContent).toContain('Older mail did not load')
    expect(rows()).toHaveLength(50)
  })
})

describe('mail that arrives while one looks', () => {
  it('is put on top and announced, once, however often the event comes', async () => {
    await using page = await openConsole(connected)
    await screen.findByText('Live')
    await screen.findByText('Message 3')
    const email = arriving({ id: 'n-1', subject: 'Signed!' })
    page.service.send(stored(email))
    page.service.send(stored(email))
    await screen.findByText('Signed!')
    expect(rows()).toHaveLength(4)
    expect(within(rows()[0]!).getByText('New')).toBeTruthy()
    expect(said()).toBe('New mail from Ada Lovelace: Signed!')
  })

  it('is announced as a number when a burst comes', async () => {
    await using page = await openConsole(connected)
    await screen.findByText('Live')
    await screen.findByText('Message 3')
    for (const id of ['n-1', 'n-2', 'n-3']) page.service.send(stored(arriving({ id })))
    await waitFor(() => expect(said()).toBe('3 new e-mails'))
    expect(rows()).toHaveLength(6)
  })

  it('is quiet about history that is being read', async () => {
    await using page = await openConsole(connected)
    await screen.findByText('Live')
    await screen.findByText('Message 3')
    page.service.send(
      stored(anEmail({ id: 'old', subject: 'From last year', receivedAt: '2025-11-20T10:00:00Z' })),
    )
    await screen.findByText('From last year')
    expect(said()).toBe('')
    expect(screen.queryByText('New')).toBeNull()
  })

  it('moves the light of its mailbox', async () => {
    await using page = await openConsole(connected)
    await screen.findByText('Live')
    const light = { colour: 'red', sentence: 'Consent was withdrawn.', todo: 'Reconnect.' } as const
    page.service.send({
      type: 'mailbox-changed',
      mailbox: aMailbox({ status: 'reconnect-needed', light }),
    })
    expect(await screen.findByText('Needs attention')).toBeTruthy()
    expect(screen.getByText('Consent was withdrawn.')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Reconnect' }).getAttribute('href')).toBe(
      '/auth/connect',
    )
  })

  it('is not missed when the line breaks: the list is loaded again', async () => {
    await using page = await openConsole(connected)
    await screen.findByText('Live')
    page.service.instead.set('GET /api/v1/events', aProblem(503, 'store-unavailable', 'Rests.'))
    page.service.cutLines()
    expect(await screen.findByText('Reconnecting…')).toBeTruthy()
    page.service.emails = [
      arriving({ id: 'missed', subject: 'Came meanwhile' }),
      ...page.service.emails,
    ]
    page.service.instead.clear()
    window.dispatchEvent(new Event('online'))
    expect(await screen.findByText('Came meanwhile')).toBeTruthy()
    expect(await screen.findByText('Live')).toBeTruthy()
  })

  it('stays out of the list of another mailbox', async () => {
    await using page = await openConsole((service) => {
      connected(service)
      service.mailboxes.push(aMailbox({ id: 'm-sales', address: 'sales@contoso.test' }))
    })
    await screen.findByText('Live')
    const filter = await screen.findByRole('combobox', { name: 'Show mail of' })
    await page.user.selectOptions(filter, 'sales@contoso.test')
    await screen.findByText(/belong to colleagues/)
    const [inbox] = anEmail().sightings
    const toSales = { ...inbox!, mailboxAddress: 'Sales@contoso.test' }
    page.service.send(stored(arriving({ id: 'n-1', subject: 'For Alice' })))
    page.service.send(stored(arriving({ id: 'n-2', subject: 'For Sales', sightings: [toSales] })))
    expect(await screen.findByText('For Sales')).toBeTruthy()
    expect(screen.queryByText('For Alice')).toBeNull()
  })
})
