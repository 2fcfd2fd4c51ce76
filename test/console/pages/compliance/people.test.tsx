/** @jest-environment ./test/ui/support/page-environment.ts */
import { afterEach, describe, expect, it, jest } from '@jest/globals'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { ErasureDryRun } from '../../../../models/wire/people/erasure.ts'
import { readAddresses } from '../../../../console/compliance/people/person.ts'
import { aProblem, type FakeService } from '../../support/fake-service.ts'
import { openConsole } from '../../support/open-console.tsx'
import { aContact } from '../../support/page-facts.ts'
import { anErasure, figures, sent, withRoles } from './facts.ts'

const PEOPLE = '/api/v1/people'
const carol = { addresses: ['carol@customer.test'] }
const found: ErasureDryRun = {
  figures: figures({ emails: 12, attachments: 1, contactsDeleted: 1 }),
  ...{ emailsOfOthersToo: 2, rulesNaming: 1 },
}

const open = (set: (service: FakeService) => void = () => undefined) =>
  openConsole((service) => {
    withRoles(['member', 'admin'], { [`POST ${PEOPLE}/erasures/dry-run`]: found })(service)
    set(service)
  }, '/compliance?tab=people')

/** Asks what there is of Carol. */
async function askForCarol(): Promise<HTMLElement> {
  const field = await screen.findByLabelText('Addresses')
  fireEvent.change(field, { target: { value: ' carol@customer.test \n' } })
  fireEvent.submit(screen.getByLabelText('Which person'))
  return screen.findByRole('heading', { name: /What FlowCRM has of carol@customer.test/ })
}

describe('a person', () => {
  it('is counted first, and nothing is changed', async () => {
    await using page = await open()
    const card = (await askForCarol()).parentElement!
    const lines = within(card).getAllByRole('listitem')
    expect(lines.map(({ textContent }) => textContent)).toEqual([
      ...['12 e-mails', '1 file of an e-mail', '1 contact'],
    ])
    expect(card.textContent).toContain('2 of the e-mails belong to other contacts as well')
    expect(card.textContent).toContain('1 never-log rule names an address of theirs')
    expect(sent(page.service)).toEqual([['POST', `${PEOPLE}/erasures/dry-run`, carol]])
  })

  it('is erased only by who types it, then followed until there is a report', async () => {
    await using page = await open()
    const { instead } = page.service
    instead.set(`POST ${PEOPLE}/erasures`, { status: 202, body: anErasure() })
    await askForCarol()
    fireEvent.click(screen.getByText('Erase…'))
    const dialog = await screen.findByRole('alertdialog')
    expect(dialog.textContent).toContain('This cannot be undone.')
    const field = within(dialog).getByLabelText('Type “erase” to go on')
    fireEvent.submit(field)
    fireEvent.change(field, { target: { value: 'eras' } })
    fireEvent.submit(field)
    const button = within(dialog).getByText('Erase for good')
    expect(button.getAttribute('aria-disabled')).toBe('true')
    await fetch(`${page.service.url}/api/v1/session`) // whatever was sent before has come by then
    expect(sent(page.service)).toHaveLength(1) // the counting alone
    fireEvent.change(field, { target: { value: 'Erase' } })
    instead.set(`GET ${PEOPLE}/erasures`, { status: 200, body: { erasures: [anErasure()] } })
    fireEvent.submit(field)
    expect(await screen.findByText('3 of 12 e-mails erased')).toBeTruthy()
    expect(sent(page.service).at(-1)).toEqual(['POST', `${PEOPLE}/erasures`, carol])
    expect(screen.queryByRole('heading', { name: /What FlowCRM has/ })).toBeNull()
    expect(screen.getByRole('status').textContent).toBe('The erasure has begun.')

    const waiting = anErasure({ state: 'waiting', done: 12 })
    instead.set(`GET ${PEOPLE}/erasures`, { status: 200, body: { erasures: [waiting] } })
    expect(await screen.findByText('Looking once more')).toBeTruthy()
    const done = anErasure({ state: 'done', figures: figures({ emails: 12, contactsDeleted: 1 }) })
    instead.set(`GET ${PEOPLE}/erasures`, { status: 200, body: { erasures: [done] } })
    expect(await screen.findByText('Erased: 12 e-mails, 1 contact.')).toBeTruthy()
    const report = screen.getByRole('link', { name: 'Download the signed report' })
    expect(report.getAttribute('href')).toBe(
      `${page.service.url}${PEOPLE}/erasures/erasure-1/report`,
    )
    await waitFor(() =>
      expect(screen.getByRole('status').textContent).toMatch(/^The erasure is done/),
    )
  }, 30_000)

  it('is not erased where the service refuses, and says why', async () => {
    await using _page = await open(({ instead }) =>
      instead.set(
        `POST ${PEOPLE}/erasures`,
        aProblem(409, 'own-mailbox', 'Disconnect that mailbox first.'),
      ),
    )
    await askForCarol()
    fireEvent.click(screen.getByText('Erase…'))
    const dialog = await screen.findByRole('alertdialog')
    const field = within(dialog).getByLabelText('Type “erase” to go on')
    fireEvent.change(field, { target: { value: 'erase' } })
    fireEvent.submit(field)
    expect((await within(dialog).findByRole('alert')).textContent).toBe(
      'Nothing was erasedDisconnect that mailbox first.',
    )
  })

  it('can be a contact, with all of its addresses', async () => {
    await using page = await open(({ instead }) =>
      instead.set('GET /api/v1/contacts', {
        status: 200,
        body: { contacts: [aContact()], nextCursor: null },
      }),
    )
    fireEvent.click(await screen.findByLabelText('A contact of ours'))
    fireEvent.submit(screen.getByLabelText('Which person'))
    expect(await screen.findByText('Search for the contact, and choose it.')).toBeTruthy()
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'carol' } })
    fireEvent.click(await screen.findByLabelText('Carol Jones, carol@customer.test'))
    fireEvent.submit(screen.getByLabelText('Which person'))
    await screen.findByRole('heading', { name: 'What FlowCRM has of Carol Jones' })
    expect(sent(page.service).at(-1)?.[2]).toEqual({ contactId: 'c-carol' })
  })

  it('is let in again, or was never kept out', async () => {
    await using page = await open(({ instead }) =>
      instead.set(`POST ${PEOPLE}/lift`, { status: 200, body: { lifted: 2 } }),
    )
    await askForCarol()
    fireEvent.click(screen.getByText('Let them in again'))
    await screen.findByText(/new mail of theirs is stored again/, { selector: '.fui-MessageBar *' })
    page.service.instead.set(`POST ${PEOPLE}/lift`, { status: 200, body: { lifted: 0 } })
    fireEvent.click(screen.getByText('Let them in again'))
    await screen.findByText(/They were not kept out/, { selector: '.fui-MessageBar *' })
    expect(sent(page.service).at(-1)).toEqual(['POST', `${PEOPLE}/lift`, carol])
  })
})

describe('the export of a person', () => {
  afterEach(() => {
    jest.restoreAllMocks()
  })

  it('is saved as a file, asked for without an address in a link', async () => {
    Object.assign(URL, { createObjectURL: () => '' }) // jsdom has none
    const saving = jest.spyOn(URL, 'createObjectURL').mockReturnValue('#saved')
    await using page = await open(({ instead }) =>
      instead.set(`POST ${PEOPLE}/export`, { status: 200, body: 'archive' }),
    )
    await askForCarol()
    fireEvent.click(screen.getByText('Export all of it'))
    await screen.findByText('The archive is in your downloads.', { selector: '.fui-MessageBar *' })
    expect(saving).toHaveBeenCalledTimes(1)
    const { path, csrf, body } = page.service.requests.at(-1)!
    expect({ path, csrf, body }).toEqual({
      ...{ path: `${PEOPLE}/export`, csrf: page.service.session?.csrfToken, body: carol },
    })
  })

  it('says so when there is none', async () => {
    await using _page = await open(({ instead }) =>
      instead.set(`POST ${PEOPLE}/export`, aProblem(503, 'store-unavailable', 'It rests.')),
    )
    await askForCarol()
    fireEvent.click(screen.getByText('Export all of it'))
    expect((await screen.findByRole('alert')).textContent).toBe('Nothing was exportedIt rests.')
  })
})

describe('addresses as people write them', () => {
  it.each([
    ['carol@a.test, <CC@b.test>;\ncarol@a.test', ['carol@a.test', 'CC@b.test']],
    ['  carol@a.test\n\n', ['carol@a.test']],
  ])('%j', (text, addresses) => {
    expect(readAddresses(text)).toMatchObject({ subject: { addresses } })
  })
  it.each([
    ['', 'Write at least one address of the person.'],
    ['carol', '“carol” is no whole address, such as carol@customer.com.'],
    [
      Array.from({ length: 51 }, (_, n) => `${n}@a.test`).join(' '),
      'Write at most 50 addresses at a time.',
    ],
  ])('%j is none', (text, problem) => {
    expect(readAddresses(text)).toEqual({ problem })
  })
})

describe('an auditor', () => {
  it('is told who erases and exports, and asks for none of it', async () => {
    const retention = { version: 4, savedAt: null, byName: null, retentionDays: 365 }
    await using page = await openConsole(
      withRoles(['auditor'], {
        'GET /api/v1/rules/retention': { ...retention, whenGone: 'mark' },
      }),
      '/compliance?tab=people',
    )
    expect(await screen.findByText('Mail is kept for 365 days after it was received.')).toBeTruthy()
    expect(screen.getByText(/the e-mail stays, and is marked as gone\./)).toBeTruthy()
    expect(
      screen.getByText(/An administrator of your organization erases and exports/),
    ).toBeTruthy()
    expect(screen.queryByRole('form')).toBeNull()
    const asked = page.service.requests.map(({ path }) => path)
    expect(asked).not.toContain(`${PEOPLE}/erasures`)
    expect(asked).not.toContain('/api/v1/rules')
  })
})
