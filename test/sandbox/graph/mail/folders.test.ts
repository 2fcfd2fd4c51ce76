import { describe, expect, it } from '@jest/globals'
import { aMail } from '../support/mail.ts'
import { fill } from '../support/rounds.ts'
import { ADA, startWorld, type Reply } from '../support/world.ts'

const names = ({ body }: Reply) => body.value.map(({ displayName }) => displayName)

describe('folders (graph-contract 3.4)', () => {
  it('lists the top of the tree alone, hidden folders only on request', async () => {
    const world = startWorld()
    const inner = world.mailboxes.addFolder(ADA, 'inbox', 'Customers')
    const top = names(await world.get('/me/mailFolders'))
    expect(top).toContain('Inbox')
    expect(top).not.toContain('Customers')
    expect(top).not.toContain('Sync Issues')
    const all = await world.get('/me/mailFolders?includeHiddenFolders=true&$top=100')
    expect(all.body.value.find(({ displayName }) => displayName === 'Sync Issues')).toMatchObject({
      isHidden: true,
    })
    const children = await world.get("/me/mailFolders('inbox')/childFolders")
    expect(children.body.value).toMatchObject([
      { id: inner.id, parentFolderId: world.mailboxes.folder(ADA, 'inbox').id },
    ])
  })

  it.each([
    'archive',
    'clutter',
    'conflicts',
    'conversationhistory',
    'deleteditems',
    'drafts',
    'inbox',
    'junkemail',
    'localfailures',
    'msgfolderroot',
    'outbox',
    'recoverableitemsdeletions',
    'scheduled',
    'searchfolders',
    'sentitems',
    'serverfailures',
    'syncissues',
  ])('knows %s by name in any case, and by id', async (name) => {
    const world = startWorld()
    const byName = await world.get(`/me/mailFolders/${name.toUpperCase()}`)
    expect(byName.status).toBe(200)
    expect((await world.get(`/me/mailFolders/${byName.body.id}`)).body).toEqual(byName.body)
  })

  it('counts what is in it, read and unread, and its folders', async () => {
    const world = startWorld()
    const counts = async (folder: string) => {
      const { totalItemCount, unreadItemCount, childFolderCount } = (
        await world.get(`/me/mailFolders/${folder}`)
      ).body
      return [totalItemCount, unreadItemCount, childFolderCount]
    }
    const [first, second] = await fill(world, 3)
    world.mailboxes.addFolder(ADA, 'inbox', 'Customers')
    expect(await counts('inbox')).toEqual([3, 3, 1])
    world.mailboxes.patch(ADA, first!.defaultId, { isRead: true })
    world.mailboxes.patch(ADA, first!.defaultId, { isRead: true })
    world.mailboxes.move(ADA, second!.defaultId, 'archive')
    expect(await counts('inbox')).toEqual([2, 1, 1])
    expect(await counts('archive')).toEqual([1, 1, 0])
  })

  it('keeps its id through a new name and a new place, and mail ids with it', async () => {
    const world = startWorld()
    const made = await world.post('/me/mailFolders', { displayName: 'Customers' })
    expect(made.status).toBe(201)
    const id = made.body.id!
    const mail = await world.mailboxes.deliver(ADA, { folder: id, mime: aMail() })
    expect(await world.patch(`/me/mailFolders/${id}`, { displayName: 'Clients' })).toMatchObject({
      status: 200,
      body: { id },
    })
    expect(
      await world.post(`/me/mailFolders/${id}/move`, { destinationId: 'archive' }),
    ).toMatchObject({ status: 201, body: { id } })
    expect(names(await world.get('/me/mailFolders/archive/childFolders'))).toEqual(['Clients'])
    expect(await world.get(`/me/messages/${mail.defaultId}`)).toMatchObject({ status: 200 })
  })

  it('goes away with all that is below it', async () => {
    const world = startWorld()
    const outer = world.mailboxes.addFolder(ADA, 'inbox', 'Outer')
    const inner = world.mailboxes.addFolder(ADA, outer.id, 'Inner')
    const mail = await world.mailboxes.deliver(ADA, { folder: inner.id, mime: aMail() })
    expect(await world.call('DELETE', `/me/mailFolders/${outer.id}`)).toMatchObject({ status: 204 })
    for (const url of [`/me/mailFolders/${inner.id}`, `/me/messages/${mail.defaultId}`]) {
      expect(await world.get(url)).toMatchObject({
        status: 404,
        body: { error: { code: 'ErrorItemNotFound' } },
      })
    }
  })

  it('refuses two of one name, a place below itself, and changes to well-known folders', async () => {
    const world = startWorld()
    const outer = world.mailboxes.addFolder(ADA, 'inbox', 'Outer')
    const inner = world.mailboxes.addFolder(ADA, outer.id, 'Inner')
    expect(
      await world.post('/me/mailFolders/inbox/childFolders', { displayName: 'outer' }),
    ).toMatchObject({
      status: 409,
      body: { error: { code: 'ErrorFolderExists' } },
    })
    expect(
      await world.post(`/me/mailFolders/${outer.id}/move`, { destinationId: inner.id }),
    ).toMatchObject({ status: 400 })
    expect(await world.patch('/me/mailFolders/inbox', { displayName: 'x' })).toMatchObject({
      status: 403,
    })
    expect(await world.call('DELETE', '/me/mailFolders/inbox')).toMatchObject({ status: 403 })
  })

  it('pages, selects, and finds by name', async () => {
    const world = startWorld()
    const first = await world.get('/me/mailFolders?$top=3&$select=displayName&$count=true')
    expect(first.body.value.map((line) => Object.keys(line).sort())[0]).toEqual([
      'displayName',
      'id',
    ])
    expect(first.body['@odata.count']).toBeGreaterThan(3)
    expect(names(await world.get(first.body['@odata.nextLink']!))).not.toContain(names(first)[0])
    expect(names(await world.get("/me/mailFolders?$filter=displayName eq 'inbox'"))).toEqual([
      'Inbox',
    ])
    expect(await world.get('/me/mailFolders?$filter=totalItemCount gt 1')).toMatchObject({
      status: 400,
    })
    expect(await world.get('/me/mailFolders?$expand=childFolders')).toMatchObject({ status: 400 })
  })
})
