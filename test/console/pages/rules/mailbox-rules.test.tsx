/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { aProblem } from '../../support/fake-service.ts'
import { aFolder, aMailbox, aSession } from '../../support/fixtures.ts'
import { openConsole } from '../../support/open-console.tsx'
import {
  aRuleSet,
  byDefault,
  changesOf,
  give,
  OF_ALICE,
  someRules,
  withAlice,
} from './rule-facts.ts'

const saved = (name = 'Save') => screen.findByText(name, { selector: 'button' })
const pick = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } })
const ofDoctor = {
  ...{ id: 'r-1', kind: 'any-party' as const },
  entries: [{ of: 'address' as const, value: 'doctor@clinic.example' }],
}

describe('whose rules', () => {
  it('are those of one’s own mailbox, and of no other unless an address says so', async () => {
    await using page = await openConsole((service) => {
      withAlice()(service)
      service.mailboxes = [aMailbox(), aMailbox({ id: 'm-shared', address: 'sales@contoso.test' })]
      give(service, 'GET /api/v1/mailboxes/m-shared/rules', aRuleSet())
      give(service, 'GET /api/v1/mailboxes/m-shared/rules/versions', { versions: [] })
    }, '/rules')
    const whose = await screen.findByLabelText('Whose rules')
    expect([...whose.querySelectorAll('option')].map(({ textContent }) => textContent)).toEqual([
      'alice@contoso.test',
      'sales@contoso.test',
    ])
    await saved()
    fireEvent.change(whose, { target: { value: 'm-shared' } })
    await waitFor(() =>
      expect(page.service.requests.some(({ path }) => path.includes('m-shared/rules'))).toBe(true),
    )
    expect(location.search).toBe('?mailbox=m-shared')
  })

  it('are nobody’s while no mailbox is connected, and not those of a mailbox one may not see', async () => {
    await using page = await openConsole((service) => {
      service.session = aSession()
    }, '/rules')
    expect(await screen.findByText(/No mailbox of yours is connected yet/)).toBeTruthy()
    expect(page.service.requests.some(({ path }) => path.endsWith('/rules'))).toBe(false)
  })

  it('of a mailbox that is not there are told of as such', async () => {
    await using _page = await openConsole(withAlice(), '/rules?mailbox=m-gone')
    expect(await screen.findByText(/not connected any more, or it is not yours/)).toBeTruthy()
  })
})

describe('a never-log rule', () => {
  it('is added in a dialog that says what is wrong, and saved by the version that was seen', async () => {
    await using page = await openConsole(withAlice(), '/rules')
    fireEvent.click(await saved('Add a rule'))
    const dialog = await screen.findByRole('dialog')
    fireEvent.change(within(dialog).getByLabelText('Address or domain'), {
      target: { value: 'doctor' },
    })
    fireEvent.click(within(dialog).getByRole('button', { name: 'Add' }))
    await within(dialog).findByText(/Write a whole address/)
    fireEvent.change(within(dialog).getByLabelText('Address or domain'), {
      target: { value: ' Doctor@Clinic.example ' },
    })
    fireEvent.click(within(dialog).getByRole('button', { name: 'One more' }))
    fireEvent.change(within(dialog).getByLabelText('Address or domain 2'), {
      target: { value: '@lawyers.example' },
    })
    expect(within(dialog).getByLabelText<HTMLInputElement>('Its subdomains as well').checked).toBe(
      true,
    )
    fireEvent.click(within(dialog).getByRole('button', { name: 'Add' }))

    const list = await screen.findByLabelText('Never-log rules')
    expect(list.textContent).toContain('everybody at lawyers.example and its subdomains')
    expect(screen.getByText('Not saved yet.')).toBeTruthy()
    expect(changesOf(page.service)).toEqual([])

    const entries = [
      { of: 'address', value: 'doctor@clinic.example' },
      { of: 'domain', value: 'lawyers.example', subdomains: true },
    ]
    const neverLog = [{ id: '', kind: 'any-party' as const, entries }]
    const next = aRuleSet({ version: 5, rules: someRules({ neverLog: neverLog as never }) })
    give(page.service, `PUT ${OF_ALICE}`, next)
    fireEvent.click(await saved())
    await screen.findByText(/Saved. New mail is decided by these rules/)
    expect(changesOf(page.service)).toEqual([
      {
        asked: `PUT ${OF_ALICE}`,
        ifMatch: '"4"',
        body: { rules: someRules({ neverLog: neverLog as never }) },
      },
    ])
  })

  it('is changed and removed; those of the organization are only shown', async () => {
    const ofAll = {
      ...ofDoctor,
      id: 'r-all',
      entries: [{ of: 'address' as const, value: 'x@y.test' }],
    }
    const set = aRuleSet({ rules: someRules({ neverLog: [ofDoctor] }) })
    set.effective.neverLog = [ofAll, ofDoctor]
    await using page = await openConsole(withAlice(set), '/rules')
    const list = await screen.findByLabelText('Never-log rules')
    expect(within(list).getAllByText('Of your organization')).toHaveLength(1)
    expect(within(list).getAllByRole('button')).toHaveLength(2)

    fireEvent.click(within(list).getByRole('button', { name: /^Change/ }))
    const dialog = await screen.findByRole('dialog')
    fireEvent.click(within(dialog).getByLabelText(/Only they take part/))
    fireEvent.click(within(dialog).getByRole('button', { name: 'Change' }))
    await within(list).findByText(/Only they take part/)

    fireEvent.click(within(list).getByRole('button', { name: /^Remove/ }))
    expect(document.activeElement?.textContent).toBe('Add a rule')
    give(page.service, `PUT ${OF_ALICE}`, aRuleSet({ version: 5 }))
    fireEvent.click(await saved())
    await screen.findByText(/^Saved/)
    expect(changesOf(page.service)[0]?.body).toEqual({ rules: someRules() })
  })
})

describe('the choices of a mailbox', () => {
  it('say what they are without one, and are sent only where one was made', async () => {
    const inherited = { ...byDefault, scope: 'contacts' as const }
    await using page = await openConsole(withAlice(aRuleSet({ inherited })), '/rules')
    await saved()
    expect(
      screen.getByText('As your organization: Only mail in which a contact takes part'),
    ).toBeTruthy()
    pick('Mail that machines send', 'keep-out')
    pick(/Outlook category/, 'Private')
    give(page.service, `PUT ${OF_ALICE}`, aRuleSet({ version: 5 }))
    fireEvent.click(await saved())
    await screen.findByText(/^Saved/)
    const rules = someRules({ automated: 'keep-out', noCrmCategory: 'Private' })
    expect(changesOf(page.service)[0]?.body).toEqual({ rules })
  })

  it('that are locked are shown so, and do not keep the rest from being saved', async () => {
    const set = aRuleSet({
      rules: someRules({ automated: 'store' }),
      ...{ locked: ['automated'], inherited: { ...byDefault, automated: 'keep-out' } },
    })
    await using page = await openConsole(withAlice(set), '/rules')
    await saved()
    expect(screen.getByText('Locked by your organization')).toBeTruthy()
    expect(screen.queryByRole('combobox', { name: 'Mail that machines send' })).toBeNull()
    pick('Mail that is logged', 'contacts')
    give(page.service, `PUT ${OF_ALICE}`, { ...set, version: 5 })
    fireEvent.click(await saved())
    await screen.findByText(/^Saved/)
    expect(changesOf(page.service)[0]?.body).toEqual({ rules: someRules({ scope: 'contacts' }) })
  })

  it('leave folders out', async () => {
    await using page = await openConsole((service) => {
      withAlice()(service)
      service.mailboxes = [
        aMailbox({ folders: [aFolder(), aFolder({ id: 'f-2', displayName: 'News' })] }),
      ]
    }, '/rules')
    fireEvent.click(await screen.findByLabelText('News'))
    give(page.service, `PUT ${OF_ALICE}`, aRuleSet({ version: 5 }))
    fireEvent.click(await saved())
    await screen.findByText(/^Saved/)
    expect(changesOf(page.service)[0]?.body).toEqual({
      rules: someRules({ excludedFolders: ['f-2'] }),
    })
  })
})

describe('rules that are not saved', () => {
  it('because somebody was faster are put on top of theirs, and then saved', async () => {
    await using page = await openConsole(withAlice(), '/rules')
    await saved()
    pick('Mail that machines send', 'keep-out')
    page.service.instead.set(
      `PUT ${OF_ALICE}`,
      aProblem(412, 'changed-meanwhile', 'Somebody changed this meanwhile.'),
    )
    fireEvent.click(await saved())
    await screen.findByText('Somebody changed these rules meanwhile')
    const theirs = someRules({ scope: 'contacts' })
    give(page.service, `GET ${OF_ALICE}`, aRuleSet({ version: 9, rules: theirs }))
    fireEvent.click(await saved('Load theirs'))
    await waitFor(() =>
      expect(screen.getByLabelText<HTMLSelectElement>('Mail that is logged').value).toBe(
        'contacts',
      ),
    )
    expect(screen.queryByText('Somebody changed these rules meanwhile')).toBeNull()
    expect(screen.getByLabelText<HTMLSelectElement>('Mail that machines send').value).toBe(
      'keep-out',
    )
    const rules = { ...theirs, automated: 'keep-out' as const }
    give(page.service, `PUT ${OF_ALICE}`, aRuleSet({ version: 10, rules }))
    fireEvent.click(await saved())
    await screen.findByText(/^Saved/)
    expect(changesOf(page.service).at(-1)).toMatchObject({ ifMatch: '"9"', body: { rules } })
  })

  it('say which field the service does not take, and keep what was typed', async () => {
    await using page = await openConsole(withAlice(), '/rules')
    await saved()
    pick(/Outlook category/, 'Private')
    page.service.instead.set(`PUT ${OF_ALICE}`, {
      status: 400,
      body: {
        ...{ type: 'about:blank', title: 'Bad', status: 400, code: 'bad-request' },
        detail: 'These rules cannot be saved.',
        fields: [{ path: 'rules.noCrmCategory', message: 'is taken' }],
      },
    })
    fireEvent.click(await saved())
    expect(await screen.findByText('noCrmCategory: is taken')).toBeTruthy()
    expect(screen.getByLabelText<HTMLInputElement>(/Outlook category/).value).toBe('Private')
    fireEvent.click(await saved('Discard changes'))
    expect(document.activeElement?.textContent).toBe('Save') // what was pressed is gone
    expect(screen.getByLabelText<HTMLInputElement>(/Outlook category/).value).toBe('')
    expect(screen.queryByText('noCrmCategory: is taken')).toBeNull()
  })

  it('keep the reader with them until they are saved or discarded', async () => {
    await using _page = await openConsole(withAlice(), '/rules')
    const whose = await screen.findByLabelText<HTMLSelectElement>('Whose rules')
    await saved()
    pick('Mail that machines send', 'keep-out')
    await waitFor(() => expect(whose.disabled).toBe(true))
    const leaving = new Event('beforeunload', { cancelable: true })
    dispatchEvent(leaving)
    expect(leaving.defaultPrevented).toBe(true)
    fireEvent.click(await saved('Discard changes'))
    await waitFor(() => expect(whose.disabled).toBe(false))
  })
})
