/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { CAROL, changesIn, LEAD, withCarol } from '../support/carol.ts'
import { aProblem } from '../support/fake-service.ts'
import { anEmail, aSession } from '../support/fixtures.ts'
import { openConsole } from '../support/open-console.tsx'
import { aContact, aNote, aTask } from '../support/page-facts.ts'

describe('the list of contacts', () => {
  it('is searched as one writes, and each has a page of its own', async () => {
    await using page = await openConsole(withCarol(), '/contacts')
    const list = await screen.findByLabelText('Contacts')
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: ' jones ' } })
    await waitFor(() => expect(page.service.queries.get('/api/v1/contacts')).toContain('q=jones'))
    expect(location.search).toBe('') // what is searched for stays out of addresses
    fireEvent.click(within(list).getByText('Carol Jones'))
    await waitFor(() => expect(document.title).toBe('Carol Jones · FlowCRM'))
    expect(location.pathname).toBe('/contacts/c-carol')
  })

  it('is searched for the same again when one comes back from a contact, and begins anew by its link', async () => {
    await using page = await openConsole(withCarol(), '/contacts')
    await screen.findByLabelText('Contacts')
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'jones' } })
    await waitFor(() => expect(page.service.queries.get('/api/v1/contacts')).toContain('q=jones'))
    fireEvent.click(await screen.findByText('Carol Jones'))
    await waitFor(() => expect(document.title).toBe('Carol Jones · FlowCRM'))
    history.back()
    const box = await screen.findByRole<HTMLInputElement>('searchbox')
    expect([box.value, location.search]).toEqual(['jones', ''])
    expect(page.service.queries.get('/api/v1/contacts')).toContain('q=jones')
    fireEvent.click(await screen.findByText('Carol Jones'))
    await waitFor(() => expect(document.title).toBe('Carol Jones · FlowCRM'))
    const pages = within(await screen.findByRole('navigation', { name: 'Pages' }))
    fireEvent.click(pages.getByText('Contacts'))
    expect((await screen.findByRole<HTMLInputElement>('searchbox')).value).toBe('')
  })

  it('goes on page by page, and keeps what is listed when the next one does not come', async () => {
    await using page = await openConsole((service) => {
      withCarol()(service)
      const body = { contacts: [aContact()], nextCursor: 'next' }
      service.instead.set('GET /api/v1/contacts', { status: 200, body })
    }, '/contacts')
    const more = await screen.findByText('Load more contacts')
    page.service.instead.set('GET /api/v1/contacts', aProblem(503, 'store-unavailable', 'Rests.'))
    fireEvent.click(more)
    const again = await screen.findByText('Try again')
    const body = { contacts: [aContact({ id: 'c-2', name: 'Dan' })], nextCursor: null }
    page.service.instead.set('GET /api/v1/contacts', { status: 200, body })
    fireEvent.click(again)
    await screen.findByText('Dan')
    expect(screen.getByText('Carol Jones')).toBeTruthy()
    expect(screen.queryByText('Load more contacts')).toBeNull()
  })

  it('says what to do when there is none', async () => {
    await using _page = await openConsole((service) => {
      service.session = aSession()
      const body = { contacts: [], nextCursor: null }
      service.instead.set('GET /api/v1/contacts', { status: 200, body })
    }, '/contacts')
    expect(await screen.findByText(/add one from the pane in Outlook/)).toBeTruthy()
  })
})

describe('the page of a contact', () => {
  const [question, answer, other] = [
    anEmail({ id: 'e-1', threadId: 't-1', subject: 'Offer' }),
    anEmail({ id: 'e-2', threadId: 't-1', subject: 'Re: Offer' }),
    anEmail({ id: 'e-3', threadId: 't-2', subject: 'Lunch' }),
  ]

  it('shows its mail as conversations, which open, and in them each e-mail', async () => {
    await using page = await openConsole((service) => {
      withCarol([answer, other, question])(service)
      const thread = { id: 't-1', emails: [question, answer], nextCursor: null, total: 2 }
      service.instead.set('GET /api/v1/threads/t-1', { status: 200, body: thread })
      const rest = { readState: null, sender: null, bcc: [], replyTo: [] }
      const body = { ...answer, ...rest, visibility: 'subject' }
      service.instead.set('GET /api/v1/emails/e-2', { status: 200, body })
    }, '/contacts/c-carol')
    const list = await screen.findByLabelText('Conversations')
    expect([...list.children].map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^Re: Offer.*Ada Lovelace \(2\)$/),
      expect.stringMatching(/^Lunch.*Ada Lovelace$/),
    ])
    fireEvent.click(within(list).getByText('Re: Offer'))
    const mails = await screen.findByLabelText('E-mails of this conversation')
    fireEvent.click(mails.querySelectorAll('button')[1]!)
    expect(await screen.findByText(/does not share its text/)).toBeTruthy()
    expect(within(mails).getByText('alice@contoso.test, Inbox')).toBeTruthy() // who saw it
    expect(page.service.requests.some(({ path }) => path === '/api/v1/emails/e-1')).toBe(false)
  })

  it('shows new mail of theirs by itself, and does not ask for that of others', async () => {
    await using page = await openConsole(withCarol([other]), '/contacts/c-carol')
    await screen.findByText('Lunch')
    await waitFor(() => expect(page.service.openLines).toBe(1))
    const asked = () =>
      page.service.requests.filter(({ path }) => path === `${CAROL}/emails`).length
    const before = asked()
    page.service.send({ type: 'email-stored', email: answer })
    const from = { name: 'Carol', address: 'Carol@customer.test' }
    const body = { emails: [answer, other], nextCursor: null, total: 2 }
    page.service.instead.set(`GET ${CAROL}/emails`, { status: 200, body })
    page.service.send({ type: 'email-stored', email: { ...answer, from } })
    expect(await screen.findByText('Re: Offer')).toBeTruthy()
    expect(asked() - before).toBeLessThanOrEqual(2) // its own, and the line's first opening at most
  })

  it('ticks a task off only as it was seen, and says so when somebody was faster', async () => {
    await using page = await openConsole(withCarol(), '/contacts/c-carol?tab=tasks')
    const path = '/api/v1/tasks/t-1'
    page.service.instead.set(
      `PATCH ${path}`,
      aProblem(412, 'changed-meanwhile', 'Somebody changed it.'),
    )
    fireEvent.click(await screen.findByLabelText('Send the offer'))
    expect(await screen.findByText('Somebody changed it.')).toBeTruthy()
    expect(changesIn(page.service)).toEqual([['PATCH', path, { done: true }]])
    expect(page.service.requests.find(({ method }) => method === 'PATCH')?.ifMatch).toBe('"7"')
  })

  it('keeps a task, a note and a stage', async () => {
    await using page = await openConsole(withCarol(), '/contacts/c-carol?tab=tasks')
    const { instead } = page.service
    instead.set('POST /api/v1/tasks', { status: 201, body: aTask() })
    instead.set(`POST ${CAROL}/notes`, { status: 201, body: aNote() })
    const stage = { contactId: 'c-carol', stage: LEAD, history: [], version: 5 }
    instead.set(`PUT ${CAROL}/stage`, { status: 200, body: stage })

    const title = await screen.findByLabelText('What is to be done')
    fireEvent.change(title, { target: { value: 'Call her' } })
    fireEvent.submit(screen.getByLabelText('New task'))
    await waitFor(() => expect((title as HTMLInputElement).value).toBe(''))

    fireEvent.click(screen.getByRole('tab', { name: /Notes/ }))
    fireEvent.change(await screen.findByLabelText('Note'), { target: { value: 'Likes tea.' } })
    expect(await screen.findAllByText('Delete')).toHaveLength(1) // Bob's is his own
    fireEvent.keyDown(screen.getByLabelText('Note'), { key: 'Enter', ctrlKey: true })
    fireEvent.change(await screen.findByLabelText('Stage'), { target: { value: 'lead' } })
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Stage saved.'))
    expect(changesIn(page.service)).toEqual([
      ['POST', '/api/v1/tasks', { contactId: 'c-carol', title: 'Call her', dueOn: null }],
      ['POST', `${CAROL}/notes`, { text: 'Likes tea.' }],
      ['PUT', `${CAROL}/stage`, { stageId: 'lead' }],
    ])
  })

  it('is not there for a contact that is not', async () => {
    await using _page = await openConsole(
      (service) => (service.session = aSession()),
      '/contacts/c-none',
    )
    expect((await screen.findByRole('alert')).textContent).toContain('The contact did not load')
  })
})
