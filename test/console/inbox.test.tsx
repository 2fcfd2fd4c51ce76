/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { aContact } from './support/page-facts.ts'
import { aMailbox, anEmail, aSession, manyEmails } from './support/fixtures.ts'
import type { FakeService } from './support/fake-service.ts'
import { openConsole } from './support/open-console.tsx'

const EMAILS = '/api/v1/emails'
const connected = (service: FakeService) => {
  service.session = aSession()
  service.mailboxes = [aMailbox()]
  service.emails = manyEmails(3)
}
const asked = ({ queries }: FakeService) => new URLSearchParams(queries.get(EMAILS))
const row = (name: string) => screen.getByRole('button', { name })

describe('the Inbox', () => {
  it('is narrowed to a state, to days and to a contact, and widened again', async () => {
    await using page = await openConsole((service) => {
      connected(service)
      const body = { contacts: [aContact()], nextCursor: null }
      service.instead.set('GET /api/v1/contacts', { status: 200, body })
    })
    await screen.findByText('Message 3')
    await page.user.selectOptions(screen.getByRole('combobox', { name: 'State' }), 'Unread')
    await waitFor(() => expect(asked(page.service).get('state')).toBe('unread'))
    fireEvent.change(screen.getByLabelText('Received on or before'), {
      target: { value: '2026-11-20' },
    })
    await waitFor(() =>
      expect(asked(page.service).get('until')).toBe(new Date(2026, 10, 21).toISOString()),
    )
    const contacts = screen.getByRole('combobox', { name: 'With contact' })
    await page.user.click(contacts)
    // Namesakes are told apart by their addresses.
    await page.user.click(await screen.findByRole('option', { name: /Carol Jones.*carol@/ }))
    await waitFor(() => expect(asked(page.service).get('contact')).toBe('c-carol'))
    expect(location.search).toBe('')

    await page.user.click(screen.getByRole('button', { name: 'Show all mail' }))
    await waitFor(() => expect([...asked(page.service).keys()]).toEqual(['limit']))
  })

  it('is as narrow as before when one comes back to it, also to an opened mail', async () => {
    await using page = await openConsole((service) => {
      connected(service)
      const [mail] = service.emails
      const rest = { readState: null, sender: null, bcc: [], replyTo: [], visibility: 'subject' }
      service.instead.set(`GET ${EMAILS}/${mail!.id}`, { status: 200, body: { ...mail, ...rest } })
    })
    await screen.findByText('Message 3')
    const state = () => screen.getByRole<HTMLSelectElement>('combobox', { name: 'State' }).value
    await page.user.selectOptions(screen.getByRole('combobox', { name: 'State' }), 'Unread')
    await waitFor(() => expect(asked(page.service).get('state')).toBe('unread'))
    fireEvent.click(await screen.findByText('Message 3'))
    fireEvent.click(await screen.findByText('Why is it here?'))
    await screen.findByLabelText('Address of the sender')
    history.back()
    await screen.findByRole('dialog')
    expect([state(), asked(page.service).get('state')]).toEqual(['unread', 'unread'])
    expect(location.search).not.toContain('unread')
  })

  it('is narrowed to a provider, which is taken back with the rest', async () => {
    await using page = await openConsole(connected)
    await screen.findByText('Message 3')
    const provider = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Provider' })
    expect([...provider.options].map(({ text }) => text)).toEqual(['All providers', 'Outlook'])
    await page.user.selectOptions(provider, 'Outlook')
    await waitFor(() => expect(asked(page.service).get('provider')).toBe('outlook'))
    await page.user.selectOptions(provider, 'All providers')
    await waitFor(() => expect([...asked(page.service).keys()]).toEqual(['limit']))
    await page.user.selectOptions(provider, 'Outlook')
    await page.user.click(screen.getByRole('button', { name: 'Show all mail' }))
    expect(provider.value).toBe('')
  })

  it('says so when no mail is of the chosen provider', async () => {
    await using page = await openConsole(connected)
    await screen.findByText('Message 3')
    const body = { emails: [], nextCursor: null, total: 0 }
    page.service.instead.set(`GET ${EMAILS}`, { status: 200, body })
    await page.user.selectOptions(screen.getByRole('combobox', { name: 'Provider' }), 'Outlook')
    await screen.findByText(/No mail is like that/)
  })

  it('tells whether there are no contacts yet, or none like what is typed', async () => {
    await using page = await openConsole((service) => {
      connected(service)
      const body = { contacts: [], nextCursor: null }
      service.instead.set('GET /api/v1/contacts', { status: 200, body })
    })
    await screen.findByText('Message 3')
    const contacts = screen.getByRole('combobox', { name: 'With contact' })
    await page.user.click(contacts)
    await screen.findByText('There are no contacts yet.')
    await page.user.type(contacts, 'carol')
    await screen.findByText('No contact is like that.')
  })

  it.each([
    ['State', 'state', 'unread'],
    ['Provider', 'provider', 'outlook'],
  ])(
    'narrowed by %s, asks the service whether mail that arrives belongs to it',
    async (name, key, value) => {
      await using page = await openConsole(connected)
      await screen.findByText('Live')
      await page.user.selectOptions(screen.getByRole('combobox', { name }), value)
      await waitFor(() => expect(asked(page.service).get(key)).toBe(value))
      page.service.queries.delete(EMAILS)
      const email = anEmail({ id: 'n-1', subject: 'Not of these' })
      page.service.send({ type: 'email-stored', email })
      await waitFor(() => expect(asked(page.service).get(key)).toBe(value), { timeout: 4_000 })
      expect(screen.queryByText('Not of these')).toBeNull()
    },
  )

  it('is walked through with the keys of a mail client', async () => {
    await using page = await openConsole(connected)
    await screen.findByText('Message 3')
    row('Message 3').focus()
    const at = () => document.activeElement?.textContent
    await page.user.keyboard('{ArrowDown}')
    expect(at()).toBe('Message 2')
    await page.user.keyboard('j')
    expect(at()).toBe('Message 1')
    await page.user.keyboard('j') // there is no further one
    expect(at()).toBe('Message 1')
    await page.user.keyboard('k{Home}{End}{ArrowUp}')
    expect(at()).toBe('Message 2')
  })

  it('opens the mail beside the opened one, and a closed one does not come back', async () => {
    await using page = await openConsole(connected)
    await page.user.click(await screen.findByRole('button', { name: 'Message 2' }))
    await screen.findByRole('dialog')
    const open = () => new URLSearchParams(location.search).get('email')
    const middle = open()
    await page.user.click(screen.getByRole('button', { name: 'Older' }))
    const older = open()
    expect(older).not.toBe(middle)
    expect(screen.getByRole('button', { name: 'Older' }).getAttribute('aria-disabled')).toBe('true')
    await page.user.keyboard('k')
    expect(open()).toBe(middle)
    await page.user.click(screen.getByRole('button', { name: 'Close' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(location.search).toBe('')
  })
})
