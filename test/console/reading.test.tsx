/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { screen, waitFor, within } from '@testing-library/react'
import type { EmailDetail } from '../../models/wire/email-detail.ts'
import { aMailbox, anEmail, aSession } from './support/fixtures.ts'
import { aProblem, type FakeService } from './support/fake-service.ts'
import { openConsole } from './support/open-console.tsx'

const email = anEmail({ id: 'e/1', subject: 'Offer' })
const detail: EmailDetail = {
  ...email,
  from: { name: 'Carol', address: 'carol@customer.test' },
  sender: { name: '', address: 'office@customer.test' },
  to: [
    { name: 'Alice', address: 'alice@contoso.test' },
    { name: 'bob@contoso.test', address: 'bob@contoso.test' },
  ],
  ...{
    readState: null,
    cc: [],
    bcc: [],
    replyTo: [{ name: 'Relay', address: 'relay@customer.test' }],
  },
}
const PATH = 'GET /api/v1/emails/e%2F1'
const connected = (service: FakeService) => {
  service.session = aSession()
  service.mailboxes = [aMailbox()]
  service.emails = [email]
  service.instead.set(PATH, { status: 200, body: detail })
}

describe('a mail that is opened', () => {
  it('shows who wrote to whom, and its text in a frame where nothing runs', async () => {
    await using page = await openConsole(connected)
    await page.user.click(await screen.findByRole('button', { name: 'Offer' }))
    const dialog = await screen.findByRole('dialog', { name: 'Offer' })
    const frame = await within(dialog).findByTitle('Text of Offer')
    expect(
      within(dialog)
        .getAllByRole('term')
        .map(({ textContent }) => textContent),
    ).toEqual(['From', 'Sent by', 'To', 'Reply to', 'Received', 'Seen in'])
    expect(dialog.textContent).toContain('Carol <carol@customer.test>')
    expect(dialog.textContent).toContain('Alice <alice@contoso.test>, bob@contoso.test')
    expect(frame.getAttribute('src')).toBe(`${page.service.url}/api/v1/emails/e%2F1/body`)
    expect(frame.getAttribute('sandbox')).not.toMatch(/allow-(scripts|forms|top)/)
    await page.user.click(within(dialog).getByRole('button', { name: 'Close' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('leads to the contacts it belongs to', async () => {
    await using page = await openConsole((service) => {
      connected(service)
      const matches = [{ contactId: 'c-carol', name: 'Carol Jones', reasons: [] }]
      service.instead.set(`${PATH}/matches`, { status: 200, body: { emailId: 'e/1', matches } })
    })
    await page.user.click(await screen.findByRole('button', { name: 'Offer' }))
    const contact = await screen.findByRole('link', { name: 'Open Carol Jones' })
    expect(contact.getAttribute('href')).toBe('/contacts/c-carol')
  })

  it.each<[string, Partial<EmailDetail>, RegExp]>([
    ['not shared', { visibility: 'subject' }, /does not share its text/],
    ['encrypted', { isProtected: true }, /encrypted for its recipients/],
  ])('says so when its text is %s, and asks for none', async (_how, over, sentence) => {
    await using page = await openConsole((service) => {
      connected(service)
      service.instead.set(PATH, { status: 200, body: { ...detail, ...over } })
    })
    await page.user.click(await screen.findByRole('button', { name: 'Offer' }))
    expect(await screen.findByText(sentence)).toBeTruthy()
    expect(screen.queryByTitle('Text of Offer')).toBeNull()
  })

  it('says so when it cannot be had, and can be tried again', async () => {
    await using page = await openConsole((service) => {
      connected(service)
      service.instead.set(PATH, aProblem(404, 'not-found', 'There is nothing here.'))
    })
    await page.user.click(await screen.findByRole('button', { name: 'Offer' }))
    expect((await screen.findByRole('alert')).textContent).toContain('The mail did not open')
    page.service.instead.set(PATH, { status: 200, body: detail })
    await page.user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByTitle('Text of Offer')).toBeTruthy()
  })
})
