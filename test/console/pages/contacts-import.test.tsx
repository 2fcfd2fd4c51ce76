/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type {
  ImportFault,
  ImportPreview,
  ImportResult,
} from '../../../models/wire/contacts/contact-import.ts'
import { give, withCarol } from '../support/carol.ts'
import { aProblem, type FakeService } from '../support/fake-service.ts'
import { openConsole } from '../support/open-console.tsx'

const IMPORT = '/api/v1/contacts/import'
const FILE = 'Name,E-mail,Shoe size\r\nDan,dan@customer.test,44\r\nEve,nobody,38\r\n'
const fault: ImportFault = {
  ...{ row: 3, column: 'E-mail', message: '"nobody" is no e-mail address.' },
  todo: 'Write the address alone, like name@example.com, or leave the cell empty.',
}
const counts = { created: 1, updated: 0, unchanged: 0, failed: 1 }

const aPreview = (over: Partial<ImportPreview> = {}): ImportPreview => ({
  ...{ id: 'file-1', rows: 2, counts, faults: [fault] },
  columns: [
    { column: 'Name', as: 'name' },
    { column: 'E-mail', as: 'address' },
    { column: 'Shoe size', as: null },
  ],
  sample: [
    { row: 2, becomes: 'created', name: 'Dan', addresses: ['dan@customer.test'], company: '' },
  ],
  ...over,
})
const finishedAt = '2026-11-20T09:00:00.000Z'
const aResult = (over: Partial<ImportResult> = {}): ImportResult => ({
  ...{ id: 'file-1', total: 2, done: 2, counts, finishedAt, faults: [fault] },
  ...over,
})

/** The dialog, with a file chosen. */
async function opened(set: (service: FakeService) => void) {
  const page = await openConsole((service) => {
    withCarol()(service)
    service.instead.set(`POST ${IMPORT}/preview`, { status: 200, body: aPreview() })
    set(service)
  }, '/contacts')
  fireEvent.click(await screen.findByRole('button', { name: 'Import' }))
  const dialog = await screen.findByRole('dialog')
  const choose = (text = FILE) =>
    fireEvent.change(within(dialog).getByLabelText('CSV file'), {
      target: { files: [new File([text], 'people.csv')] },
    })
  choose()
  return Object.assign(page, { dialog, choose })
}
const rowsOf = (table: HTMLElement) =>
  [...table.querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map(({ textContent }) => textContent),
  )

describe('contacts from a file', () => {
  it('are looked at first: what would happen, what is not read, and what is wrong where', async () => {
    await using page = await opened(() => undefined)
    const { dialog } = page
    const faults = await within(dialog).findByRole('region', { name: 'To be mended in the file' })
    expect(rowsOf(faults)).toEqual([['3', 'E-mail', fault.message, fault.todo]])
    const sample = within(dialog).getByRole('region', { name: 'The first rows, as they would be' })
    expect(rowsOf(sample)).toEqual([['2', 'Dan', 'dan@customer.test', '', 'New contact']])
    expect(dialog.textContent).toContain('Not read: Shoe size.')
    const sent = page.service.requests.filter(({ method }) => method === 'POST')
    expect(sent.map(({ path, body }) => [path, body])).toEqual([[`${IMPORT}/preview`, FILE]])
  })

  it('come in when somebody says so, and the list shows them', async () => {
    await using page = await opened(({ instead }) =>
      instead.set(`POST ${IMPORT}`, { status: 200, body: aResult() }),
    )
    const { dialog, service } = page
    const asked = () => service.requests.filter(({ path }) => path === '/api/v1/contacts').length
    fireEvent.click(await within(dialog).findByText('Import 1 contact'))
    await within(dialog).findByText(/is imported: 2 rows/)
    expect(dialog.textContent).toContain('Contacts created1')
    expect(within(dialog).getByText(fault.message)).toBeTruthy()
    await waitFor(() => expect(asked()).toBeGreaterThan(1))
    expect(service.requests.find(({ path }) => path === IMPORT)?.body).toBe(FILE)
  })

  it('show how far they are, and end with whoever reads the same file in', async () => {
    const progress = { id: 'file-1', total: 2_000, counts, finishedAt: null }
    await using page = await opened(({ instead }) => {
      const body = aResult({ ...progress, done: 0, faults: [] })
      instead.set(`POST ${IMPORT}/preview`, { status: 200, body: aPreview({ rows: 2_000 }) })
      instead.set(`POST ${IMPORT}`, { status: 200, body })
      instead.set(`GET ${IMPORT}/file-1`, { status: 200, body: { ...progress, done: 1_500 } })
    })
    const { dialog } = page
    fireEvent.click(await within(dialog).findByText('Import 1 contact'))
    expect(await within(dialog).findByText('1,500 of 2,000 rows')).toBeTruthy()
    give(page.service, `${IMPORT}/file-1`, { ...progress, done: 2_000, finishedAt })
    expect(await within(dialog).findByText(/is imported: 2,000 rows/)).toBeTruthy()
  })

  it('that did not come in can be read in again; a file that was refused is chosen anew', async () => {
    await using page = await opened(({ instead }) =>
      instead.set(`POST ${IMPORT}/preview`, aProblem(400, 'bad-request', 'There is no file.')),
    )
    const { dialog, service } = page
    expect(await within(dialog).findByText('There is no file.')).toBeTruthy()
    service.instead.set(`POST ${IMPORT}/preview`, { status: 200, body: aPreview() })
    service.instead.set(`POST ${IMPORT}`, aProblem(503, 'store-unavailable', 'Rests.'))
    page.choose()
    fireEvent.click(await within(dialog).findByText('Import 1 contact'))
    expect(await within(dialog).findByText('Rests.')).toBeTruthy()
    service.instead.set(`POST ${IMPORT}`, { status: 200, body: aResult() })
    fireEvent.click(within(dialog).getByText('Import 1 contact'))
    expect(await within(dialog).findByText(/is imported/)).toBeTruthy()
  })

  it('have a template', async () => {
    await using page = await openConsole(withCarol(), '/contacts')
    fireEvent.click(await screen.findByRole('button', { name: 'Import' }))
    const link = await screen.findByRole('link', { name: /Download a template/ })
    expect(link.getAttribute('download')).toBe('flowcrm-contacts.csv')
    expect(decodeURIComponent(link.getAttribute('href') ?? '')).toContain('Name,E-mail,Company')
    expect(page.service.requests.some(({ path }) => path.startsWith(IMPORT))).toBe(false)
  })
})
