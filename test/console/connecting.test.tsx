/** @jest-environment ./test/ui/support/page-environment.ts */
import { describe, expect, it } from '@jest/globals'
import { screen, waitFor, within } from '@testing-library/react'
import { aMailbox, aSession, aTree } from './support/fixtures.ts'
import { aProblem, type FakeService } from './support/fake-service.ts'
import { openConsole } from './support/open-console.tsx'

const asAdmin = (service: FakeService) => (service.session = aSession({ roles: ['admin'] }))
const openShared = async (page: Awaited<ReturnType<typeof openConsole>>, address: string) => {
  await page.user.click(await screen.findByRole('button', { name: 'Connect a shared mailbox' }))
  await page.user.type(await screen.findByRole('textbox', { name: /Address/ }), address)
  await page.user.click(screen.getByRole('button', { name: 'Connect' }))
}

describe('connecting a mailbox', () => {
  it('offers a member the own mailbox, and says what is read', async () => {
    await using _page = await openConsole((service) => (service.session = aSession()))
    const link = await screen.findByRole('link', { name: 'Connect my mailbox' })
    expect(link.getAttribute('href')).toBe('/auth/connect')
    expect(screen.getByText(/permission Mail\.Read\./)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Connect a shared mailbox' })).toBeNull()
  })

  it('connects a shared mailbox for an admin and goes on to its folders', async () => {
    await using page = await openConsole(asAdmin)
    await openShared(page, ' sales@contoso.test ')
    expect(
      await screen.findByRole('dialog', { name: /Choose folders of sales@contoso.test/ }),
    ).toBeTruthy()
    const sent = page.service.requests.find(({ method }) => method === 'POST')
    expect(sent).toMatchObject({ csrf: 'csrf-of-alice', body: { address: 'sales@contoso.test' } })
  })

  it('asks for a whole address before it asks the service', async () => {
    await using page = await openConsole(asAdmin)
    await openShared(page, 'sales')
    expect(await screen.findByText(/Write a whole address/)).toBeTruthy()
    expect(page.service.requests.some(({ method }) => method === 'POST')).toBe(false)
  })

  it('connects as many as are pasted, and watches the usual folders of each', async () => {
    await using page = await openConsole((service) => {
      asAdmin(service)
      service.folders = aTree
    }, '/mailboxes')
    await openShared(page, 'sales@contoso.test, help@contoso.test')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await screen.findByRole('heading', { name: 'help@contoso.test' })
    const sent = page.service.requests.filter(({ method }) => method !== 'GET')
    const watched = { watched: ['f-inbox', 'f-sent'] }
    expect(sent.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['POST', '/api/v1/mailboxes', { address: 'sales@contoso.test' }],
      ['PUT', '/api/v1/mailboxes/m-sales%40contoso.test/folders', watched],
      ['POST', '/api/v1/mailboxes', { address: 'help@contoso.test' }],
      ['PUT', '/api/v1/mailboxes/m-help%40contoso.test/folders', watched],
    ])
  })

  it('connects the others when some are refused, and says of each why', async () => {
    await using page = await openConsole(asAdmin, '/mailboxes')
    page.service.onRequest = ({ method, body }) => {
      const isFirst = (body as { address?: string } | undefined)?.address === 'a@contoso.test'
      if (method !== 'POST') return
      const refuse = aProblem(isFirst ? 403 : 400, 'refused', isFirst ? 'Not allowed.' : 'No such.')
      page.service.instead.set('POST /api/v1/mailboxes', refuse)
    }
    await openShared(page, 'a@contoso.test b@contoso.test')
    const list = await screen.findByRole('list', { name: '2 mailboxes were not connected' })
    expect([...list.children].map(({ textContent }) => textContent)).toEqual([
      'a@contoso.test: Not allowed.',
      'b@contoso.test: No such.',
    ])
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: /Address/ }).value).toBe(
      'a@contoso.test\nb@contoso.test',
    )
    expect(screen.getByRole('link', { name: 'Grant admin consent' })).toBeTruthy()
  })

  it('names what is no address among several, and asks for none of them', async () => {
    await using page = await openConsole(asAdmin)
    await openShared(page, 'sales@contoso.test, help')
    expect(await screen.findByText(/^“help” is none. Write a whole address/)).toBeTruthy()
    expect(page.service.requests.some(({ method }) => method === 'POST')).toBe(false)
  })

  it.each([
    [403, 'forbidden', true],
    [409, 'admin-consent-needed', true],
    [400, 'invalid-request', false],
    [503, 'provider-unavailable', false],
  ])('after %i %s a link to admin consent is there: %s', async (status, code, isThere) => {
    await using page = await openConsole(asAdmin)
    page.service.instead.set('POST /api/v1/mailboxes', aProblem(status, code, 'Microsoft says no.'))
    await openShared(page, 'sales@contoso.test')
    expect((await screen.findByRole('alert')).textContent).toContain('Microsoft says no.')
    const link = screen.queryByRole('link', { name: 'Grant admin consent' })
    expect(link?.getAttribute('href')).toBe(isThere ? '/auth/admin-consent' : undefined)
  })

  it.each([
    ['granted', 'Admin consent is given'],
    ['refused', 'Admin consent was not given'],
  ])('says once that consent was %s', async (result, words) => {
    await using _page = await openConsole(asAdmin, `/?adminConsent=${result}`)
    expect(await screen.findByText(words)).toBeTruthy()
    await waitFor(() => expect(location.search).toBe('')) // after the words are shown
  })
})

describe('choosing folders', () => {
  const nothingWatched = (service: FakeService) => {
    service.session = aSession()
    service.mailboxes = [aMailbox({ folders: [] })]
  }

  it('opens by itself after connecting, with Inbox and Sent Items ticked', async () => {
    await using _page = await openConsole(nothingWatched, '/?connected=m-alice')
    await screen.findByRole('button', { name: 'Watch 2 folders' })
    const ticked = screen.getAllByRole('checkbox', { checked: true })
    expect(ticked.map((box) => box.closest('li')?.textContent)).toEqual([
      expect.stringContaining('Inbox'),
      expect.stringContaining('Sent Items'),
    ])
    await waitFor(() => expect(location.search).toBe('')) // after the words are shown
  })

  it('stays closed when the mailbox already watches folders', async () => {
    const watching = (service: FakeService) => {
      nothingWatched(service)
      service.mailboxes = [aMailbox()]
    }
    await using _page = await openConsole(watching, '/?connected=m-alice')
    await screen.findByRole('list', { name: 'Folders of alice@contoso.test' })
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('watches exactly what is ticked and shows how far the reading is', async () => {
    await using page = await openConsole(nothingWatched, '/?connected=m-alice')
    await page.user.click(await screen.findByRole('checkbox', { name: 'Harbour bridge' }))
    await page.user.click(screen.getByRole('checkbox', { name: 'Sent Items' }))
    await page.user.click(screen.getByRole('button', { name: 'Watch 2 folders' }))
    const folders = await screen.findByRole('list', { name: 'Folders of alice@contoso.test' })
    const bar = within(folders).getByRole('progressbar', { name: 'Reading Harbour bridge' })
    expect(bar.getAttribute('aria-valuemax')).toBe('88')
    expect(within(folders).getByText('0 of 1,204 read')).toBeTruthy()
    const sent = page.service.requests.find(({ method }) => method === 'PUT')
    expect(sent).toMatchObject({
      path: '/api/v1/mailboxes/m-alice/folders',
      csrf: 'csrf-of-alice',
      body: { watched: ['f-inbox', 'f-harbour'] },
    })
  })

  it('does not offer to watch nothing', async () => {
    await using page = await openConsole(nothingWatched, '/?connected=m-alice')
    await page.user.click(await screen.findByRole('checkbox', { name: 'Inbox' }))
    await page.user.click(screen.getByRole('checkbox', { name: 'Sent Items' }))
    const button = screen.getByRole('button', { name: 'Watch 0 folders' })
    expect(button.getAttribute('aria-disabled')).toBe('true')
    await page.user.click(button)
    expect(page.service.requests.some(({ method }) => method === 'PUT')).toBe(false)
  })

  it('keeps the choice when saving fails, and saves it on the second try', async () => {
    await using page = await openConsole(nothingWatched, '/?connected=m-alice')
    const path = 'PUT /api/v1/mailboxes/m-alice/folders'
    page.service.instead.set(path, aProblem(503, 'store-unavailable', 'The database rests.'))
    await page.user.click(await screen.findByRole('button', { name: 'Watch 2 folders' }))
    expect((await screen.findByRole('alert')).textContent).toContain('The database rests.')
    page.service.instead.clear()
    await page.user.click(screen.getByRole('button', { name: 'Try again' }))
    await screen.findByRole('list', { name: 'Folders of alice@contoso.test' })
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})
