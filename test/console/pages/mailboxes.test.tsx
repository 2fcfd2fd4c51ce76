/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { aProblem, type Answer, type FakeService } from '../support/fake-service.ts'
import { aMailbox, aSession } from '../support/fixtures.ts'
import { openConsole } from '../support/open-console.tsx'
import { aStatement } from '../support/page-facts.ts'

const STATEMENT = 'GET /api/v1/mailboxes/m-alice/statement'
const withMailboxes =
  (...mailboxes: FakeService['mailboxes']) =>
  (service: FakeService) => {
    service.session = aSession({ roles: ['member', 'admin'] })
    service.mailboxes = mailboxes
    service.instead.set(STATEMENT, { status: 200, body: aStatement() })
    service.instead.set('GET /api/v1/usage', { status: 200, body: usage })
  }
const usage = {
  ...{ plan: 'professional', attachmentBytes: 104_857_600 },
  day: { used: 9_500, most: 10_000, endsAt: '2026-11-21T00:00:00Z' },
  stored: { used: 1_204, most: null },
}

describe('the page of mailboxes', () => {
  it('has those that need somebody first, with what to do', async () => {
    const of = (id: string, colour: 'green' | 'amber' | 'red' | 'off') =>
      aMailbox({ id, displayName: id, light: { colour, sentence: '.', todo: `Mend ${id}.` } })
    await using page = await openConsole(
      withMailboxes(of('fine', 'green'), of('idle', 'off'), of('busy', 'amber'), of('ill', 'red')),
      '/mailboxes',
    )
    expect(await screen.findByText('One mailbox needs somebody. It comes first.')).toBeTruthy()
    const order = () => [...document.querySelectorAll('h3')].map(({ textContent }) => textContent)
    expect(order()).toEqual(['ill', 'busy', 'idle', 'fine'])
    expect(screen.getByText('Mend ill.')).toBeTruthy()

    await screen.findByText('Live')
    page.service.send({ type: 'mailbox-changed', mailbox: of('fine', 'red') })
    await screen.findByText('2 mailboxes need somebody. They come first.')
    expect(order()).toEqual(['fine', 'ill', 'busy', 'idle'])
  })

  it('does not say that nobody is needed where a mailbox is not watched yet', async () => {
    const light = { colour: 'off', sentence: 'No folder is watched yet.' } as const
    const idle = aMailbox({ folders: [], light })
    const paused = { at: '2026-11-20T09:00:00Z', byName: 'Alice' }
    await using page = await openConsole(withMailboxes(idle), '/mailboxes')
    await screen.findByText(/^No mailbox is in trouble/)
    await screen.findByText('Live')
    page.service.send({ type: 'mailbox-changed', mailbox: { ...idle, paused } })
    await screen.findByText('No mailbox needs anybody.')
  })

  it('counts every message by what became of it, and gives the signed statement of that', async () => {
    await using _page = await openConsole(withMailboxes(aMailbox()), '/mailboxes')
    fireEvent.click(await screen.findByText('Account of every message'))
    const table = await screen.findByLabelText('Messages by folder')
    const cells = [...table.querySelectorAll('tbody th, tbody td')].map((one) => one.textContent)
    expect(cells.slice(0, 7)).toEqual(['Inbox', '1,203', '0', '1', '0', '4', 'not yet'])
    const file = screen.getByText('Download the signed statement').closest('a')!
    expect(file.download).toBe('flowcrm-statement-2026-11-20.json')
    const [, json = ''] = file.href.split(/,(.*)/s)
    expect(JSON.parse(decodeURIComponent(json))).toEqual(aStatement())
  })

  it('says how much of the plan is used, and that a limit is near before it is reached', async () => {
    await using _page = await openConsole(withMailboxes(aMailbox()), '/mailboxes')
    const panel = await screen.findByLabelText('Use of your plan')
    expect(panel.textContent).toContain('Use of your plan: Professional')
    expect(panel.textContent).toContain('A file may have up to 100 MB.')
    expect(panel.textContent).toContain('E-mails today: 9,500 of 10,000')
    expect(panel.textContent).toContain('The limit is near.')
    expect(panel.textContent).toContain('E-mails in the CRM: 1,204, no limit')
    expect(panel.textContent).not.toContain('is reached')
  })

  it('says what a statement lacks', async () => {
    await using page = await openConsole(withMailboxes(aMailbox()), '/mailboxes')
    const sentence = 'Inbox was not compared yet.'
    const lacking = aStatement({
      complete: false,
      shortfalls: [{ code: 'not-compared', folderId: 'f-inbox', sentence }],
    })
    page.service.instead.set(STATEMENT, { status: 200, body: lacking })
    fireEvent.click(await screen.findByText('Account of every message'))
    expect(await screen.findByText(sentence)).toBeTruthy()
    expect(screen.getByText('Not yet complete:')).toBeTruthy()
  })

  it('asks, compares, pauses and resumes at a press, and says what came of it', async () => {
    await using page = await openConsole(withMailboxes(aMailbox()), '/mailboxes')
    const answerWith = (action: string, answer: Answer) =>
      page.service.instead.set(`POST /api/v1/mailboxes/m-alice/${action}`, answer)
    const ok = { status: 200, body: aMailbox() }
    const press = async (word: string) => fireEvent.click(await screen.findByText(word))
    const said = (words: string) =>
      waitFor(() => expect(screen.getByRole('status').textContent).toBe(words))

    answerWith('sync', ok)
    await press('Ask for new mail')
    await said('Every folder is asked now.')
    answerWith('reconcile', aProblem(503, 'store-unavailable', 'The database rests.'))
    await press('Compare now')
    expect(await screen.findByText('The database rests.')).toBeTruthy()
    const paused = { at: '2026-11-20T09:00:00Z', byName: 'Alice' }
    answerWith('pause', { status: 200, body: aMailbox({ paused }) })
    await press('Pause')
    answerWith('resume', ok)
    await press('Resume')
    await said('Resumed.')
    const card = screen.getByLabelText('Mailboxes')
    expect(within(card).getByText('Pause')).toBeTruthy()
  })
})

describe('a mailbox whose sign-in has ended', () => {
  const ended = aMailbox({ status: 'reconnect-needed', address: 'alice@contoso.test' })
  const reconnect = () => screen.queryByRole('link', { name: 'Reconnect' })
  const ask = () => screen.queryByText(/^Only its owner can reconnect it/)

  it('is reconnected by its owner', async () => {
    await using _page = await openConsole(withMailboxes(ended), '/mailboxes')
    await screen.findByText('Mailboxes', { selector: 'h1' })
    await waitFor(() => expect(reconnect()).toBeTruthy())
    expect(ask()).toBeNull()
  })

  it('tells an admin whom to ask, since their own sign-in would connect their own mailbox', async () => {
    const theirs = { ...ended, address: 'bob@contoso.test', displayName: 'Bob Baker' }
    await using _page = await openConsole(withMailboxes(theirs), '/mailboxes')
    await waitFor(() => expect(ask()?.textContent).toContain('ask Bob Baker to sign in here'))
    expect(reconnect()).toBeNull()
  })

  it('is reconnected by a member under whatever address they sign in', async () => {
    const other = { ...ended, address: 'alice.ashdown@contoso.test' }
    await using _page = await openConsole((service) => {
      withMailboxes(other)(service)
      service.session = aSession()
    }, '/mailboxes')
    await waitFor(() => expect(reconnect()).toBeTruthy())
  })
})

describe('disconnecting a mailbox', () => {
  const PATH = '/api/v1/mailboxes/m-alice'
  const gone = aMailbox({ status: 'disconnected', light: { colour: 'off', sentence: 'Gone.' } })
  const ask = async () => {
    fireEvent.click(await screen.findByRole('button', { name: /^Disconnect alice@/ }))
    return within(await screen.findByRole('alertdialog'))
  }
  const asked = (service: FakeService) =>
    service.requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path)

  it('keeps its e-mails unless somebody chooses otherwise, and then offers nothing more', async () => {
    await using page = await openConsole(withMailboxes(aMailbox()), '/mailboxes')
    page.service.instead.set(`DELETE ${PATH}`, { status: 200, body: gone })
    const dialog = await ask()
    expect(asked(page.service)).toEqual([])
    fireEvent.click(dialog.getByRole('button', { name: 'Disconnect' }))
    await screen.findByText('Gone.')
    expect(page.service.queries.get(PATH)).toBe('mail=keep')
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(screen.queryByRole('button', { name: /^Disconnect/ })).toBeNull()
    expect(document.activeElement?.tagName).toBe('H1')
  })

  it('removes them on demand', async () => {
    await using page = await openConsole(withMailboxes(aMailbox()), '/mailboxes')
    page.service.instead.set(`DELETE ${PATH}`, { status: 200, body: gone })
    const dialog = await ask()
    fireEvent.click(dialog.getByLabelText('Are removed, for good'))
    fireEvent.click(dialog.getByRole('button', { name: 'Disconnect' }))
    await screen.findByText('Gone.')
    expect(page.service.queries.get(PATH)).toBe('mail=remove')
  })

  it('does nothing without the confirmation, and says what did not work', async () => {
    await using page = await openConsole(withMailboxes(aMailbox()), '/mailboxes')
    const rests = aProblem(503, 'store-unavailable', 'The database rests.')
    page.service.instead.set(`DELETE ${PATH}`, rests)
    fireEvent.click((await ask()).getByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
    expect(asked(page.service)).toEqual([])
    const dialog = await ask()
    fireEvent.click(dialog.getByRole('button', { name: 'Disconnect' }))
    await dialog.findByText('The database rests.')
    expect(dialog.getByText('The mailbox is still connected')).toBeTruthy()
  })
})
