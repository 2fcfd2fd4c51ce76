/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { screen } from '@testing-library/react'
import { byUrgency } from '../../../../console/health/health-view.tsx'
import type { Mailbox } from '../../../../models/wire/mailbox.ts'
import type { Role } from '../../../../models/wire/session.ts'
import { aMailbox, aSession } from '../../support/fixtures.ts'
import { openConsole } from '../../support/open-console.tsx'

const writeRefused = {
  ...{ since: '2026-11-20T09:00:00Z', code: 'ErrorAccessDenied' },
  sentence: 'Nothing goes back to Outlook: the permission Mail.ReadWrite is missing.',
  todo: 'Allow it once.',
}
const waiting = (over: Partial<Mailbox> = {}) => aMailbox({ writeRefused, ...over })
const open = (mailbox: Mailbox, ...roles: Role[]) =>
  openConsole((service) => {
    service.session = aSession({ roles: ['member', ...roles] })
    service.mailboxes = [mailbox]
  }, '/mailboxes')
const ways = () =>
  ['Allow it in Outlook', 'Grant admin consent'].flatMap(
    (name) => screen.queryByRole('link', { name })?.getAttribute('href') ?? [],
  )

describe('a mailbox to which nothing may go back', () => {
  it('says so and what to do, and is as green as it was', async () => {
    await using page = await open(waiting())
    expect(await screen.findByText(writeRefused.sentence)).toBeTruthy()
    expect(screen.getByText('Allow it once.').textContent).toBe('What to do: Allow it once.')
    expect(screen.getAllByText('Complete')).toHaveLength(2) // of the mailbox and its folder
    expect(screen.getByRole('heading', { level: 2, name: /waits for a permission/ })).toBeTruthy()
    await screen.findByText('Live')
    page.service.send({ type: 'mailbox-changed', mailbox: aMailbox() })
    expect(await screen.findByText('No mailbox needs anybody.')).toBeTruthy()
    expect(screen.queryByText(writeRefused.sentence)).toBeNull()
    expect(ways()).toEqual([])
  })

  it.each<[string, Mailbox, Role[], string[]]>([
    ['its owner allows it', waiting(), [], ['/auth/connect']],
    ['an admin allows it for their own', waiting(), ['admin'], ['/auth/connect']],
    ['an admin consents', waiting({ authMode: 'app' }), ['admin'], ['/auth/admin-consent']],
    ['a member cannot consent', waiting({ authMode: 'app' }), [], []],
  ])('leads there: %s', async (_who, mailbox, roles, expected) => {
    await using _page = await open(mailbox, ...roles)
    await screen.findByText(writeRefused.sentence)
    expect(ways()).toEqual(expected)
  })

  it('tells an admin whom to ask, since their own sign-in would allow it for their own', async () => {
    const theirs = { address: 'bob@contoso.test', displayName: 'Bob Baker' }
    await using _page = await open(waiting(theirs), 'admin')
    const ask = await screen.findByText(/^Only its owner can allow it/)
    expect(ask.textContent).toContain('ask Bob Baker')
    expect(ways()).toEqual([])
  })

  it('says nothing of it while it is not read at all', async () => {
    const light = { colour: 'red', sentence: 'Its sign-in has ended.' } as const
    await using _page = await open(waiting({ status: 'reconnect-needed', light }))
    await screen.findByText('Its sign-in has ended.')
    expect(screen.queryByText(writeRefused.sentence)).toBeNull()
    expect(ways()).toEqual([])
  })

  it('comes before those that need nobody, and after those in trouble', () => {
    const [fine, asks] = [aMailbox({ id: 'fine' }), waiting({ id: 'asks' })]
    const busy = aMailbox({ id: 'busy', light: { colour: 'amber', sentence: '.' } })
    expect(byUrgency([fine, asks, busy]).map(({ id }) => id)).toEqual(['busy', 'asks', 'fine'])
  })
})
