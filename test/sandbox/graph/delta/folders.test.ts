import { describe, expect, it } from '@jest/globals'
import { fill, round } from '../support/rounds.ts'
import { ADA, startWorld } from '../support/world.ts'

const FOLDERS = '/me/mailFolders/delta'

describe('delta of folders (graph-contract 3.4)', () => {
  it('shows the whole tree, without hidden folders unless they are asked for', async () => {
    const world = startWorld()
    const inner = world.mailboxes.addFolder(ADA, 'inbox', 'Customers')
    const deep = world.mailboxes.addFolder(ADA, inner.id, 'Acme')
    const { lines } = await round(world, FOLDERS)
    expect(lines).toContainEqual(expect.objectContaining({ id: deep.id, parentFolderId: inner.id }))
    expect(lines.map(({ displayName }) => displayName)).not.toContain('Sync Issues')
    const all = await round(world, `${FOLDERS}?includeHiddenFolders=true`)
    expect(all.lines.map(({ displayName }) => displayName)).toContain('Sync Issues')
  })

  it('tells of a folder that is new, renamed, moved or gone, and never of mail', async () => {
    const world = startWorld()
    const old = world.mailboxes.addFolder(ADA, 'inbox', 'Old')
    const first = await round(world, FOLDERS)
    await fill(world, 2)
    expect((await round(world, first.deltaLink)).lines).toEqual([])
    const fresh = world.mailboxes.addFolder(ADA, 'inbox', 'Fresh')
    await world.patch(`/me/mailFolders/${fresh.id}`, { displayName: 'Fresher' })
    await world.post(`/me/mailFolders/${fresh.id}/move`, { destinationId: 'archive' })
    await world.call('DELETE', `/me/mailFolders/${old.id}`)
    const archive = world.mailboxes.findFolder(ADA, 'archive')!.id
    expect((await round(world, first.deltaLink)).lines).toMatchObject([
      {
        '@odata.type': '#microsoft.graph.mailFolder',
        id: fresh.id,
        displayName: 'Fresher',
        parentFolderId: archive,
      },
      { id: old.id, '@removed': { reason: 'deleted' } },
    ])
  })

  it('keeps $select and pages', async () => {
    const world = startWorld()
    const { replies, lines } = await round(world, `${FOLDERS}?$select=displayName`, 3)
    expect(replies.length).toBeGreaterThan(2)
    expect(Object.keys(lines[0]!).sort()).toEqual(['@odata.type', 'displayName', 'id'])
  })

  it('forgets its tokens like any delta', async () => {
    const world = startWorld()
    const { deltaLink } = await round(world, FOLDERS)
    world.states.killDeltaTokens(ADA, 'mailFolders')
    expect(await world.get(deltaLink)).toMatchObject({
      status: 410,
      body: { error: { code: 'SyncStateNotFound' } },
    })
    expect(await world.get(`${FOLDERS}?$filter=displayName eq 'x'`)).toMatchObject({ status: 400 })
  })
})
