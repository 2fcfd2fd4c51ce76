/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { aProblem, type FakeService } from '../support/fake-service.ts'
import { aMailbox, anEmail, aSession } from '../support/fixtures.ts'
import { openConsole } from '../support/open-console.tsx'
import { anAccount, anExplanation } from '../support/page-facts.ts'

const EXPLAIN = 'POST /api/v1/mailboxes/m-alice/explain'
const signedIn = (service: FakeService) => {
  service.session = aSession()
  service.mailboxes = [aMailbox(), aMailbox({ id: 'm-sales', address: 'sales@contoso.test' })]
}
const asked = ({ requests }: FakeService) =>
  requests.filter(({ path }) => path.endsWith('/explain')).map(({ path, body }) => [path, body])
const ask = async (pasted: string) => {
  fireEvent.click(await screen.findByLabelText('Its Message-ID or a link'))
  fireEvent.change(screen.getByLabelText('Message-ID or link'), {
    target: { value: pasted },
  })
  fireEvent.submit(screen.getByLabelText('Which mail'))
}

describe('the question why a mail is here, or not', () => {
  it('is answered with what became of it, why, what would change it, and every event', async () => {
    await using page = await openConsole((service) => {
      signedIn(service)
      const account = anAccount({
        ...{ state: 'excluded', reason: 'internal-only', who: 'admin', emailId: null },
        subject: null,
        ...{ sentence: 'Everybody belongs to you.', change: 'Logging it by hand.' },
      })
      const explanation = anExplanation({ accounts: [account], summary: account.sentence })
      service.instead.set(EXPLAIN, { status: 200, body: explanation })
    }, '/explain')
    await ask('<one@customer.test>')
    const story = (await screen.findByText('Left out')).closest('li')!
    expect(story.textContent).toContain('Everybody belongs to you.')
    expect(story.textContent).toContain('Logging it by hand. An administrator of your organization')
    expect(story.textContent).toContain('Rulesversion 3')
    const events = within(story).getByLabelText('What happened').querySelectorAll('li')
    expect(events).toHaveLength(2)
    expect(asked(page.service)).toEqual([
      ['/api/v1/mailboxes/m-alice/explain', { internetMessageId: '<one@customer.test>' }],
    ])
  })

  it('tells several mails apart by what they are about, where the reader may see it', async () => {
    await using _page = await openConsole((service) => {
      signedIn(service)
      const accounts = ['Offer', 'Order', '', null].map((subject, n) =>
        anAccount({ messageId: `m-${n}`, subject }),
      )
      const explanation = anExplanation({ accounts, summary: 'FlowCRM has 4 messages like that.' })
      service.instead.set(EXPLAIN, { status: 200, body: explanation })
    }, '/explain')
    await ask('<one@customer.test>')
    const stories = await screen.findByRole('list', { name: 'Stories' })
    const titles = [...stories.children].map((story) => story.firstElementChild?.textContent)
    expect(titles.slice(0, 3)).toEqual(['Offer', 'Order', 'No subject'])
    expect(titles[3]).toMatch(/^In the CRM/)
  })

  it('is asked of another mailbox, by sender and time, of a mail that was never seen', async () => {
    await using page = await openConsole((service) => {
      signedIn(service)
      const found = {
        ...{ messageId: 'm-9', folder: { name: 'Projects', watched: false }, receivedAt: null },
        ...{ sentence: 'It is in Projects.', change: 'Watching Projects.' },
      }
      service.instead.set('POST /api/v1/mailboxes/m-sales/explain', {
        status: 200,
        body: anExplanation({
          ...{ answer: 'not-watched', summary: found.sentence, accounts: [], found: [found] },
        }),
      })
    }, '/explain')
    fireEvent.change(await screen.findByLabelText('Mailbox'), { target: { value: 'm-sales' } })
    const set = (label: string, value: string) =>
      fireEvent.change(screen.getByLabelText(label), { target: { value } })
    set('Address of the sender', 'carol@customer.test')
    set('Received about', '2026-11-20T09:30')
    fireEvent.submit(screen.getByLabelText('Which mail'))
    expect(await screen.findByText('Watching Projects.')).toBeTruthy()
    const around = new Date('2026-11-20T09:30').toISOString()
    expect(asked(page.service)).toEqual([
      [
        '/api/v1/mailboxes/m-sales/explain',
        { from: 'carol@customer.test', around, withinMinutes: 1_440 },
      ],
    ])
    expect(location.search).toBe('') // what was asked is nobody else’s business
  })

  it('is not sent when it names no mail, and can be sent again when no answer came', async () => {
    await using page = await openConsole((service) => {
      signedIn(service)
      service.instead.set(EXPLAIN, aProblem(503, 'store-unavailable', 'The database rests.'))
    }, '/explain')
    await ask('the offer')
    expect(await screen.findByText(/neither a Message-ID/)).toBeTruthy()
    expect(asked(page.service)).toEqual([])
    await ask('<one@customer.test>')
    expect(await screen.findByText('The database rests.')).toBeTruthy()
    page.service.instead.set(EXPLAIN, { status: 200, body: anExplanation() })
    fireEvent.click(screen.getByText('Try again'))
    expect(await screen.findByText('In the CRM')).toBeTruthy()
  })

  it('has its answer ready for a mail that one comes from, in each mailbox that has it', async () => {
    await using page = await openConsole((service) => {
      signedIn(service)
      const { from, to } = anEmail()
      const detail = { ...anEmail(), readState: null, sender: null, bcc: [], replyTo: [] }
      service.instead.set('GET /api/v1/emails/e-1', { status: 200, body: { ...detail, from, to } })
      const mailbox = { id: 'm-alice', address: 'alice@contoso.test' }
      const body = { stories: [{ mailbox, explanation: anExplanation() }], more: false }
      service.instead.set('POST /api/v1/emails/e-1/explain', { status: 200, body })
    }, '/?email=e-1')
    fireEvent.click(await screen.findByText('Why is it here?'))
    const story = (await screen.findByText('In the CRM')).closest('li')!
    expect(location.pathname + location.search).toBe('/explain?email=e-1')
    expect(asked(page.service)).toEqual([['/api/v1/emails/e-1/explain', undefined]])
    expect(screen.getByText('In alice@contoso.test')).toBeTruthy()
    expect(within(story).getByText('Open the e-mail').getAttribute('href')).toBe('/?email=e-1')
    await waitFor(() => expect(screen.getByText('Offer for the harbour bridge')).toBeTruthy())
  })

  it.each([
    ['nobody but its owner may ask', { stories: [], more: false }, /None of your mailboxes/],
    ['more have it than are asked', { stories: [], more: true }, /More mailboxes have it/],
  ])('says of a mail that one comes from that %s', async (_, body, words) => {
    await using _page = await openConsole((service) => {
      signedIn(service)
      const detail = { ...anEmail(), readState: null, sender: null, bcc: [], replyTo: [] }
      service.instead.set('GET /api/v1/emails/e-1', { status: 200, body: detail })
      service.instead.set('POST /api/v1/emails/e-1/explain', { status: 200, body })
    }, '/explain?email=e-1')
    expect(await screen.findByText(words)).toBeTruthy()
  })

  it('has nothing to ask where no mailbox is connected', async () => {
    await using _page = await openConsole((service) => (service.session = aSession()), '/explain')
    expect(await screen.findByText(/No mailbox is connected yet/)).toBeTruthy()
    expect(screen.queryByLabelText('Which mail')).toBeNull()
  })
})
