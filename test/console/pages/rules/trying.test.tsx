/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, within } from '@testing-library/react'
import { aProblem } from '../../support/fake-service.ts'
import { openConsole } from '../../support/open-console.tsx'
import {
  aDryRun,
  aRuleSet,
  changesOf,
  give,
  OF_ALICE,
  somePolicy,
  someRules,
  withAdmin,
  withAlice,
} from './rule-facts.ts'

const DRY_RUN = `POST ${OF_ALICE}/dry-run`
const tryThem = async () =>
  fireEvent.click(await screen.findByRole('button', { name: /^Try on the last/ }))

describe('rules that are tried', () => {
  it('tell what would happen to how much mail, why, and to which', async () => {
    await using page = await openConsole(withAlice(), '/rules')
    give(page.service, DRY_RUN, aDryRun())
    await tryThem()
    const result = await screen.findByLabelText('What would happen')
    expect(result.textContent).toContain('Of the last 200 mails of alice@contoso.test would be:')
    const figures = within(result).getByLabelText('In figures')
    expect([...figures.children].map(({ textContent }) => textContent?.slice(0, 9))).toEqual([
      '0 addedIt',
      '1 removed',
      '1 hiddenI',
    ])
    const why = within(result).getByRole('table', { name: 'Why mail is left out' })
    expect(why.textContent).toContain('Mail with everybody at clinic.example and its subdomains')
    const [mine, theirs] = within(result).getByLabelText('Which mails').children
    expect(mine?.textContent).toMatch(/Removed.*Your appointment.*Dr. Who/)
    expect(mine?.querySelector('a')?.getAttribute('href')).toBe('/explain?email=e-7')
    expect(theirs?.textContent).toContain('A mail that you do not see')
    expect(theirs?.querySelector('a')).toBeNull()
    expect(changesOf(page.service)).toEqual([
      { asked: DRY_RUN, ifMatch: undefined, body: { rules: someRules(), newest: 200 } },
    ])
  })

  it('are tried as they are typed, and what was told grows old with the next change', async () => {
    await using page = await openConsole(withAlice(), '/rules')
    give(page.service, DRY_RUN, aDryRun({ changes: [], removed: 0, hidden: 0, looked: 12 }))
    fireEvent.change(await screen.findByLabelText('Mail that machines send'), {
      target: { value: 'keep-out' },
    })
    await tryThem()
    await screen.findByText('Of the last 12 mails of alice@contoso.test, none would change.')
    expect(changesOf(page.service)[0]?.body).toMatchObject({ rules: { automated: 'keep-out' } })
    expect(screen.queryByText(/rules were changed since/)).toBeNull()
    fireEvent.change(screen.getByLabelText('Mail that machines send'), { target: { value: '' } })
    expect(await screen.findByText(/The rules were changed since/)).toBeTruthy()
    await tryThem()
    await screen.findByText(/none would change/)
    expect(screen.queryByText(/rules were changed since/)).toBeNull()
  })

  it('stay told when they are saved, which gives a rule its name', async () => {
    const entries = [{ of: 'address' as const, value: 'doctor@clinic.example' }]
    const rule = { id: '', kind: 'any-party' as const, entries }
    await using page = await openConsole(withAlice(), '/rules')
    give(page.service, DRY_RUN, aDryRun())
    fireEvent.click(await screen.findByText('Add a rule'))
    const dialog = await screen.findByRole('dialog')
    fireEvent.change(within(dialog).getByLabelText('Address or domain'), {
      target: { value: 'doctor@clinic.example' },
    })
    fireEvent.click(within(dialog).getByText('Add'))
    await tryThem()
    await screen.findByLabelText('What would happen')
    const saved = someRules({ neverLog: [{ ...rule, id: 'r-1' }] })
    give(page.service, `PUT ${OF_ALICE}`, aRuleSet({ version: 5, rules: saved }))
    fireEvent.click(screen.getByText('Save'))
    await screen.findByText(/^Saved/)
    expect(changesOf(page.service).at(-1)?.body).toEqual({ rules: someRules({ neverLog: [rule] }) })
    expect(screen.queryByText(/rules were changed since/)).toBeNull()
  })

  it('say why they could not be, and are tried again', async () => {
    await using page = await openConsole(withAlice(), '/rules')
    page.service.instead.set(DRY_RUN, aProblem(503, 'provider-unavailable', 'It rests.'))
    await tryThem()
    await screen.findByText('The rules could not be tried')
    give(page.service, DRY_RUN, aDryRun({ looked: 0, changes: [], reasons: [] }))
    fireEvent.click(screen.getByText('Try again'))
    expect(await screen.findByText(/no mail in the watched folders of alice/)).toBeTruthy()
  })

  it('of the organization are tried on the mail of a mailbox that one chooses', async () => {
    await using page = await openConsole(withAdmin(), '/rules')
    const OF_BOB = 'POST /api/v1/mailboxes/m-bob/rules/dry-run'
    give(page.service, OF_BOB, aDryRun())
    fireEvent.change(await screen.findByLabelText('On the mail of'), { target: { value: 'm-bob' } })
    fireEvent.change(screen.getByLabelText('How much mail'), { target: { value: '50' } })
    await tryThem()
    await screen.findByText(/mails of bob@contoso.test would be:/)
    expect(changesOf(page.service)).toEqual([
      { asked: OF_BOB, ifMatch: undefined, body: { workspaceRules: somePolicy(), newest: 50 } },
    ])
  })

  it('list many mails a few at a time', async () => {
    await using page = await openConsole(withAlice(), '/rules')
    const [one] = aDryRun().changes
    const changes = Array.from({ length: 25 }, (_, n) => ({ ...one!, messageId: `m-${n}` }))
    give(page.service, DRY_RUN, aDryRun({ changes, removed: 25, hidden: 0 }))
    await tryThem()
    const list = await screen.findByLabelText('Which mails')
    expect(list.children).toHaveLength(10)
    fireEvent.click(screen.getByText('Show more (10 of 25)'))
    fireEvent.click(screen.getByText('Show more (20 of 25)'))
    expect(list.children).toHaveLength(25)
  })
})
