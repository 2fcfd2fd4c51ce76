import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { DAY } from '../../../webhook/duration.ts'
import { mailboxModel } from '../../../models/mailbox.ts'
import { folderModel, NEVER } from '../../../models/folder.ts'
import {
  ALICE,
  aFolderToWatch,
  aNewMailbox,
  aPage,
  BOB,
  NOW,
  WORKSPACE,
} from '../../support/builders.ts'
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
    const mailbox = await stores.mailboxes.connect(aNewMailbox())
    const { _id } = mailbox
    await stores.mailboxes.refused(mailbox, { action: 'reconnect', code: '50173' }, NOW)
    expect(await stores.mailboxes.find(_id)).toMatchObject({
      status: 'reconnect-needed',
      trouble: { action: 'reconnect', code: '50173', since: NOW },
      recheckAt: null,
    })
    await stores.mailboxes.connect(aNewMailbox({ authMode: 'app', homeAccountId: null }))
    expect(await stores.mailboxes.find(_id)).toMatchObject({
      status: 'connected',
      trouble: null,
      authMode: 'app',
      homeAccountId: null,
    })
  })

  it('that was connected again stays so when an older refusal is told late', async () => {
    const asRead = await stores.mailboxes.connect(aNewMailbox())
    const { credentialSeq } = await stores.mailboxes.connect(aNewMailbox())
    await stores.mailboxes.refused(asRead, { action: 'reconnect', code: '50173' }, NOW)
    expect(await stores.mailboxes.find(asRead._id)).toMatchObject({
      status: 'connected',
      trouble: null,
      credentialSeq,
    })
  })

  it('that is refused again for the same reason is in trouble since the first time', async () => {
    const mailbox = await stores.mailboxes.connect(aNewMailbox())
    const refuse = async (code: string, now: Date) => {
      const asRead = (await stores.mailboxes.find(mailbox._id))!
      await stores.mailboxes.refused(asRead, { action: 'policy', code }, now)
      return stores.mailboxes.find(mailbox._id)
    }
    await refuse('53003', NOW)
    expect(await refuse('53003', LATER)).toMatchObject({
      status: 'blocked',
      trouble: { since: NOW },
      recheckAt: new Date(LATER.getTime() + DAY),
    })
    expect(await refuse('530032', LATER)).toMatchObject({ trouble: { since: LATER } })
  })

  it('that is paused twice is paused by the first', async () => {
    const { _id } = await stores.mailboxes.connect(aNewMailbox())
    await stores.mailboxes.pause(_id, { at: NOW, byName: 'Ada' })
    const paused = await stores.mailboxes.pause(_id, { at: LATER, byName: 'Bob' })
    expect(paused.paused).toEqual({ at: NOW, byName: 'Ada' })
    expect((await stores.mailboxes.pause(_id, null)).paused).toBeNull()
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
    await stores.queue.advance(lease, aPage({ backfilled: 3, isLast: true }))
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
    await stores.queue.fail(lease, { retryAt: NEVER, errorCode: 'reconnect-needed' })
    await stores.folders.dueNow('mailbox-alice', LATER)
    expect(await stores.folders.find(id)).toMatchObject({
      dueAt: LATER,
      attempts: 0,
      lastErrorCode: null,
      dirtySeq: 2,
    })
    expect(await stores.folders.find(other)).toMatchObject({ dirtySeq: 1 })
  })

  it('that the mailbox deleted says since when, until it is there again', async () => {
    const id = await watch()
    await stores.folders.deleted(id, LATER)
    expect((await stores.folders.find(id))?.deletedAt).toEqual(LATER)
    await stores.folders.deleted(id, null)
    expect((await stores.folders.find(id))?.deletedAt).toBeNull()
  })

  it('is known by the name the provider has for it, while it is watched', async () => {
    const id = await watch()
    const left = await stores.folders.watch(aFolderToWatch({ providerFolderId: 'left' }), NOW)
    await stores.folders.unwatch(left)
    const watched = await stores.folders.watchedByProviderId('mailbox-alice')
    expect([...watched].map(([name, folder]) => [name, folder._id])).toEqual([['inbox-id', id]])
  })
})
