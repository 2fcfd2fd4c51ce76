/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { auditActions } from '../../../../models/wire/audit.ts'
import { didWords } from '../../../../console/compliance/audit/action-words.ts'
import { NO_FILTER, queryOf } from '../../../../console/compliance/audit/filter.ts'
import { runsOf } from '../../../../console/compliance/audit/runs.ts'
import { aProblem } from '../../support/fake-service.ts'
import { aMailbox } from '../../support/fixtures.ts'
import { openConsole } from '../../support/open-console.tsx'
import { aMember, aRecord, withRoles } from './facts.ts'

const rows = async () => within(await screen.findByLabelText('Entries')).getAllByRole('listitem')
const choose = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } })

describe('the audit log', () => {
  it('says in a sentence who did what, and has the id of what it was done to', async () => {
    await using _page = await openConsole(
      withRoles(['auditor'], {
        'GET /api/v1/audit': {
          entries: [
            aRecord(),
            aRecord({ seq: 6, who: { userId: 'u-gone', role: 'auditor' }, action: 'future-deed' }),
            aRecord({ seq: 5, who: { userId: 'system', role: 'system' }, action: 'keys-rotated' }),
          ],
          nextCursor: null,
        },
      }),
      '/compliance',
    )
    await screen.findByText('Alice Ashdown', { selector: 'li bdi' })
    const texts = (await rows()).map(({ textContent }) => textContent)
    expect(texts).toEqual([
      expect.stringMatching(/^Alice Ashdown \(admin\) looked at an e-mail.*E-mail.*e-1/),
      expect.stringMatching(/^u-gone \(auditor\) did “future-deed”/),
      expect.stringMatching(/^FlowCRM itself changed the encryption keys/),
    ])
    expect(screen.getAllByLabelText('Copy the id of this e-mail')).toHaveLength(3)
  })

  it('names people and mailboxes that something was done to, beside their ids', async () => {
    await using _page = await openConsole((service) => {
      withRoles(['admin'], {
        'GET /api/v1/audit': {
          entries: [
            aRecord({ object: { kind: 'mailbox', id: 'm-alice' }, action: 'mailbox-paused' }),
            aRecord({ seq: 6, object: { kind: 'person', id: 'u-alice' }, action: 'signed-in' }),
          ],
          nextCursor: null,
        },
      })(service)
      service.mailboxes = [aMailbox({ address: 'alice.a@contoso.test' })]
    }, '/compliance')
    await screen.findByText('alice.a@contoso.test')
    await screen.findAllByText('Alice Ashdown')
    const texts = (await rows()).map(({ textContent }) => textContent)
    expect(texts).toEqual([
      expect.stringMatching(/Mailboxalice\.a@contoso\.testm-alice/),
      expect.stringMatching(/PersonAlice Ashdownu-alice/),
    ])
  })

  it('puts what is repeated into one line, and tells each of it on demand', async () => {
    const looks = [9, 8, 7].map((seq) => aRecord({ seq, hash: `hash-${seq}` }))
    const entries = [...looks, aRecord({ seq: 6, action: 'rules-changed' })]
    await using _page = await openConsole(
      withRoles(['auditor'], { 'GET /api/v1/audit': { entries, nextCursor: null } }),
      '/compliance',
    )
    await screen.findByLabelText('Details of entry 6')
    expect(await rows()).toHaveLength(2)
    expect((await rows())[0]?.textContent).toContain('looked at an e-mail, 3 times')
    fireEvent.click(screen.getByLabelText('Each of them: entries 7 to 9'))
    fireEvent.click(screen.getByLabelText('Details of entry 8'))
    expect(screen.getByText('hash-8')).toBeTruthy()
    expect(screen.queryByText('hash-9')).toBeNull()
  })

  it('joins only what one person did to one thing, and three times or more', () => {
    const does = (seq: number, action = 'email-viewed', userId = 'u-alice', id = 'e-1') =>
      aRecord({ seq, action, who: { userId, role: 'admin' }, object: { kind: 'email', id } })
    const of = (...records: ReturnType<typeof does>[]) =>
      runsOf(records).map((run) => run.map(({ seq }) => seq))
    expect(of(does(4), does(3), does(2), does(1))).toEqual([[4, 3, 2, 1]])
    expect(of(does(2), does(1))).toEqual([[2], [1]])
    const other = [does(9, 'email-logged'), does(9, 'email-viewed', 'u-bob')]
    for (const between of [...other, does(9, 'email-viewed', 'u-alice', 'e-2')])
      expect(of(does(11), does(10), between, does(8))).toEqual([[11], [10], [9], [8]])
  })

  it('has words for everything that can be written', () => {
    for (const action of auditActions) expect(didWords(action)).not.toContain('“')
  })

  it('tells all of an entry on demand, and shows what has something in common with it', async () => {
    await using page = await openConsole(withRoles(['admin']), '/compliance')
    const toggle = await screen.findByLabelText('Details of entry 7')
    expect(screen.queryByText('hash-6')).toBeNull()
    fireEvent.click(toggle)
    expect(toggle.getAttribute('aria-expanded')).toBe('true')
    expect(screen.getByText('Remote pictures').nextSibling?.textContent).toBe('no')
    expect(screen.getByText('hash-6')).toBeTruthy()
    fireEvent.click(screen.getByText('Only what was done to this'))
    await waitFor(() =>
      expect(page.service.queries.get('/api/v1/audit')).toBe('objectKind=email&objectId=e-1'),
    )
    expect(location.search).toBe('') // what is looked for stays out of addresses
  })

  it('is filtered, and taken along as it is filtered', async () => {
    await using page = await openConsole(
      withRoles(['auditor'], {
        'GET /api/v1/members': {
          members: [aMember(), aMember({ userId: 'u-bob' })],
          nextCursor: null,
        },
      }),
      '/compliance',
    )
    await rows()
    const bob = 'option[value="u-bob"]' // the members come by themselves
    await waitFor(() => expect(screen.getByLabelText('Who').querySelector(bob)).toBeTruthy())
    choose('What was done', 'person-erased')
    choose('Who', 'u-bob')
    choose('From', '2026-11-20')
    choose('Until', '2026-11-20')
    const asked = () => new URLSearchParams(page.service.queries.get('/api/v1/audit'))
    await waitFor(() => expect(asked().get('until')).toBeTruthy())
    const { from, until } = queryOf({ ...NO_FILTER, from: '2026-11-20', until: '2026-11-20' })
    const wanted = { action: 'person-erased', userId: 'u-bob', from, until }
    expect(Object.fromEntries(asked())).toEqual(wanted)
    const file = screen.getByRole('link', { name: 'Download as CSV' }).getAttribute('href') ?? ''
    const query = Object.fromEntries(new URL(file).searchParams)
    expect(query).toEqual({ ...wanted, format: 'csv' })
    fireEvent.click(screen.getByText('Show everything'))
    await waitFor(() => expect(page.service.queries.get('/api/v1/audit')).toBe(''))
  })

  it('asks for somebody who is not listed by id', async () => {
    await using page = await openConsole(withRoles(['auditor']), '/compliance')
    await rows()
    choose('Who', 'somebody else')
    choose('Id of the person', 'u-left-long-ago')
    await waitFor(() =>
      expect(page.service.queries.get('/api/v1/audit')).toBe('userId=u-left-long-ago'),
    )
  })

  it('goes on page by page', async () => {
    await using page = await openConsole(
      withRoles(['auditor'], { 'GET /api/v1/audit': { entries: [aRecord()], nextCursor: '7' } }),
      '/compliance',
    )
    const more = await screen.findByText('Load more entries')
    const body = { entries: [aRecord({ seq: 6 })], nextCursor: null }
    page.service.instead.set('GET /api/v1/audit', { status: 200, body })
    fireEvent.click(more)
    await waitFor(async () => expect(await rows()).toHaveLength(2))
    expect(page.service.queries.get('/api/v1/audit')).toBe('cursor=7')
  })

  it('says what to do when nothing is like that, and when it does not come', async () => {
    await using page = await openConsole(withRoles(['auditor']), '/compliance')
    await rows()
    const body = { entries: [], nextCursor: null }
    page.service.instead.set('GET /api/v1/audit', { status: 200, body })
    choose('To what', 'merge')
    expect(await screen.findByText(/No entry is like that/)).toBeTruthy()
    page.service.instead.set('GET /api/v1/audit', aProblem(503, 'store-unavailable', 'It rests.'))
    choose('To what', '')
    expect((await screen.findByRole('alert')).textContent).toBe('The log did not loadIt rests.')
  })

  it('goes by ids where nobody can be named', async () => {
    await using _page = await openConsole((service) => {
      withRoles(['auditor'])(service)
      service.instead.set('GET /api/v1/members', aProblem(503, 'store-unavailable', 'It rests.'))
    }, '/compliance')
    expect((await rows())[0]?.textContent).toMatch(/^u-alice \(admin\) looked at an e-mail/)
  })

  it('is not for members', async () => {
    await using page = await openConsole(withRoles(['member']), '/compliance')
    expect(await screen.findByText(/is for auditors and administrators/)).toBeTruthy()
    expect(page.service.requests.some(({ path }) => path === '/api/v1/audit')).toBe(false)
  })
})

describe('days of the filter', () => {
  it('are whole days of the reader’s own, also that on which the clock is changed', () => {
    const { from, until } = queryOf({ ...NO_FILTER, from: '2026-03-29', until: '2026-03-29' })
    expect([from, until]).toEqual([
      new Date('2026-03-29T00:00:00').toISOString(),
      new Date('2026-03-30T00:00:00').toISOString(),
    ])
    expect(queryOf({ ...NO_FILTER, from: '2026-13-', until: '' })).toMatchObject({
      ...{ from: null, until: null },
    })
  })
})

describe('the chain', () => {
  const head = { seq: 7, hash: 'hash-7' }
  const verdict = { workspaceId: 'w', isGood: true, entries: 1_207, head, checkpoints: 0 }

  it('is checked, and good', async () => {
    await using _page = await openConsole(
      withRoles(['auditor'], { 'GET /api/v1/audit/verify': { ...verdict, faults: [] } }),
      '/compliance',
    )
    fireEvent.click(await screen.findByText('Check the chain'))
    const words = `${(1_207).toLocaleString()} entries checked: the chain is good.`
    await waitFor(() =>
      expect(screen.getByText(words, { selector: '[role=status] *' })).toBeTruthy(),
    )
    expect(screen.getByText(/follows the one before\.$/)).toBeTruthy()
  })

  it('names its faults, and what to do', async () => {
    const faults = [{ fault: 'altered', seq: 5, sentence: 'It is not as it was written.' }]
    await using _page = await openConsole(
      withRoles(['auditor'], { 'GET /api/v1/audit/verify': { ...verdict, isGood: false, faults } }),
      '/compliance',
    )
    fireEvent.click(await screen.findByText('Check the chain'))
    const list = await screen.findByLabelText('What is wrong')
    expect(list.textContent).toBe('Entry 5: It is not as it was written.')
    expect(screen.getByText(/tell whoever runs FlowCRM/)).toBeTruthy()
  })

  it('can be checked again when it was not', async () => {
    await using page = await openConsole((service) => {
      withRoles(['auditor'])(service)
      const rests = aProblem(503, 'store-unavailable', 'It rests.')
      service.instead.set('GET /api/v1/audit/verify', rests)
    }, '/compliance')
    fireEvent.click(await screen.findByText('Check the chain'))
    const again = await screen.findByText('Try again')
    const body = { ...verdict, faults: [] }
    page.service.instead.set('GET /api/v1/audit/verify', { status: 200, body })
    fireEvent.click(again)
    expect((await screen.findAllByText(/the chain is good/)).length).toBeGreaterThan(0)
  })
})
