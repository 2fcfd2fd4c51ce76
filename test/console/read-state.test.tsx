/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { Email, Sighting } from '../../models/wire/email.ts'
import type { EmailDetail } from '../../models/wire/email-detail.ts'
import { withCarol } from './support/carol.ts'
import { aProblem, type FakeService } from './support/fake-service.ts'
import { aMailbox, anEmail, aSession } from './support/fixtures.ts'
import { openConsole } from './support/open-console.tsx'

const READ_STATE = '/api/v1/emails/e-1/read-state'
const inInbox = anEmail().sightings[0]!
const seen = (...over: Partial<Sighting>[]): Email =>
  anEmail({ subject: 'Offer', sightings: over.map((one) => ({ ...inInbox, ...one })) })

/** Alice with one e-mail; `two-way`, unless there is no read state. */
const withMail =
  (email: Email, over: Partial<EmailDetail> = {}) =>
  (service: FakeService) => {
    service.session = aSession()
    service.mailboxes = [aMailbox()]
    service.emails = [email]
    answerWith(service, email, over)
  }

/** The service gives the e-mail, and does what it is told of its read state. */
function answerWith(service: FakeService, email: Email, over: Partial<EmailDetail>) {
  const readState = { isRead: !email.sightings.some(({ isRead }) => isRead === false) }
  const body = { ...email, readState, sender: null, bcc: [], replyTo: [], ...over }
  service.instead.set('GET /api/v1/emails/e-1', { status: 200, body })
  service.onRequest = ({ path, body: told }) => {
    const answer = service.instead.get(`PUT ${READ_STATE}`)
    if (path === READ_STATE && (answer?.status ?? 200) === 200)
      service.instead.set(`PUT ${READ_STATE}`, { status: 200, body: told })
  }
}
const told = ({ requests }: FakeService) =>
  requests.filter(({ method }) => method === 'PUT').map(({ path, body }) => [path, body])
const row = (name: string) => screen.findByRole('button', { name })
const said = () => within(screen.getByRole('dialog')).getByRole('status').textContent
const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }))
const refused = aProblem(503, 'store-unavailable', 'The database rests.')

describe('a mail in the list', () => {
  it.each<[string, Email, string]>([
    ['unread', seen({ isRead: false }), 'Unread: Offer'],
    [
      'unread in one of two places',
      seen({ isRead: true }, { isRead: false, folderName: 'Archive' }),
      'Unread: Offer',
    ],
    ['read', seen({ isRead: true }), 'Offer'],
    ['of which that is not known', seen({}), 'Offer'],
    ['gone before it was read', seen({ isRead: false, goneAt: inInbox.since }), 'Offer'],
  ])('that is %s is heard as that', async (_what, email, name) => {
    await using _page = await openConsole(withMail(email))
    expect(await row(name)).toBeTruthy()
  })

  it('keeps the direction of its subject when it is unread', async () => {
    const email = { ...seen({ isRead: false }), subject: 'عرض سعر' }
    await using _page = await openConsole(withMail(email))
    // What is in a `bdi` does not count for `dir="auto"`.
    expect((await screen.findByText('Unread:')).tagName).toBe('BDI')
  })
})

describe('an unread mail that is opened', () => {
  it('is read from then on, there and in the list, without a word', async () => {
    await using page = await openConsole(withMail(seen({ isRead: false })))
    fireEvent.click(await row('Unread: Offer'))
    expect(await row('Offer')).toBeTruthy()
    expect(screen.getByTitle('Text of Offer')).toBeTruthy()
    expect(said()).toBe('')
    await press('Close')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(told(page.service)).toEqual([[READ_STATE, { isRead: true }]])
  })

  it('is readable, and nothing is said, when the service cannot keep that', async () => {
    await using page = await openConsole((service) => {
      withMail(seen({ isRead: false }))(service)
      service.instead.set(`PUT ${READ_STATE}`, refused)
    })
    fireEvent.click(await row('Unread: Offer'))
    await screen.findByRole('button', { name: 'Mark as read' })
    expect(screen.getByTitle('Text of Offer')).toBeTruthy()
    expect(screen.queryByRole('alert')).toBeNull()
    expect(await row('Unread: Offer')).toBeTruthy()
    expect(told(page.service)).toHaveLength(1)
  })

  it('stays unread where its text is not to be seen here, until a person says otherwise', async () => {
    const email = seen({ isRead: false })
    await using page = await openConsole(withMail(email, { isProtected: true }))
    fireEvent.click(await row('Unread: Offer'))
    const button = await screen.findByRole('button', { name: 'Mark as read' })
    expect(told(page.service)).toEqual([])
    fireEvent.click(button)
    await waitFor(() => expect(said()).toBe('Marked as read.'))
    expect(told(page.service)).toEqual([[READ_STATE, { isRead: true }]])
  })

  it('stays as it is where nothing goes back to the mailbox, and has no button for it', async () => {
    await using page = await openConsole(withMail(seen({ isRead: false }), { readState: null }))
    fireEvent.click(await row('Unread: Offer'))
    await screen.findByTitle('Text of Offer')
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'u' })
    expect(screen.queryByRole('button', { name: /^Mark as/ })).toBeNull()
    expect(await row('Unread: Offer')).toBeTruthy()
    expect(told(page.service)).toEqual([])
  })
})

describe('marking a mail', () => {
  it('as unread holds while it stays open, and can be taken back', async () => {
    await using page = await openConsole(withMail(seen({ isRead: false })))
    fireEvent.click(await row('Unread: Offer'))
    await press('Mark as unread')
    expect(await row('Unread: Offer')).toBeTruthy()
    await waitFor(() => expect(said()).toBe('Marked as unread.'))
    const again = await screen.findByRole('button', { name: 'Mark as read' })
    // New mail comes, and the list is drawn anew.
    const email = anEmail({ id: 'e-2', subject: 'News', receivedAt: new Date().toISOString() })
    page.service.send({ type: 'email-stored', email })
    await screen.findByText('News')
    expect(told(page.service).map(([, body]) => body)).toEqual([
      { isRead: true },
      { isRead: false },
    ])
    fireEvent.click(again)
    await waitFor(() => expect(said()).toBe('Marked as read.'))
    expect(await row('Offer')).toBeTruthy()
  })

  it('as unread is the last word, also while it is still becoming read by itself', async () => {
    await using page = await openConsole(withMail(seen({ isRead: false })))
    const { service } = page
    let goOn = () => {}
    const isHeldUp = new Promise<void>((resolve) => (goOn = resolve))
    const answer = service.onRequest
    service.onRequest = async (request) => {
      if (request.path === READ_STATE) await isHeldUp
      await answer(request)
    }
    fireEvent.click(await row('Unread: Offer'))
    await press('Mark as unread')
    await waitFor(() => expect(told(service)).toHaveLength(1))
    goOn()
    await waitFor(() => expect(said()).toBe('Marked as unread.'))
    expect(told(service).map(([, body]) => body)).toEqual([{ isRead: true }, { isRead: false }])
    expect(await row('Unread: Offer')).toBeTruthy()
  })

  it('is done by the key u as well, of which the button tells', async () => {
    await using page = await openConsole(withMail(seen({ isRead: true })))
    fireEvent.click(await row('Offer'))
    const button = await screen.findByRole('button', { name: 'Mark as unread' })
    expect(button.getAttribute('aria-keyshortcuts')).toBe('u')
    const dialog = screen.getByRole('dialog')
    fireEvent.keyDown(dialog, { key: 'u', ctrlKey: true }) // the browser's own
    fireEvent.keyDown(dialog, { key: 'u' })
    await waitFor(() => expect(said()).toBe('Marked as unread.'))
    expect(told(page.service)).toEqual([[READ_STATE, { isRead: false }]])
    expect(button.textContent).toBe('Mark as read')
  })

  it('says what did not work, and can be tried again', async () => {
    await using page = await openConsole((service) => {
      withMail(seen({ isRead: true }))(service)
      service.instead.set(`PUT ${READ_STATE}`, refused)
    })
    fireEvent.click(await row('Offer'))
    await press('Mark as unread')
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('The mail was not marked as unread')
    expect(alert.textContent).toContain('The database rests.')
    page.service.instead.delete(`PUT ${READ_STATE}`)
    await press('Try again')
    expect(await row('Unread: Offer')).toBeTruthy()
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  })

  it('is there on the page of a contact, where no key stands for it', async () => {
    const email = { ...seen({ isRead: false }), threadId: null }
    await using page = await openConsole((service) => {
      withCarol([email])(service)
      answerWith(service, email, {})
    }, '/contacts/c-carol')
    const list = await screen.findByLabelText('Conversations')
    fireEvent.click(within(list).getByText('Offer'))
    const button = await within(list).findByText('Mark as unread')
    expect(button.getAttribute('aria-keyshortcuts')).toBeNull()
    await waitFor(() => expect(told(page.service)).toEqual([[READ_STATE, { isRead: true }]]))
    fireEvent.click(button)
    await within(list).findByText('Mark as read')
    expect(told(page.service).at(-1)).toEqual([READ_STATE, { isRead: false }])
  })
})
