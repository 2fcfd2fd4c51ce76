/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { Email } from '../../../models/wire/email.ts'
import { CAROL, give, withCarol } from '../support/carol.ts'
import type { FakeService } from '../support/fake-service.ts'
import { anEmail } from '../support/fixtures.ts'
import { openConsole } from '../support/open-console.tsx'

const inInbox = anEmail().sightings[0]!
const from = { name: 'Carol', address: 'carol@customer.test' }
const mail = (id: string, isRead: boolean | undefined, over: Partial<Email> = {}) =>
  anEmail({
    ...{ id, from, threadId: 't-1', subject: `Mail ${id}`, preview: `Text of ${id}` },
    sightings: [{ ...inInbox, ...(isRead !== undefined && { isRead }) }],
    ...over,
  })

/** The service has these, the newest first, the first ones of them in one thread. */
function giveMail(service: FakeService, emails: Email[]): void {
  give(service, `${CAROL}/emails`, { emails, nextCursor: null, total: emails.length })
  const thread = emails.filter(({ threadId }) => threadId === 't-1').toReversed()
  give(service, '/api/v1/threads/t-1', { id: 't-1', emails: thread, nextCursor: null, total: 2 })
  for (const email of emails) {
    const isRead = !email.sightings.some((one) => one.isRead === false)
    const rest = { readState: { isRead }, sender: null, bcc: [], replyTo: [] }
    give(service, `/api/v1/emails/${email.id}`, { ...email, ...rest })
    service.instead.set(`PUT /api/v1/emails/${email.id}/read-state`, {
      ...{ status: 200, body: { isRead: true } },
    })
  }
}
const withMail = (emails: Email[]) => (service: FakeService) => {
  withCarol()(service)
  giveMail(service, emails)
}
/** What the lines of a list are called, for those who listen. */
const linesOf = (list: HTMLElement) =>
  within(list)
    .getAllByRole('button')
    .filter((button) => button.hasAttribute('aria-expanded'))
    .map((button) => button.querySelector('bdi')?.textContent)
const conversations = () => screen.findByLabelText('Conversations')
const inThread = () => screen.findByLabelText('E-mails of this conversation')

describe('a conversation on the page of a contact', () => {
  it.each<[string, Email[], string]>([
    ['whose newest mail is unread is', [mail('a', false), mail('b', true)], 'Unread: Mail a'],
    ['in which an older mail is unread is', [mail('a', true), mail('b', false)], 'Unread: Mail a'],
    ['of which all is read is not', [mail('a', true), mail('b', true)], 'Mail a'],
    ['that colleagues alone have is not', [mail('a', true, { sightings: [] })], 'Mail a'],
    ['of which that is not known is not', [mail('a', undefined)], 'Mail a'],
    [
      'whose unread mail is gone is not',
      [mail('a', true, { sightings: [{ ...inInbox, isRead: false, goneAt: inInbox.since }] })],
      'Mail a',
    ],
  ])('%s unread', async (_which, emails, line) => {
    await using _page = await openConsole(withMail(emails), '/contacts/c-carol')
    expect(linesOf(await conversations())).toEqual([line])
  })

  it('tells which of its mails are unread, until each is opened', async () => {
    const emails = [mail('a', false), mail('b', false), mail('other', true, { threadId: 't-2' })]
    await using page = await openConsole(withMail(emails), '/contacts/c-carol')
    const list = await conversations()
    fireEvent.click(within(list).getByText('Mail a'))
    const mails = await inThread()
    expect(linesOf(mails)).toEqual(['Unread: Carol', 'Unread: Carol'])
    fireEvent.click(within(mails).getByText('Text of a'))
    await waitFor(() => expect(linesOf(mails)).toEqual(['Unread: Carol', 'Carol']))
    expect(linesOf(list)[0]).toBe('Unread: Mail a') // the other one still is
    fireEvent.click(within(mails).getByText('Text of b'))
    await waitFor(() => expect(linesOf(mails)).toEqual(['Carol', 'Carol']))
    expect(linesOf(list)).toEqual(['Mail a', 'Carol', 'Carol', 'Mail other'])
    const asked = page.service.requests.filter(({ path }) => path === '/api/v1/threads/t-1')
    expect(asked).toHaveLength(1)
  })

  it('stays unread in sight when a mail is marked so again', async () => {
    await using page = await openConsole(withMail([mail('a', true)]), '/contacts/c-carol')
    const list = await conversations()
    fireEvent.click(within(list).getByText('Mail a'))
    const button = await within(list).findByText('Mark as unread')
    const unread = { status: 200, body: { isRead: false } }
    page.service.instead.set('PUT /api/v1/emails/a/read-state', unread)
    fireEvent.click(button)
    await waitFor(() => expect(linesOf(list)).toEqual(['Unread: Mail a']))
  })

  it('shows what was read in Outlook when the page asks again, also where it is open', async () => {
    const other = mail('other', undefined, { threadId: 't-2' })
    const emails = [mail('a', false), mail('b', true)]
    await using page = await openConsole(withMail(emails), '/contacts/c-carol')
    const list = await conversations()
    fireEvent.click(within(list).getByText('Mail a'))
    const mails = await inThread()
    expect(linesOf(mails)).toEqual(['Carol', 'Unread: Carol'])
    await waitFor(() => expect(page.service.openLines).toBe(1))
    giveMail(page.service, [other, mail('a', true), mail('b', true)])
    page.service.send({ type: 'email-stored', email: other }) // new mail of theirs
    await within(list).findByText('Mail other')
    await waitFor(() => expect(linesOf(mails)).toEqual(['Carol', 'Carol']))
    expect(linesOf(list)).toEqual(['Mail other', 'Mail a', 'Carol', 'Carol'])
  })
})

describe('a mail in the timeline of a contact', () => {
  it('is unread until it is opened', async () => {
    const emails = [mail('a', false), mail('b', true)]
    await using _page = await openConsole(withMail(emails), '/contacts/c-carol?tab=timeline')
    const line = await screen.findByText('Mail a')
    const timeline = screen.getByRole('tabpanel')
    expect(linesOf(timeline)).toEqual(['Unread: Mail a', 'Mail b'])
    fireEvent.click(line)
    await waitFor(() => expect(linesOf(timeline)).toEqual(['Mail a', 'Mail b']))
    expect(screen.getByTitle('Text of Mail a')).toBeTruthy() // it stays open
  })
})
