import { describe, expect, it } from '@jest/globals'
import { fill, INBOX, round } from '../support/rounds.ts'
import { ADA, startWorld } from '../support/world.ts'

describe('updates in delta (graph-contract 3.2, 9 #23)', () => {
  it('tells a read flip with id, isRead and parentFolderId alone, even under a long $select', async () => {
    const world = startWorld()
    const [mail] = await fill(world, 1)
    const { deltaLink } = await round(
      world,
      `${INBOX}?$select=subject,body,isRead,parentFolderId,from`,
    )
    const after = world.mailboxes.patch(ADA, mail!.defaultId, { isRead: true })
    expect((await round(world, deltaLink)).lines).toEqual([
      {
        '@odata.type': '#microsoft.graph.message',
        '@odata.etag': after.etag,
        id: mail!.defaultId,
        isRead: true,
        parentFolderId: mail!.folderId,
      },
    ])
  })

  it('tells other changes with the whole message', async () => {
    const world = startWorld()
    const [mail] = await fill(world, 1)
    const { deltaLink } = await round(world, INBOX)
    world.mailboxes.patch(ADA, mail!.defaultId, { categories: ['Red'] })
    expect((await round(world, deltaLink)).lines).toMatchObject([
      { subject: 'Mail 0', categories: ['Red'] },
    ])
  })

  it('tells all single changes sparsely when the knob says so, and none when it says none', async () => {
    const world = startWorld({ deltaSparse: 'all' })
    const [mail] = await fill(world, 1)
    const { deltaLink } = await round(world, INBOX)
    world.mailboxes.patch(ADA, mail!.defaultId, {
      categories: ['Red'],
      flag: { flagStatus: 'flagged' },
    })
    const [sparse] = (await round(world, deltaLink)).lines
    expect(sparse).toMatchObject({
      categories: ['Red'],
      flag: { flagStatus: 'flagged' },
      isRead: false,
    })
    expect(sparse).not.toHaveProperty('subject')
    world.knobs.deltaSparse = 'none'
    expect((await round(world, deltaLink)).lines).toMatchObject([{ subject: 'Mail 0' }])
  })

  it('tells a message in full when it is new to the round, whatever happened to it since', async () => {
    const world = startWorld()
    const { deltaLink } = await round(world, INBOX)
    const [mail] = await fill(world, 1)
    world.mailboxes.patch(ADA, mail!.defaultId, { isRead: true })
    expect((await round(world, deltaLink)).lines).toMatchObject([
      { subject: 'Mail 0', isRead: true },
    ])
  })

  it('tells of two changes once, with the state of now', async () => {
    const world = startWorld()
    const [mail] = await fill(world, 1)
    const { deltaLink } = await round(world, INBOX)
    world.mailboxes.patch(ADA, mail!.defaultId, { isRead: true })
    world.mailboxes.patch(ADA, mail!.defaultId, { isRead: false })
    expect((await round(world, deltaLink)).lines).toMatchObject([
      { id: mail!.defaultId, isRead: false },
    ])
  })

  it('tells every round-trip of a mail under default ids: the old id gone, a new one here', async () => {
    const world = startWorld()
    const [mail] = await fill(world, 1)
    const { deltaLink } = await round(world, INBOX)
    const away = world.mailboxes.move(ADA, mail!.defaultId, 'archive')
    const back = world.mailboxes.move(ADA, away.defaultId, 'inbox')
    expect((await round(world, deltaLink)).lines).toMatchObject([
      { id: mail!.defaultId, '@removed': { reason: 'deleted' } },
      { id: back.defaultId, subject: 'Mail 0' },
    ])
  })
})
