/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { screen, within } from '@testing-library/react'
import { aFolder, aMailbox, aSession } from './support/fixtures.ts'
import { aProblem, type FakeService } from './support/fake-service.ts'
import { openConsole } from './support/open-console.tsx'

const withMailboxes =
  (...mailboxes: FakeService['mailboxes']) =>
  (service: FakeService) => {
    service.session = aSession()
    service.mailboxes = mailboxes
  }

const nothingRead = { done: 0, total: 640, finishedAt: null, secondsLeft: null }

describe('what the page shows', () => {
  it('is its shape while mailboxes and mail are on their way', async () => {
    await using _page = await openConsole((service) => {
      service.session = aSession()
      service.instead.set('GET /api/v1/mailboxes', null)
      service.instead.set('GET /api/v1/emails', null)
    })
    expect(await screen.findByLabelText('Loading mailboxes')).toBeTruthy()
    expect(screen.getByLabelText('Loading e-mails')).toBeTruthy()
  })

  it('is what went wrong, part by part, each with its own second try', async () => {
    await using page = await openConsole((service) => {
      withMailboxes(aMailbox({ folders: [aFolder({ backfill: nothingRead })] }))(service)
      service.instead.set('GET /api/v1/emails', aProblem(503, 'store-unavailable', 'Rests.'))
    })
    expect((await screen.findByRole('alert')).textContent).toContain('The mail list did not load')
    expect(await screen.findByRole('heading', { name: 'Alice Ashdown' })).toBeTruthy()
    page.service.instead.clear()
    await page.user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText(/No e-mails yet/)).toBeTruthy()
  })

  it.each([
    ['that none of it is in the CRM', 'alice@contoso.test', /none of it is in the CRM/],
    ['that it is colleagues’', 'bob@contoso.test', /belong to colleagues/],
  ])('says of mail that was read %s', async (_what, address, words) => {
    await using _page = await openConsole(withMailboxes(aMailbox({ address })))
    expect(await screen.findByText(words)).toBeTruthy()
  })

  it('says to choose folders where none is watched', async () => {
    await using _page = await openConsole(withMailboxes(aMailbox({ folders: [] })))
    expect(await screen.findByText(/No folder is watched yet/)).toBeTruthy()
  })

  it.each([
    ['green', 'Complete'],
    ['amber', 'Catching up'],
    ['red', 'Needs attention'],
    ['off', 'Not watching'],
  ] as const)('a %s light in a word: %s', async (colour, word) => {
    const light = { colour, sentence: 'The sentence.', todo: 'The next step.' }
    await using _page = await openConsole(withMailboxes(aMailbox({ light, folders: [] })))
    expect(await screen.findByText(word)).toBeTruthy()
    expect(screen.getByText('The sentence.')).toBeTruthy()
    expect(screen.getByText('The next step.')).toBeTruthy()
  })

  it('counts what is read, and never more than there is', async () => {
    const backfill = { done: 700, total: 640, finishedAt: null, secondsLeft: 130 }
    const folder = aFolder({ displayName: 'Sent Items', backfill })
    await using _page = await openConsole(withMailboxes(aMailbox({ folders: [folder] })))
    const bar = await screen.findByRole('progressbar', { name: 'Reading Sent Items' })
    expect([bar.getAttribute('aria-valuenow'), bar.getAttribute('aria-valuemax')]).toEqual([
      '700',
      '700',
    ])
    expect(screen.getByText('700 of 700 read, about 3 min left')).toBeTruthy()
  })

  it.each([
    ['a policy', 'policy', ['Reconnect']],
    ['a missing consent of the organization', 'admin', ['Grant admin consent', 'Reconnect']],
    ['what only the operator can mend', 'operator', []],
  ] as const)('offers an admin what helps against %s', async (_what, action, links) => {
    const trouble = { action, code: '1', since: '2026-11-20T09:00:00Z', sentence: 'No.', todo: '' }
    await using _page = await openConsole((service) => {
      withMailboxes(aMailbox({ status: 'blocked', trouble }))(service)
      service.session = aSession({ roles: ['admin'] })
    })
    await screen.findByRole('button', { name: 'Choose folders' })
    const found = screen.queryAllByRole('link', { name: /consent|Reconnect/ })
    expect(found.map(({ textContent }) => textContent).toSorted()).toEqual(links)
  })

  it('folds the folders of many mailboxes, and counts those that need somebody', async () => {
    const light = { colour: 'red', sentence: 'Consent was withdrawn.' } as const
    const others = ['bob', 'cleo'].map((name) =>
      aMailbox({ id: name, address: `${name}@contoso.test` }),
    )
    await using page = await openConsole(withMailboxes(aMailbox({ light }), ...others))
    expect(await screen.findByText('3, 1 needs attention')).toBeTruthy()
    const [toggle] = screen.getAllByRole('button', { name: '1 folder' })
    const folders = document.getElementById(toggle!.getAttribute('aria-controls')!)!
    expect([folders.hidden, toggle?.getAttribute('aria-expanded')]).toEqual([true, 'false'])
    await page.user.click(toggle!)
    expect([folders.hidden, toggle?.getAttribute('aria-expanded')]).toEqual([false, 'true'])
    expect(within(folders).getByText('Inbox')).toBeTruthy()
  })

  it('offers an app mailbox that lost its consent to an admin only', async () => {
    const lost = aMailbox({ authMode: 'app', status: 'reconnect-needed' })
    {
      await using _page = await openConsole(withMailboxes(lost))
      await screen.findByRole('button', { name: 'Choose folders' })
      expect(screen.queryByRole('link', { name: /consent|Reconnect/ })).toBeNull()
    }
    await using _page = await openConsole((service) => {
      withMailboxes(lost)(service)
      service.session = aSession({ roles: ['admin'] })
    })
    const link = await screen.findByRole('link', { name: 'Grant admin consent' })
    expect(link.getAttribute('href')).toBe('/auth/admin-consent')
  })
})
