/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { Merge, Suggestion } from '../../../models/wire/contacts/upkeep.ts'
import { CAROL, changesIn, give, withCarol } from '../support/carol.ts'
import { aProblem, type FakeService } from '../support/fake-service.ts'
import { openConsole } from '../support/open-console.tsx'
import { aContact } from '../support/page-facts.ts'

const at = '2026-11-20T09:00:00.000Z'
const dan: Suggestion = {
  ...{ id: 's-dan', address: 'dan@customer.test', name: 'Dan', emails: 12, lastAt: at },
}
const carol = aContact()
const twin = aContact({
  ...{ id: 'c-twin', name: 'C. Jones', phone: '555 0100', version: 8 },
  addresses: [{ address: 'carol+news@customer.test', formerSince: null }],
})
const merge: Merge = {
  ...{ id: 'g-1', keptId: 'c-carol', absorbedId: 'c-twin', state: 'done', at, undoneAt: null },
}
const duplicate = {
  ...{ reason: 'same-mailbox', sentence: 'Both have an address that ends up in the same mailbox.' },
  contacts: [carol, twin],
}
const preview = (kept = carol, absorbed = twin) => ({
  becomes: { ...kept, addresses: [...kept.addresses, ...absorbed.addresses] },
  ...{ keptVersion: kept.version, absorbedVersion: absorbed.version, emailsMoving: 7 },
})

const withReview = (service: FakeService) => {
  withCarol()(service)
  give(service, '/api/v1/contacts/c-twin', twin)
  give(service, '/api/v1/suggestions', { suggestions: [dan], nextCursor: null })
  give(service, '/api/v1/duplicates', { duplicates: [duplicate] })
  give(service, '/api/v1/merges', { merges: [], nextCursor: null })
  service.instead.set('POST /api/v1/merges/preview', { status: 200, body: preview() })
}

describe('people one writes with', () => {
  it('become contacts under the name one gives, or are dismissed', async () => {
    await using page = await openConsole(withReview, '/review')
    const { service } = page
    const eve = { ...dan, id: 's-eve', address: 'eve@customer.test', name: '' }
    give(service, '/api/v1/suggestions', { suggestions: [dan, eve], nextCursor: null })
    fireEvent.click(await screen.findByRole('button', { name: 'Make dan@customer.test a contact' }))
    service.instead.set('POST /api/v1/suggestions/s-dan/accept', { status: 200, body: carol })
    fireEvent.change(screen.getByLabelText('Name of the contact'), {
      target: { value: 'Dan Jones' },
    })
    fireEvent.submit(screen.getByLabelText('New contact'))
    const said = await screen.findByText('Carol Jones is a contact now. Their mail comes to it.')
    await waitFor(() => expect(document.activeElement === said).toBe(true))
    service.instead.set('POST /api/v1/suggestions/s-eve/dismiss', { status: 204 })
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss eve@customer.test' }))
    await screen.findByText('eve@customer.test is not suggested to you again.')
    expect(changesIn(service)).toEqual([
      ['POST', '/api/v1/suggestions/s-dan/accept', { name: 'Dan Jones' }],
      ['POST', '/api/v1/suggestions/s-eve/dismiss', undefined],
    ])
  })

  it('are counted where the contacts are', async () => {
    await using _page = await openConsole(withReview, '/contacts')
    expect(await screen.findByText(/somebody you write with is no contact yet/)).toBeTruthy()
    fireEvent.click(screen.getByText('Review suggestions and duplicates'))
    await waitFor(() => expect(document.title).toBe('Review contacts · FlowCRM'))
  })
})

describe('two contacts that may be one', () => {
  const compared = async () => {
    const page = await openConsole(withReview, '/review')
    fireEvent.click(await screen.findByRole('button', { name: 'Compare Carol Jones and C. Jones' }))
    const dialog = await screen.findByRole('dialog')
    await within(dialog).findByRole('region', { name: 'Both, and what they become' })
    return Object.assign(page, { dialog })
  }

  it('are shown side by side with what they become, and merged as they were shown', async () => {
    await using page = await compared()
    const { dialog, service } = page
    const cells = [...dialog.querySelectorAll('tr')].map((row) =>
      [...row.children].map(({ textContent }) => textContent),
    )
    expect(cells).toContainEqual(['Name', 'Carol Jones', 'C. Jones', 'Carol Jones'])
    expect(dialog.textContent).toContain('7 e-mails come to the kept contact')
    service.instead.set('POST /api/v1/merges', { status: 200, body: merge })
    give(service, '/api/v1/duplicates', { duplicates: [] })
    give(service, '/api/v1/merges', { merges: [merge], nextCursor: null })
    fireEvent.click(within(dialog).getByRole('button', { name: 'Merge' }))
    await screen.findByText('No two contacts look like one person.')
    expect(document.activeElement?.textContent).toBe('Merges')
    const both = { keptId: 'c-carol', absorbedId: 'c-twin' }
    expect(changesIn(service)).toEqual([
      ['POST', '/api/v1/merges/preview', both],
      ['POST', '/api/v1/merges', { ...both, keptVersion: 3, absorbedVersion: 8 }],
    ])
  })

  it('can be merged the other way round', async () => {
    await using page = await compared()
    const { dialog, service } = page
    const body = preview(twin, carol)
    service.instead.set('POST /api/v1/merges/preview', { status: 200, body })
    fireEvent.click(within(dialog).getByText('Keep the other one'))
    await waitFor(() =>
      expect([...dialog.querySelectorAll('tr')][1]?.textContent).toBe(
        'NameC. JonesCarol JonesC. Jones',
      ),
    )
    service.instead.set('POST /api/v1/merges', { status: 200, body: merge })
    fireEvent.click(within(dialog).getByRole('button', { name: 'Merge' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(changesIn(service).at(-1)?.[2]).toEqual({
      ...{ keptId: 'c-twin', absorbedId: 'c-carol', keptVersion: 8, absorbedVersion: 3 },
    })
  })

  it('that were changed meanwhile are compared again before they are merged', async () => {
    await using page = await compared()
    const { dialog, service } = page
    service.instead.set('POST /api/v1/merges', aProblem(412, 'changed-meanwhile', 'Changed.'))
    fireEvent.click(within(dialog).getByRole('button', { name: 'Merge' }))
    await within(dialog).findByText('Changed.')
    const newer = aContact({ name: 'Carol Kent', version: 4 })
    give(service, CAROL, newer)
    service.instead.set('POST /api/v1/merges/preview', { status: 200, body: preview(newer) })
    fireEvent.click(within(dialog).getByText('Compare again'))
    await within(dialog).findAllByText('Carol Kent')
    service.instead.set('POST /api/v1/merges', { status: 200, body: merge })
    fireEvent.click(within(dialog).getByRole('button', { name: 'Merge' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(changesIn(service).at(-1)?.[2]).toMatchObject({ keptVersion: 4, absorbedVersion: 8 })
  })

  it('are never merged while they could not be compared', async () => {
    await using page = await openConsole((service) => {
      withReview(service)
      const refused = aProblem(503, 'store-unavailable', 'Rests.')
      service.instead.set('POST /api/v1/merges/preview', refused)
    }, '/review')
    fireEvent.click(await screen.findByText('Compare and merge'))
    const dialog = await screen.findByRole('dialog')
    await within(dialog).findByText('Rests.')
    fireEvent.click(within(dialog).getByRole('button', { name: 'Merge' }))
    expect(changesIn(page.service).map(([, path]) => path)).toEqual(['/api/v1/merges/preview'])
  })
})

describe('a merge', () => {
  it('is undone, or says what stands in the way', async () => {
    await using page = await openConsole((service) => {
      withReview(service)
      give(service, '/api/v1/merges', { merges: [merge], nextCursor: null })
      const words = 'An address of the contact that was merged belongs to another contact now.'
      service.instead.set('POST /api/v1/merges/g-1/undo', aProblem(409, 'taken', words))
    }, '/review')
    const { service } = page
    const name = 'Undo the merge of C. Jones into Carol Jones'
    fireEvent.click(await screen.findByRole('button', { name }))
    await screen.findByText(/belongs to another contact now/)
    const undone = { ...merge, state: 'undone', undoneAt: at }
    service.instead.set('POST /api/v1/merges/g-1/undo', { status: 200, body: undone })
    give(service, '/api/v1/merges', { merges: [undone], nextCursor: null })
    fireEvent.click(screen.getByRole('button', { name }))
    expect(await screen.findByText('Undone')).toBeTruthy()
  })

  it('of a contact that is gone is still told', async () => {
    await using _page = await openConsole((service) => {
      withReview(service)
      service.instead.set('GET /api/v1/contacts/c-twin', aProblem(404, 'not-found', 'Gone.'))
      give(service, '/api/v1/merges', { merges: [merge], nextCursor: null })
    }, '/review')
    expect(await screen.findByText('A contact that is gone')).toBeTruthy()
  })
})

describe('a contact that somebody knows to be another one as well', () => {
  const dialog = () => screen.findByRole('dialog')
  const chosen = async () => {
    const page = await openConsole((service) => {
      withReview(service)
      give(service, '/api/v1/contacts', { contacts: [carol, twin], nextCursor: null })
    }, '/contacts/c-carol')
    fireEvent.click(await screen.findByText('Merge with another contact…'))
    const choosing = within(await dialog())
    fireEvent.click(choosing.getByText('Compare'))
    expect(choosing.getByText('Find the other contact and choose it.')).toBeTruthy()
    fireEvent.change(choosing.getByRole('searchbox'), { target: { value: 'jones' } })
    const radios = await choosing.findAllByRole('radio')
    expect(radios.map((radio) => radio.getAttribute('value'))).toEqual(['c-twin']) // not itself
    fireEvent.click(radios[0]!)
    fireEvent.click(choosing.getByText('Compare'))
    await screen.findByRole('region', { name: 'Both, and what they become' })
    page.service.instead.set('POST /api/v1/merges', { status: 200, body: merge })
    page.service.requests.length = 0
    return page
  }
  const mergeThem = async () =>
    fireEvent.click(within(await dialog()).getByRole('button', { name: 'Merge' }))

  it('is merged with it, and has its mail then', async () => {
    await using page = await chosen()
    const { becomes } = preview()
    give(page.service, CAROL, { ...becomes, version: 4 })
    give(page.service, '/api/v1/contacts/c-twin', { ...twin, mergedInto: 'c-carol' })
    await mergeThem()
    await waitFor(() =>
      expect(screen.getByRole('status').textContent).toMatch(/^Merged. It can be/),
    )
    expect(screen.getByText('carol+news@customer.test')).toBeTruthy()
    const both = { keptId: 'c-carol', absorbedId: 'c-twin', keptVersion: 3, absorbedVersion: 8 }
    expect(changesIn(page.service)).toEqual([['POST', '/api/v1/merges', both]])
    await waitFor(() =>
      expect(page.service.requests.map(({ path }) => path)).toContain(`${CAROL}/emails`),
    )
    expect(location.pathname).toBe('/contacts/c-carol')
  })

  it('leaves its page for the other one, where that was kept', async () => {
    await using page = await chosen()
    fireEvent.click(screen.getByText('Keep the other one'))
    give(page.service, CAROL, { ...carol, mergedInto: 'c-twin' })
    give(page.service, '/api/v1/contacts/c-twin/emails', {
      ...{ emails: [], nextCursor: null, total: 0 },
    })
    give(page.service, '/api/v1/contacts/c-twin/stage', {
      ...{ contactId: 'c-twin', stage: null, history: [], version: 1 },
    })
    await screen.findByRole('region', { name: 'Both, and what they become' })
    await mergeThem()
    await waitFor(() => expect(location.pathname).toBe('/contacts/c-twin'))
    await waitFor(() => expect(document.title).toBe('C. Jones · FlowCRM'))
  })

  it('says when they were not merged after all', async () => {
    await using page = await chosen()
    await mergeThem()
    await waitFor(() => expect(screen.getByRole('status').textContent).toMatch(/^Not merged/))
    fireEvent.click(screen.getByText('Merge with another contact…'))
    fireEvent.click(within(await dialog()).getByText('Cancel'))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(changesIn(page.service)).toHaveLength(1)
  })
})
