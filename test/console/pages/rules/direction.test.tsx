/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, within } from '@testing-library/react'
import { openConsole } from '../../support/open-console.tsx'
import {
  aPolicySet,
  aRuleSet,
  byDefault,
  changesOf,
  give,
  OF_ALICE,
  OF_ALL,
  somePolicy,
  someRules,
  withAdmin,
  withAlice,
} from './rule-facts.ts'

const LABEL = 'What goes back to Outlook'
const section = async () => within(await screen.findByRole('region', { name: 'Back to Outlook' }))
const save = async () => {
  fireEvent.click(await screen.findByText('Save', { selector: 'button' }))
  await screen.findByText(/^Saved/)
}

describe('what goes back to Outlook', () => {
  it('is nothing, unless it is chosen for a mailbox, where it says what that means', async () => {
    await using page = await openConsole(withAlice(), '/rules')
    const choice = (await section()).getByLabelText<HTMLSelectElement>(LABEL)
    expect(choice.selectedOptions[0]?.textContent).toBe('As your organization: Nothing')
    expect((await section()).getByText(/gets the category “FlowCRM”.*Mail\.ReadWrite/)).toBeTruthy()
    fireEvent.change(choice, { target: { value: 'two-way' } })
    const rules = someRules({ direction: 'two-way' })
    const writeRefused = {
      ...{ since: '2026-11-20T09:00:00.000Z', code: '65001' },
      ...{ sentence: 'Nothing goes back yet.', todo: 'Allow it once.' },
    }
    give(page.service, `PUT ${OF_ALICE}`, aRuleSet({ version: 5, rules, writeRefused }))
    await save()
    const told = await section()
    expect(told.getByText('Nothing goes back yet.')).toBeTruthy()
    expect(told.getByText('Allow it in Outlook').closest('a')?.getAttribute('href')).toBe(
      '/auth/connect',
    )
    expect(changesOf(page.service)).toEqual([
      { asked: `PUT ${OF_ALICE}`, ifMatch: '"4"', body: { rules } },
    ])
  })

  it('is chosen for the whole organization, and locked', async () => {
    await using page = await openConsole(withAdmin(), '/rules')
    const asked = await section()
    fireEvent.change(asked.getByLabelText(LABEL), { target: { value: 'one-way' } })
    fireEvent.click(asked.getByLabelText(`Lock “${LABEL}”: no mailbox chooses otherwise`))
    give(page.service, `PUT ${OF_ALL}`, { ...aPolicySet(), version: 3 })
    await save()
    expect(changesOf(page.service)[0]?.body).toEqual({
      rules: somePolicy({ direction: 'one-way', locked: ['direction'] }),
    })
  })

  it('is shown as the organization has locked it, and not to be chosen', async () => {
    const inherited = { ...byDefault, direction: 'two-way' as const }
    const set = aRuleSet({ locked: ['direction'], inherited })
    await using _page = await openConsole(withAlice(set), '/rules')
    const told = await section()
    expect(told.getByText('Read state and the category FlowCRM')).toBeTruthy()
    expect(told.getByText('Locked by your organization')).toBeTruthy()
    expect(told.queryByRole('combobox')).toBeNull()
  })
})
