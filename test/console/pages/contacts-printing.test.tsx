/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, within } from '@testing-library/react'
import { writePage } from '../../../console/contacts/print/print-page.ts'
import type { EmailDetail } from '../../../models/wire/email-detail.ts'
import { CAROL, give, withCarol } from '../support/carol.ts'
import { aProblem } from '../support/fake-service.ts'
import { anEmail } from '../support/fixtures.ts'
import { openConsole } from '../support/open-console.tsx'

const detail = (over: Partial<EmailDetail> = {}): EmailDetail => ({
  ...anEmail({ threadId: 't-1', subject: 'Offer' }),
  ...{ readState: null, sender: null, bcc: [], replyTo: [] },
  ...over,
})
const pageWith = (body: string) =>
  `<!doctype html><html data-blocked-remote="0"><head><title>E-mail</title><style>p{}</style></head><body>${body}</body></html>`

describe('a printed conversation', () => {
  it('has its subject, and of each e-mail who, when and its cleaned text with its own looks', () => {
    const page = document.implementation.createHTMLDocument()
    const html = pageWith('<p style="color:red">Here, <b>signed</b>. a style="b"</p>')
    const answer = detail({ id: 'e-2', from: { name: 'Bob', address: 'bob@contoso.test' } })
    writePage(page, {
      subject: 'Offer',
      emails: [
        { email: detail(), page: html, withheld: null },
        { email: answer, page: null, withheld: 'It does not share its text.' },
      ],
    })
    expect(page.title).toBe('Offer')
    const [first, second] = page.querySelectorAll('article')
    expect(first?.querySelector('dl')?.textContent).toContain('Ada Lovelace <ada@customer.test>')
    const text = first?.querySelector('p')
    expect(text?.innerHTML).toBe('Here, <b>signed</b>. a style="b"')
    expect(text?.style.color).toBe('red')
    expect(first?.querySelector('style, title')).toBeNull()
    expect(second?.textContent).toContain('Bob <bob@contoso.test>')
    expect(second?.lastElementChild?.textContent).toBe('It does not share its text.')
  })

  it('is loaded whole, and what came already need not come again', async () => {
    const [question, answer] = [detail({ id: 'e-1' }), detail({ id: 'e-2' })]
    await using page = await openConsole((service) => {
      withCarol([question])(service)
      const emails = [question, answer].map(({ id }) => anEmail({ id, threadId: 't-1' }))
      give(service, '/api/v1/threads/t-1', { id: 't-1', emails, nextCursor: null, total: 2 })
      give(service, '/api/v1/emails/e-1', question)
      give(service, '/api/v1/emails/e-1/body', pageWith('<p>May we sign?</p>'))
      const refused = aProblem(429, 'too-many-requests', 'Wait a little.')
      service.instead.set('GET /api/v1/emails/e-2', refused)
    }, '/contacts/c-carol')
    const list = await screen.findByLabelText('Conversations')
    fireEvent.click(within(list).getByText('Offer'))
    fireEvent.click(await screen.findByRole('button', { name: 'Print' }))
    const dialog = await screen.findByRole('dialog')
    await within(dialog).findByText('Wait a little.')
    give(page.service, '/api/v1/emails/e-2', { ...answer, visibility: 'subject' })
    fireEvent.click(within(dialog).getByText('Try again'))
    const frame = await within(dialog).findByTitle('What is printed')
    expect(frame.getAttribute('sandbox')).toBe('allow-same-origin allow-modals') // nothing runs in it
    const asked = page.service.requests.map(({ path }) => path)
    expect(asked.filter((path) => path === '/api/v1/emails/e-1/body')).toHaveLength(1)
    expect(asked).not.toContain('/api/v1/emails/e-2/body')
    expect(asked).toContain(`${CAROL}/emails`)
  })
})
