/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { WorkspaceRuleSet } from '../../../../models/wire/rules.ts'
import { aProblem, type FakeService } from '../../support/fake-service.ts'
import { openConsole } from '../../support/open-console.tsx'
import { aMember, sent, someRules, withRoles } from './facts.ts'

const openWith = (rules: WorkspaceRuleSet, set: (service: FakeService) => void = () => undefined) =>
  openConsole((service) => {
    withRoles(['member', 'admin'], { 'GET /api/v1/rules': rules })(service)
    set(service)
  }, '/compliance?tab=people')

const save = () => fireEvent.submit(screen.getByLabelText('Retention'))
const before = '2025-11-20T09:00:00.000Z'
const preview = { retentionDays: 365, before, emails: 7, of: 42 }

describe('how long mail is kept', () => {
  it('is saved after one has seen what would go, with the other rules as they were', async () => {
    await using page = await openWith(someRules(), ({ instead }) => {
      instead.set('POST /api/v1/rules/dry-run', { status: 200, body: preview })
      const saved = someRules({ retentionDays: 365, whenGone: 'keep' })
      instead.set('PUT /api/v1/rules', { status: 200, body: { ...saved, version: 5 } })
    })
    fireEvent.click(await screen.findByLabelText('For so many days after it was received'))
    fireEvent.change(screen.getByLabelText('Days'), { target: { value: '365' } })
    save()
    const dialog = await screen.findByRole('alertdialog')
    expect(dialog.textContent).toContain('7 of the 42 e-mails in the CRM would go')
    expect(sent(page.service)).toEqual([['POST', '/api/v1/rules/dry-run', { retentionDays: 365 }]])
    fireEvent.click(within(dialog).getByText('Save and remove'))
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Retention saved.'))
    const rules = { ...someRules().rules, retentionDays: 365, whenGone: 'keep' }
    expect(sent(page.service).at(-1)).toEqual(['PUT', '/api/v1/rules', { rules }])
    expect(page.service.requests.find(({ method }) => method === 'PUT')?.ifMatch).toBe('"4"')
  })

  it('is saved at once where nothing can go', async () => {
    await using page = await openWith(someRules({ retentionDays: 30 }), ({ instead }) =>
      instead.set('PUT /api/v1/rules', { status: 200, body: someRules({ retentionDays: null }) }),
    )
    fireEvent.click(await screen.findByLabelText('For ever'))
    fireEvent.click(screen.getByLabelText('The e-mail is removed, too'))
    save()
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Retention saved.'))
    expect(sent(page.service)).toEqual([
      [
        ...['PUT', '/api/v1/rules'],
        { rules: { ...someRules().rules, retentionDays: null, whenGone: 'remove' } },
      ],
    ])
  })

  it('that is typed and not saved is asked about before the page is left', async () => {
    await using _page = await openWith(someRules({ retentionDays: 30 }))
    const days = () => screen.findByLabelText<HTMLInputElement>('Days')
    fireEvent.change(await days(), { target: { value: '365' } })
    fireEvent.click(screen.getByRole('link', { name: 'Mailboxes' }))
    const dialog = await screen.findByRole('alertdialog', { name: 'Leave without saving?' })
    fireEvent.click(within(dialog).getByText('Cancel'))
    expect((await days()).value).toBe('365')
    fireEvent.change(await days(), { target: { value: '30' } })
    fireEvent.click(screen.getByRole('link', { name: 'Mailboxes' }))
    await screen.findByRole('heading', { level: 1, name: 'Mailboxes' })
  })

  it('is not saved over what somebody else has saved, who is shown then', async () => {
    await using page = await openWith(someRules({ retentionDays: 30 }), ({ instead }) =>
      instead.set('PUT /api/v1/rules', aProblem(412, 'changed-meanwhile', 'Somebody was faster.')),
    )
    fireEvent.click(await screen.findByLabelText('For ever'))
    save()
    expect((await screen.findByRole('alert')).textContent).toContain('Somebody was faster.')
    const theirs = { ...someRules({ retentionDays: 90 }), version: 5 }
    page.service.instead.set('GET /api/v1/rules', { status: 200, body: theirs })
    fireEvent.click(screen.getByText('Show what was saved'))
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('Days').value).toBe('90'))
  })

  it.each(['0', '1.5', '36501'])('is not %s days', async (days) => {
    await using page = await openWith(someRules({ retentionDays: 30 }))
    fireEvent.change(await screen.findByLabelText('Days'), { target: { value: days } })
    save()
    expect(await screen.findByText(/Write a whole number from 1 to/)).toBeTruthy()
    expect(sent(page.service)).toEqual([])
  })
})

describe('the members', () => {
  it('are listed with roles, mailboxes and when they were here, and how roles are given', async () => {
    const bob = aMember({
      ...{ userId: 'u-bob', displayName: '', address: 'bob@contoso.test', mailboxes: 0 },
      roles: ['auditor'],
    })
    await using page = await openConsole(
      withRoles(['auditor'], {
        'GET /api/v1/members': { members: [aMember(), bob], nextCursor: 'next' },
      }),
      '/compliance?tab=members',
    )
    const list = await screen.findByLabelText('Members')
    const rows = within(list).getAllByRole('listitem')
    const day = new Date(aMember().signedInAt).toLocaleDateString()
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining(`alice@contoso.testMemberAdmin1 mailbox, signed in ${day}`),
      expect.stringContaining(`bob@contoso.testAuditorNo mailbox, signed in ${day}`),
    ])
    expect(screen.getByText(/Users and groups/).textContent).toContain('Admin, Auditor or Member')
    const body = { members: [aMember({ userId: 'u-dan' })], nextCursor: null }
    page.service.instead.set('GET /api/v1/members', { status: 200, body })
    fireEvent.click(screen.getByText('Load more members'))
    await waitFor(() => expect(page.service.queries.get('/api/v1/members')).toBe('cursor=next'))
  })

  it('have the tab that the address names', async () => {
    await using _page = await openConsole(withRoles(['admin']), '/compliance')
    fireEvent.click(await screen.findByRole('tab', { name: /Members/ }))
    expect(await screen.findByText('Who may do what')).toBeTruthy()
    expect(location.search).toBe('?tab=members')
  })
})
