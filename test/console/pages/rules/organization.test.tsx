/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, within } from '@testing-library/react'
import type { FakeService } from '../../support/fake-service.ts'
import { openConsole } from '../../support/open-console.tsx'
import { aPolicySet, changesOf, give, OF_ALL, somePolicy, withAdmin } from './rule-facts.ts'

const button = (name: string) => screen.findByText(name, { selector: 'button' })
const press = (label: string) => fireEvent.click(screen.getByLabelText(label))
const type = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } })
async function savedRules(service: FakeService) {
  give(service, `PUT ${OF_ALL}`, { ...aPolicySet(), version: 3 })
  fireEvent.click(await button('Save'))
  await screen.findByText(/^Saved/)
  return changesOf(service).at(-1)
}

describe('the rules of the organization', () => {
  it('are what an administrator sees first; mailboxes may be kept from choosing otherwise', async () => {
    await using page = await openConsole(withAdmin(), '/rules')
    await button('Save')
    expect(screen.getByText('Everybody’s (the organization)')).toBeTruthy()
    expect(screen.getByText('As FlowCRM does by itself: Stays out')).toBeTruthy()
    type('Mail among colleagues only', 'store')
    fireEvent.click(screen.getByLabelText(/^Lock “Mail among colleagues only”/))
    expect(await savedRules(page.service)).toEqual({
      ...{ asked: `PUT ${OF_ALL}`, ifMatch: '"2"' },
      body: { rules: somePolicy({ internalOnly: 'store', locked: ['internalOnly'] }) },
    })
  })

  it('have a window for all mailboxes, which is a lock at once, and none again', async () => {
    await using page = await openConsole(withAdmin(), '/rules')
    await button('Save')
    type('Mail from before a mailbox was connected', '90')
    expect((await savedRules(page.service))?.body).toEqual({
      rules: somePolicy({ windowDays: 90, locked: ['windowDays'] }),
    })
    type('Mail from before a mailbox was connected', '30')
    type('Mail from before a mailbox was connected', '')
    expect(screen.getByText('Everything is saved.')).toBeTruthy()
  })

  it('take domains and addresses one by one, and say what is none', async () => {
    await using page = await openConsole(
      withAdmin(aPolicySet({ ownDomains: ['old.test'] })),
      '/rules',
    )
    await button('Save')
    type('Own domains', 'no domain')
    press('Add domain')
    await screen.findByText('Write a domain, such as company.com.')
    type('Own domains', ' @Contoso.Example')
    press('Add domain')
    press('Remove old.test')
    expect(document.activeElement).toBe(screen.getByLabelText('Own domains'))
    type('Privacy addresses', 'privacy@drop.example')
    press('Add privacy address')
    type('Privacy addresses', 'privacy@drop.example')
    press('Add privacy address')
    await screen.findByText('It is on the list already.')
    type('Time zone', 'Europe/Vienna')
    expect((await savedRules(page.service))?.body).toEqual({
      rules: somePolicy({
        ...{ ownDomains: ['contoso.example'], privacyAddresses: ['privacy@drop.example'] },
        timeZone: 'Europe/Vienna',
      }),
    })
  })

  it('have a drop-box, which is saved only as an address', async () => {
    await using page = await openConsole(withAdmin(), '/rules')
    const save = await button('Save')
    type('Drop-box address', 'save')
    await screen.findByText(/^Drop-box address: Write an e-mail address/)
    fireEvent.click(save)
    expect(changesOf(page.service)).toEqual([])
    type('Drop-box address', 'save@drop.example')
    fireEvent.click(screen.getByLabelText(/The add-in copies it/))
    expect((await savedRules(page.service))?.body).toEqual({
      rules: somePolicy({ dropBox: { address: 'save@drop.example', byItself: true } }),
    })
  })

  it('say where it is set how long mail is kept, and leave that as it is', async () => {
    const kept = { retentionDays: 365, whenGone: 'mark' } as const
    await using page = await openConsole(withAdmin(aPolicySet(kept)), '/rules')
    const section = within(await screen.findByLabelText('History and copies'))
    expect(section.getByText('Compliance').getAttribute('href')).toBe('/compliance?tab=people')
    fireEvent.click(screen.getByLabelText(/Copies of one mail/))
    expect((await savedRules(page.service))?.body).toEqual({
      rules: somePolicy({ ...kept, deduplicate: false }),
    })
  })
})
