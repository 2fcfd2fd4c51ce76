import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { mailboxModel } from '../../../models/mailbox.ts'
import { folderModel } from '../../../models/folder.ts'
import { ALICE, aFolderToWatch, aNewMailbox, BOB, NOW, WORKSPACE } from '../../support/builders.ts'
import { openStores, type OpenStores } from './open-stores.ts'

let stores: OpenStores
beforeAll(async () => {
  stores = await openStores()
})
afterAll(() => stores[Symbol.asyncDispose]())
beforeEach(() => stores.clear())

const LATER = new Date(NOW.getTime() + 60_000)

describe('a mailbox', () => {
  it('that is connected twice is one mailbox', async () => {
    const first = await stores.mailboxes.connect(aNewMailbox())
    const again = await stores.mailboxes.connect(aNewMailbox())
    expect(again._id).toBe(first._id)
    expect(await mailboxModel(stores.db).countDocuments()).toBe(1)
  })

  it('that fifty connect at once is one mailbox', async () => {
    const connecting = Array.from({ length: 50 }, () => stores.mailboxes.connect(aNewMailbox()))
    const ids = (await Promise.all(connecting)).map(({ _id }) => _id)
    expect(new Set(ids).size).toBe(1)
    expect(await mailboxModel(stores.db).countDocuments()).toBe(1)
  })

  it('that was refused is good again, with the new credential, after a reconnect', async () => {
    const { _id } = await stores.mailboxes.connect(aNewMailbox())
    await stores.mailboxes.needsReconnect(_id, 'reconnect-needed')
    expect(await stores.mailboxes.find(_id)).toMatchObject({
      status: 'reconnect-needed',
      lastErrorCode: 'reconnect-needed',
    })
    await stores.mailboxes.connect(aNewMailbox({ authMode: 'app', homeAccountId: null }))
    expect(await stores.mailboxes.find(_id)).toMatchObject({
      status: 'connected',
      lastErrorCode: null,
      authMode: 'app',
      homeAccountId: null,
    })
  })

  it('is listed for its owner, and for all of its workspace, by address', async () => {
    const sales = { providerUserId: 'sales', address: 'sales@flow.example' }
    await stores.mailboxes.connect(aNewMailbox(sales))
    await stores.mailboxes.connect(aNewMailbox())
    const bobs = { providerUserId: BOB, ownerUserId: BOB, address: 'bob@flow.example' }
    await stores.mailboxes.connect(aNewMailbox(bobs))
    await stores.mailboxes.connect(aNewMailbox({ ...bobs, workspaceId: 'other' }))
    const addresses = (found: { address: string }[]) => found.map(({ address }) => address)
    expect(addresses(await stores.mailboxes.ownedBy(WORKSPACE, ALICE))).toEqual([
      'alice@flow.example',
      'sales@flow.example',
    ])
    expect(addresses(await stores.mailboxes.inWorkspace(WORKSPACE))).toEqual([
      'alice@flow.example',
      'bob@flow.example',
      'sales@flow.example',
    ])
  })
})

describe('a folder', () => {
  const watch = (now = NOW) => stores.folders.watch(aFolderToWatch(), now)

  it('that is watched is due at once', async () => {
    const id = await watch()
    expect(await stores.folders.find(id)).toMatchObject({
      watched: true,
      cursor: null,
      dueAt: NOW,
      dirtySeq: 1,
      doneSeq: 0,
      backfill: { done: 0, total: 3, finishedAt: null },
    })
  })

  it('that is watched again while it is watched stays as it is', async () => {
    const id = await watch()
    const before = await stores.folders.find(id)
    expect(await watch(LATER)).toBe(id)
    expect(await stores.folders.find(id)).toEqual(before)
  })

  it('that fifty watch at once is one folder', async () => {
    await Promise.all(Array.from({ length: 50 }, () => watch()))
    expect(await folderModel(stores.db).countDocuments()).toBe(1)
  })

  it('that is watched anew goes on from its cursor, under its new name, at once', async () => {
    const id = await watch(stores.clock.now())
    const { lease } = (await stores.queue.claim())!
    await stores.queue.advance(lease, { cursor: 'page 2', backfilled: 3, isLast: true })
    await stores.queue.finish(lease, new Date('9999-01-01'))
    await stores.folders.unwatch(id)
    expect(await stores.folders.find(id)).toMatchObject({ watched: false, cursor: 'page 2' })
    expect(await stores.folders.watchedOf('mailbox-alice')).toEqual([])
    await stores.folders.watch(aFolderToWatch({ displayName: 'Posteingang' }), LATER)
    expect(await stores.folders.find(id)).toMatchObject({
      watched: true,
      cursor: 'page 2',
      displayName: 'Posteingang',
      dueAt: LATER,
      dirtySeq: 2,
    })
  })

  it('is due at once after a reconnect, its failures forgotten', async () => {
    const id = await watch(stores.clock.now())
    const other = await stores.folders.watch(aFolderToWatch({ mailboxId: 'bob' }), LATER)
    const { lease } = (await stores.queue.claim())!
    await stores.queue.fail(lease, new Date('9999-01-01'), 'reconnect-needed')
    await stores.folders.dueNow('mailbox-alice', LATER)
    expect(await stores.folders.find(id)).toMatchObject({
      dueAt: LATER,
      attempts: 0,
      lastErrorCode: null,
      dirtySeq: 2,
    })
    expect(await stores.folders.find(other)).toMatchObject({ dirtySeq: 1 })
  })

  it('keeps its proof', async () => {
    const id = await watch()
    const proof = { at: LATER, equal: false, missing: 2, surplus: 1 }
    await stores.folders.saveProof(id, proof)
    expect((await stores.folders.find(id))?.proof).toEqual(proof)
  })
})
