import { describe, expect, it } from '@jest/globals'
import { aMail } from '../support/mail.ts'
import { fill } from '../support/rounds.ts'
import { ADA, BOB, startWorld, type World } from '../support/world.ts'

/** What listeners heard: kind of change and the folder's name. */
const heard = ({ changes, mailboxes }: World) =>
  changes.map(
    ({ userId, changeType, folderId }) =>
      `${changeType} ${mailboxes.findFolder(userId, folderId)?.displayName}`,
  )

describe('what listeners hear (graph-contract 10 "Event emission")', () => {
  it('hears of a delivery, with both ids, when the mail is already there', async () => {
    const world = startWorld()
    const found: unknown[] = []
    world.mailboxes.onChange(({ userId, defaultId }) =>
      found.push(world.mailboxes.findMessage(userId, defaultId, 'immutable')?.id),
    )
    const mail = await world.mailboxes.deliver(ADA, { mime: aMail() })
    expect(world.changes).toEqual([
      expect.objectContaining({
        changeType: 'created',
        ...mail,
        after: expect.objectContaining({ subject: 'Hello' }),
      }),
    ])
    expect(found).toEqual([mail.immutableId])
  })

  it('hears of trailing updates that nobody asked for (graph-contract 9 #12)', async () => {
    const world = startWorld({ trailingUpdates: 2 })
    await world.mailboxes.deliver(ADA, { mime: aMail() })
    await world.clock.advance(10_000)
    expect(heard(world)).toEqual(['created Inbox', 'updated Inbox', 'updated Inbox'])
    expect(new Set(world.changes.map(({ etag }) => etag)).size).toBe(3)
  })

  it('hears of every change, one that changes nothing included, with the state before and after', async () => {
    const world = startWorld()
    const [mail] = await fill(world, 1)
    await world.patch(`/me/messages/${mail!.defaultId}`, { isRead: true })
    await world.patch(`/me/messages/${mail!.defaultId}`, { isRead: true })
    const [, flip, same] = world.changes
    expect([flip?.before?.isRead, flip?.after?.isRead]).toEqual([false, true])
    expect(same).toMatchObject({
      changeType: 'updated',
      before: { isRead: true },
      after: { isRead: true },
    })
    expect(same?.etag).not.toBe(flip?.etag)
  })

  it('keeps before and after as they were, however late a listener looks', async () => {
    const world = startWorld()
    const [mail] = await fill(world, 1)
    world.mailboxes.patch(ADA, mail!.defaultId, { categories: ['Red'] })
    world.mailboxes.patch(ADA, mail!.defaultId, { categories: ['Blue'] })
    expect(world.changes[1]?.after?.categories).toEqual(['Red'])
  })

  it('hears of a move as deleted under the old id and created under the new one', async () => {
    const world = startWorld()
    const [mail] = await fill(world, 1)
    const moved = world.mailboxes.move(ADA, mail!.defaultId, 'archive')
    expect(heard(world).slice(1)).toEqual(['deleted Inbox', 'created Archive'])
    expect(world.changes[1]).toMatchObject({
      defaultId: mail!.defaultId,
      immutableId: mail!.immutableId,
    })
    expect(world.changes[2]).toMatchObject({
      defaultId: moved.defaultId,
      immutableId: mail!.immutableId,
    })
  })

  it('hears of a deletion, and of a restore as created (graph-contract 9 #15)', async () => {
    const world = startWorld()
    const mail = await world.mailboxes.deliver(ADA, { mime: aMail(), folder: 'archive' })
    await world.call('DELETE', `/me/messages/${mail.defaultId}`)
    const binned = world.changes.at(-1)!
    const restored = world.mailboxes.restore(ADA, binned.defaultId)
    await world.call('DELETE', `/me/messages/${restored.defaultId}`)
    await world.call('DELETE', `/me/messages/${world.changes.at(-1)!.defaultId}`)
    expect(heard(world)).toEqual([
      'created Archive',
      ...['deleted Archive', 'created Deleted Items'],
      ...['deleted Deleted Items', 'created Archive'],
      ...['deleted Archive', 'created Deleted Items'],
      'deleted Deleted Items',
    ])
  })

  it('hears of a sent draft: saved, in the Outbox, in Sent Items, each under its own id (graph-contract 9 #13)', async () => {
    const world = startWorld()
    const draft = await world.post('/me/messages', {
      subject: 'Offer',
      toRecipients: [{ emailAddress: { address: 'x@y.test' } }],
    })
    expect(await world.post(`/me/messages/${draft.body.id}/send`)).toMatchObject({
      status: 202,
      body: undefined,
    })
    expect(heard(world)).toEqual([
      'created Drafts',
      ...['deleted Drafts', 'created Outbox'],
      ...['deleted Outbox', 'created Sent Items'],
    ])
    expect(new Set(world.changes.map(({ defaultId }) => defaultId)).size).toBe(3)
    expect(new Set(world.changes.map(({ immutableId }) => immutableId)).size).toBe(1)
  })

  it('gives sent mail a new immutable id too when the knob says so (graph-contract 9 #18)', async () => {
    const world = startWorld({ sendChangesImmutableId: true })
    const draft = await world.mailboxes.deliver(ADA, { mime: aMail(), isDraft: true })
    const sent = await world.mailboxes.sendDraft(ADA, draft.defaultId)
    expect(sent.immutableId).not.toBe(draft.immutableId)
    const { internetMessageId } = world.mailboxes.findMessage(ADA, sent.defaultId, 'default')!
    expect(internetMessageId).toBe('<hello@customer.test>')
  })

  it('lets mail rest in the Outbox, and answers meanwhile', async () => {
    const world = startWorld({ sendDelayMs: 5_000 })
    const draft = await world.mailboxes.deliver(ADA, {
      mime: aMail({ to: 'bob@flow.test' }),
      isDraft: true,
    })
    expect(await world.post(`/me/messages/${draft.defaultId}/send`)).toMatchObject({ status: 202 })
    expect(world.mailboxes.folder(ADA, 'outbox').items.size).toBe(1)
    await world.clock.advance(5_000)
    expect(world.mailboxes.folder(ADA, 'sentitems').items.size).toBe(1)
    expect(world.mailboxes.folder(BOB, 'inbox').items.size).toBe(1)
  })

  it('marks all changes of a bulk move as one (graph-contract 9 #9)', async () => {
    const world = startWorld()
    const mails = await fill(world, 3)
    world.mailboxes.bulkMove(
      ADA,
      mails.map(({ defaultId }) => defaultId),
      'archive',
    )
    const bulk = world.changes.slice(3)
    expect(bulk).toHaveLength(6)
    expect(new Set(bulk.map(({ bulkId }) => bulkId)).size).toBe(1)
    expect(bulk.every(({ bulkSize }) => bulkSize === 3)).toBe(true)
  })

  it('hears of each mail of a folder that is deleted', async () => {
    const world = startWorld()
    const folder = world.mailboxes.addFolder(ADA, 'inbox', 'Old')
    await world.mailboxes.deliver(ADA, { mime: aMail(), folder: folder.id })
    await world.call('DELETE', `/me/mailFolders/${folder.id}`)
    expect(world.changes.map(({ changeType }) => changeType)).toEqual(['created', 'deleted'])
    expect(await world.get(`/me/mailFolders/${folder.id}`)).toMatchObject({ status: 404 })
  })
})
