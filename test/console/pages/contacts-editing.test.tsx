/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { changesIn, CAROL, give, withCarol } from '../support/carol.ts'
import { aProblem, type FakeService } from '../support/fake-service.ts'
import { openConsole } from '../support/open-console.tsx'
import { aContact } from '../support/page-facts.ts'

const write = (label: string | RegExp, text: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value: text } })
const submit = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const nobody = (service: FakeService) =>
  give(service, '/api/v1/contacts', { contacts: [], nextCursor: null })

describe('a new contact', () => {
  const opened = async (set: (service: FakeService) => void) => {
    const page = await openConsole((service) => {
      withCarol()(service)
      set(service)
    }, '/contacts')
    fireEvent.click(await screen.findByRole('button', { name: 'New contact' }))
    await screen.findByRole('dialog')
    return page
  }

  it('is made with its company, which is made too if there is none of that name', async () => {
    await using page = await opened(nobody)
    const at = '2026-11-20T09:00:00.000Z'
    const company = { id: 'k-1', name: 'Customer', domains: [], version: 1 }
    const { instead } = page.service
    const made = { status: 201, body: { ...company, createdAt: at, updatedAt: at } }
    instead.set('POST /api/v1/companies', made)
    instead.set('POST /api/v1/contacts', { status: 201, body: aContact() })
    write('Name', 'Carol Jones')
    write('E-mail address 1', ' carol@customer.test ')
    write('Company', 'Customer')
    submit('Create')
    await waitFor(() => expect(document.title).toBe('Carol Jones · FlowCRM'))
    expect(location.pathname).toBe('/contacts/c-carol')
    const contact = { name: 'Carol Jones', jobTitle: '', phone: '', companyId: 'k-1' }
    expect(changesIn(page.service)).toEqual([
      ['POST', '/api/v1/companies', { name: 'Customer', domains: [] }],
      ['POST', '/api/v1/contacts', { ...contact, addresses: ['carol@customer.test'] }],
    ])
  })

  it('is not made for an address that somebody has: they are shown instead', async () => {
    await using page = await opened(() => undefined)
    write('Name', 'C. Jones')
    write('E-mail address 1', 'Carol@customer.test')
    submit('Create')
    const dialog = screen.getByRole('dialog')
    const link = await within(dialog).findByText('Carol Jones')
    expect(dialog.textContent).toContain('has Carol@customer.test already')
    submit('Create')
    fireEvent.click(link)
    await waitFor(() => expect(location.pathname).toBe('/contacts/c-carol'))
    await screen.findByLabelText('Stage') // by then it would have been asked for
    expect(changesIn(page.service)).toEqual([])
  })

  it('is asked about twice where somebody has the same mailbox under another spelling', async () => {
    await using page = await opened(() => undefined)
    page.service.instead.set('POST /api/v1/contacts', { status: 201, body: aContact() })
    write('E-mail address 1', 'carol+news@customer.test')
    submit('Create')
    await screen.findByText(/ends up in the same mailbox/)
    expect(changesIn(page.service)).toEqual([])
    submit('Create anyway')
    await waitFor(() => expect(changesIn(page.service)).toHaveLength(1))
  })

  it('is not made when somebody else was faster: then they are shown', async () => {
    await using page = await opened(nobody)
    page.service.instead.set('POST /api/v1/contacts', {
      ...aProblem(409, 'taken', 'This address belongs to another contact. Open that one.'),
    })
    write('E-mail address 1', 'carol@customer.test')
    page.service.onRequest = ({ method }) => {
      if (method === 'POST')
        give(page.service, '/api/v1/contacts', { contacts: [aContact()], nextCursor: null })
    }
    submit('Create')
    expect(await screen.findByText(/has carol@customer.test already/)).toBeTruthy()
  })

  it('needs a name or an address, and an address that is one', async () => {
    await using page = await opened(nobody)
    submit('Create')
    expect(await screen.findByText(/Write a name, or an e-mail address/)).toBeTruthy()
    write('E-mail address 1', 'carol')
    submit('Create')
    expect(await screen.findByText(/Write a whole address/)).toBeTruthy()
    expect(changesIn(page.service)).toEqual([])
  })
})

describe('a contact that is edited', () => {
  const opened = async () => {
    const page = await openConsole(withCarol(), '/contacts/c-carol?tab=notes')
    fireEvent.click(await screen.findByRole('button', { name: 'Edit this contact' }))
    await screen.findByRole('dialog')
    return page
  }

  it('keeps only what was changed, as it was seen', async () => {
    await using page = await opened()
    const { service } = page
    service.instead.set(`PATCH ${CAROL}`, { status: 200, body: aContact({ name: 'Carol Kent' }) })
    write('Name', 'Carol Kent')
    submit('Add an address')
    write('E-mail address 2', 'kent@customer.test')
    submit('Save')
    await waitFor(() => expect(document.title).toBe('Carol Kent · FlowCRM'))
    const addresses = ['carol@customer.test', 'kent@customer.test']
    expect(changesIn(service)).toEqual([['PATCH', CAROL, { name: 'Carol Kent', addresses }]])
    expect(service.requests.find(({ method }) => method === 'PATCH')?.ifMatch).toBe('"3"')
  })

  it('has an address taken out, or only no longer in use', async () => {
    await using page = await opened()
    page.service.instead.set(`PATCH ${CAROL}`, { status: 200, body: aContact() })
    submit('Remove carol@customer.test')
    fireEvent.click(await screen.findByLabelText('carol@customer.test never was theirs'))
    submit('Save')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    const body = { addresses: [], forget: ['carol@customer.test'] }
    expect(changesIn(page.service)).toEqual([['PATCH', CAROL, body]])
  })

  it('that somebody changed meanwhile is loaded again, and what was written stays', async () => {
    await using page = await opened()
    const { service } = page
    service.instead.set(`PATCH ${CAROL}`, aProblem(412, 'changed-meanwhile', 'Changed.'))
    write('Phone', '555 0100')
    submit('Save')
    const theirs = aContact({ version: 9, jobTitle: 'Head of buying' })
    give(service, CAROL, theirs)
    fireEvent.click(await screen.findByText('Load it again, keep my changes'))
    const job = screen.getByLabelText<HTMLInputElement>('Job title')
    await waitFor(() => expect(job.value).toBe('Head of buying'))
    service.instead.set(`PATCH ${CAROL}`, { status: 200, body: theirs })
    submit('Save')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    const last = service.requests.filter(({ method }) => method === 'PATCH').at(-1)
    expect([last?.body, last?.ifMatch]).toEqual([{ phone: '555 0100' }, '"9"'])
  })

  it('cannot take an address that is another one’s', async () => {
    await using page = await opened()
    const { service } = page
    service.instead.set(`PATCH ${CAROL}`, aProblem(409, 'taken', 'Belongs to another contact.'))
    const addresses = [{ address: 'dan@customer.test', formerSince: null }]
    const dan = aContact({ id: 'c-dan', name: 'Dan', addresses })
    give(service, '/api/v1/contacts', { contacts: [dan], nextCursor: null })
    write('E-mail address 1', 'dan@customer.test')
    submit('Save')
    const dialog = screen.getByRole('dialog')
    const link = await within(dialog).findByRole('link', { name: 'Dan' })
    expect(link.getAttribute('href')).toBe('/contacts/c-dan')
  })
})

describe('a contact that is deleted', () => {
  it('is asked about, and then it is gone', async () => {
    await using page = await openConsole(withCarol(), '/contacts/c-carol?tab=notes')
    const { service } = page
    service.instead.set(`DELETE ${CAROL}`, { status: 204 })
    fireEvent.click(await screen.findByRole('button', { name: 'Delete this contact' }))
    expect((await screen.findByRole('dialog')).textContent).toContain('Delete Carol Jones?')
    expect(changesIn(service)).toEqual([])
    submit('Delete')
    await waitFor(() => expect(location.pathname).toBe('/contacts'))
    expect(service.requests.find(({ method }) => method === 'DELETE')?.ifMatch).toBe('"3"')
  })

  it('stays when somebody changed it meanwhile, until that was looked at', async () => {
    await using page = await openConsole(withCarol(), '/contacts/c-carol?tab=notes')
    const { service } = page
    service.instead.set(`DELETE ${CAROL}`, aProblem(412, 'changed-meanwhile', 'Changed.'))
    fireEvent.click(await screen.findByRole('button', { name: 'Delete this contact' }))
    await screen.findByRole('dialog')
    submit('Delete')
    await screen.findByText('Changed.')
    give(service, CAROL, aContact({ version: 9, name: 'Carol Kent' }))
    submit('Load it again')
    expect(await screen.findByText('Delete Carol Kent?')).toBeTruthy()
    service.instead.set(`DELETE ${CAROL}`, { status: 204 })
    submit('Delete')
    await waitFor(() => expect(location.pathname).toBe('/contacts'))
    const last = service.requests.filter(({ method }) => method === 'DELETE').at(-1)
    expect(last?.ifMatch).toBe('"9"')
  })
})
