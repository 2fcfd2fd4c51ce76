/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { screen, waitFor, within } from '@testing-library/react'
import type { Finding } from '../../../../models/wire/health/findings.ts'
import { aProblem, type Answer } from '../../support/fake-service.ts'
import { openConsole } from '../../support/open-console.tsx'
import { at, open, withMailbox } from './facts.ts'

const FINDINGS = 'GET /api/v1/health/findings'

const finding = (over: Partial<Finding> = {}): Finding => ({
  ...{ code: 'silence-asked', severity: 'info', folderName: 'Inbox', todo: null },
  mailbox: { id: 'm-alice', address: 'alice@contoso.test', displayName: 'Alice Ashdown' },
  ...{ since: at, askedAt: new Date(Date.now() - 12 * 60_000).toISOString() },
  sentence: 'Nothing has come here for 7 hours. Nothing is missing.',
  ...over,
})
const twice = finding({
  ...{ code: 'read-twice', severity: 'warning', folderName: null, since: null, askedAt: null },
  mailbox: { id: 'm-sales', address: 'sales@contoso.test', displayName: '' },
  ...{ sentence: 'This mailbox has 2 connections.', todo: 'Keep one of them.' },
})

const answered = (...findings: Finding[]): Answer => ({ status: 200, body: { at, findings } })
const page = (answer: Answer) =>
  openConsole(
    withMailbox((service) => service.instead.set(FINDINGS, answer)),
    '/mailboxes',
  )
const region = () => screen.findByRole('region', { name: 'Findings' })
const rows = async () =>
  within(await screen.findByRole('list', { name: 'Findings' })).getAllByRole('listitem')

describe('the findings about mailboxes', () => {
  it('are listed as they come, the worst first, with their names, times and what to do', async () => {
    await using _page = await page(answered(twice, finding()))
    await open('Show all 2')
    const [first, second, ...more] = (await rows()).map(({ textContent }) => textContent)
    expect(first).toBe(
      'Look at this: sales@contoso.testThis mailbox has 2 connections.What to do: Keep one of them.',
    )
    expect(second).toMatch(
      /^Good to know: Alice Ashdown, InboxNothing has come here for 7 hours\..*Since .*; last asked 12 minutes ago$/,
    )
    expect(more).toEqual([])
    expect((await region()).textContent).toContain('One is worth a look. It comes first.')
  })

  it('that are only good to know wait, and say that nothing is missing', async () => {
    await using _page = await page(answered(finding(), finding({ folderName: 'Sent Items' })))
    await screen.findByText(/^Nothing is missing\./)
    const list = screen.getByLabelText('Findings', { selector: 'ul' })
    expect(list.hidden).toBe(true)
    await open('Show all 2')
    expect(await rows()).toHaveLength(2)
    expect(list.hidden).toBe(false)
    await open('Show none')
    expect(list.hidden).toBe(true)
  })

  it('that are none are said in plain words', async () => {
    await using _page = await page(answered())
    expect(await screen.findByText(/^No findings\. Every watched folder/)).toBeTruthy()
    expect(screen.queryByRole('list', { name: 'Findings' })).toBeNull()
  })

  it('that are many wait for whoever wants to see them all', async () => {
    const many = Array.from({ length: 9 }, (_, index) => finding({ folderName: `Folder ${index}` }))
    await using _page = await page(answered(twice, { ...twice, sentence: 'And this.' }, ...many))
    expect(await rows()).toHaveLength(2)
    expect((await region()).textContent).toContain('2 are worth a look. They come first.')
    await open('Show all 11')
    expect(await rows()).toHaveLength(11)
    const fewer = screen.getByRole('button', { name: 'Show the first ones only' })
    expect(fewer.getAttribute('aria-expanded')).toBe('true')
    await open('Show the first ones only')
    expect(await rows()).toHaveLength(2)
  })

  it('are not all listed at once, even where each is worth a look', async () => {
    const many = Array.from({ length: 9 }, (_, nth) => ({ ...twice, sentence: `Number ${nth}.` }))
    await using _page = await page(answered(...many))
    expect(await rows()).toHaveLength(6)
    await open('Show all 9')
    expect(await rows()).toHaveLength(9)
  })

  it('are looked for again on request, and when they did not load', async () => {
    await using opened = await page(aProblem(503, 'store-unavailable', 'The database rests.'))
    expect((await screen.findByRole('alert')).textContent).toContain('The database rests.')
    opened.service.instead.set(FINDINGS, answered(finding()))
    await open('Try again')
    await open('Show it')
    expect(await rows()).toHaveLength(1)
    opened.service.instead.set(FINDINGS, answered())
    await open('Look again')
    await waitFor(() => expect(screen.queryByRole('list', { name: 'Findings' })).toBeNull())
  })

  it('are not asked for where no mailbox is connected', async () => {
    await using opened = await openConsole(
      withMailbox((service) => (service.mailboxes = [])),
      '/mailboxes',
    )
    await screen.findByRole('heading', { level: 1, name: 'Mailboxes' })
    await waitFor(() => expect(opened.service.openLines).toBe(1))
    expect(opened.service.requests.some(({ path }) => path.endsWith('/findings'))).toBe(false)
  })
})
