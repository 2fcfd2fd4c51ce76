/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { aProblem } from '../../support/fake-service.ts'
import { aMailbox } from '../../support/fixtures.ts'
import { openConsole } from '../../support/open-console.tsx'
import { aRuleSet, changesOf, give, withAlice } from './rule-facts.ts'

const SETTINGS = '/api/v1/mailboxes/m-alice/settings'
const settings = { pollEveryMinutes: null, windowDays: 90, sharing: null } as const

async function open(set = aRuleSet()) {
  const page = await openConsole((service) => {
    withAlice(set)(service)
    service.mailboxes = [aMailbox({ settings })]
  }, '/mailboxes')
  fireEvent.click(await screen.findByRole('button', { name: 'Settings of alice@contoso.test' }))
  const dialog = await screen.findByRole('dialog')
  await within(dialog).findByLabelText('How often new mail is fetched')
  return { ...page, dialog }
}

describe('the settings of a mailbox', () => {
  it('are changed one by one, and only what changed is sent', async () => {
    await using page = await open()
    const { dialog, service } = page
    expect(within(dialog).getByLabelText<HTMLInputElement>(/^Nothing/).checked).toBe(true)
    fireEvent.change(within(dialog).getByLabelText('How often new mail is fetched'), {
      target: { value: '15' },
    })
    fireEvent.click(within(dialog).getByLabelText(/^Up to the subject/))
    const body = aMailbox({ settings: { ...settings, pollEveryMinutes: 15, sharing: 'subject' } })
    give(service, `PATCH ${SETTINGS}`, body)
    fireEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(changesOf(service)).toEqual([
      {
        ...{ asked: `PATCH ${SETTINGS}`, ifMatch: undefined },
        body: { pollEveryMinutes: 15, sharing: 'subject' },
      },
    ])
    expect(await screen.findByText('The settings are saved.')).toBeTruthy()
  })

  it('say what a wider window does, and nothing of a narrower one', async () => {
    await using page = await open()
    const windows = within(page.dialog).getByLabelText('Mail from before it was connected')
    fireEvent.change(windows, { target: { value: 'null' } })
    expect(await within(page.dialog).findByText(/every watched folder is read again/)).toBeTruthy()
    fireEvent.change(windows, { target: { value: '30' } })
    expect(within(page.dialog).queryByText(/every watched folder is read again/)).toBeNull()
  })

  it('that the organization has locked are shown as it wants them', async () => {
    const set = aRuleSet({ locked: ['windowDays'] })
    set.effective.windowDays = 365
    await using page = await open(set)
    expect(page.dialog.textContent).toContain('The last year')
    expect(within(page.dialog).getByText('Locked by your organization')).toBeTruthy()
    expect(within(page.dialog).queryByRole('combobox', { name: /Mail from before/ })).toBeNull()
  })

  it('say what goes back to Outlook, and that it is chosen elsewhere, or by whom', async () => {
    const label = 'What goes back to Outlook'
    const told = (dialog: HTMLElement) => within(dialog).getByText(label).closest('dl')?.textContent
    const set = aRuleSet()
    set.effective.direction = 'two-way'
    const words = `${label}Read state and the category FlowCRM`
    {
      await using page = await open(set)
      expect(told(page.dialog)).toBe(`${words}It is chosen under Rules.`)
      expect(within(page.dialog).getByRole('link', { name: /what goes back/ })).toBeTruthy()
    }
    await using page = await open({ ...set, locked: ['direction'] })
    expect(told(page.dialog)).toBe(`${words} Locked by your organization`)
  })

  it('stay open with what was chosen when saving fails, and lead to the rules', async () => {
    await using page = await open()
    const { dialog, service } = page
    service.instead.set(`PATCH ${SETTINGS}`, aProblem(503, 'store-unavailable', 'It rests.'))
    fireEvent.click(within(dialog).getByLabelText(/^Everything/))
    fireEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
    await within(dialog).findByText('The settings were not saved')
    expect(within(dialog).getByLabelText<HTMLInputElement>(/^Everything/).checked).toBe(true)
    const link = within(dialog).getByRole('link', { name: /^Rules/ })
    expect(link.getAttribute('href')).toBe('/rules?mailbox=m-alice')
  })
})
