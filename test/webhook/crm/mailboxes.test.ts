import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Mailbox as WireMailbox } from '../../../models/wire/mailbox.ts'
import { Mailboxes } from '../../../webhook/crm/mailbox-desk.ts'
import { noCrash, type CrashHook } from '../../../webhook/crash-points.ts'
import { DAY, MINUTE } from '../../../webhook/duration.ts'
import { BadRequestError, ForbiddenError, NotFoundError } from '../../../webhook/errors.ts'
import { mailboxModel } from '../../../models/mailbox.ts'
import { finishHandovers } from '../../../webhook/upkeep/finish-handovers.ts'
import { aPerson, ALICE, anEmail, aSighting, bob, WORKSPACE } from '../../support/builders.ts'
import { fill, untilTheEnd } from '../provider/graph/graphs.ts'
import { aConnectedMailbox, type ConnectedMailbox } from '../sync/a-mailbox.ts'

let box: ConnectedMailbox
let desk: Mailboxes
beforeEach(async () => {
  box = await aConnectedMailbox()
  desk = deskWith()
})
afterEach(() => box[Symbol.asyncDispose]())

const deskWith = (crash: CrashHook = noCrash) => new Mailboxes({ ...box, crash, reconcileMs: DAY })
const alice = aPerson()
const admin = aPerson({ userId: 'admin', displayName: 'Admin', roles: ['member', 'admin'] })
const connect = (person = alice) =>
  desk.connectDelegated({ ...person, address: 'Alice@Flow.example', homeAccountId: 'home-2' })
const folderId = (name: string) => box.graph.mailboxes.folder(ALICE, name).id
const choose = (...names: string[]) =>
  desk.chooseFolders(box.mailbox, names.map(folderId), untilTheEnd)
const namesOf = ({ folders }: WireMailbox) =>
  folders.map(({ displayName }) => displayName).toSorted()

describe('connecting one’s own mailbox', () => {
  it('makes it one mailbox, its address in small letters', async () => {
    const first = await connect()
    expect(first).toMatchObject({
      address: 'alice@flow.example',
      ownerUserId: ALICE,
      authMode: 'delegated',
    })
    expect((await connect())._id).toBe(first._id)
    expect(await desk.of(alice)).toHaveLength(1)
  })

  it('again, after its credential was refused, goes on at once where it stopped', async () => {
    await choose('inbox')
    await fill(box.twin, 3)
    await box.work()
    box.graph.desk.failRequests(401, 99)
    const inbox = (await box.folders.watchedOf(box.mailbox._id))[0]!
    await box.ringAndWork(inbox._id)
    const [refused] = await desk.of(alice)
    expect(refused).toMatchObject({ status: 'reconnect-needed', light: { colour: 'red' } })
    box.graph.desk.clear()
    await fill(box.twin, 5)
    await connect()
    expect((await desk.of(alice))[0]?.light).toMatchObject({
      ...{ colour: 'amber', sentence: expect.stringContaining('is being compared') },
    })
    expect(await box.work()).toBe(1)
    expect(await box.storedEmails()).toHaveLength(5)
    expect((await desk.of(alice))[0]).toMatchObject({
      status: 'connected',
      light: { colour: 'green' },
    })
  })

  it('that an admin had connected makes it one’s own, with what was seen in it', async () => {
    const asAdmin = { ...box.mailbox, authMode: 'app' as const, ownerUserId: admin.userId }
    await mailboxModel(box.db).updateOne({ _id: box.mailbox._id }, { $set: asAdmin })
    const sighting = (over: object) => aSighting({ mailboxId: box.mailbox._id, ...over })
    await box.emails.see([
      anEmail({ identity: 'a', sighting: sighting({ ownerUserId: admin.userId }) }),
      anEmail({
        identity: 'b',
        sighting: aSighting({ mailboxId: 'other', ownerUserId: admin.userId }),
      }),
    ])

    expect(await connect()).toMatchObject({ ownerUserId: ALICE, authMode: 'delegated' })
    expect(await desk.of(alice)).toHaveLength(1)
    await finishHandovers(box, untilTheEnd)
    const seenBy = (userId: string) => box.emails.count({ workspaceId: WORKSPACE, userId })
    expect([await seenBy(ALICE), await seenBy(admin.userId)]).toEqual([1, 1])

    // A pass that began before may write the old name still.
    const late = sighting({ key: 'late', ownerUserId: admin.userId })
    await box.emails.see([anEmail({ identity: 'c', sighting: late })])
    await box.clock.advance(11 * MINUTE)
    await finishHandovers(box, untilTheEnd)
    expect([await seenBy(ALICE), await seenBy(admin.userId)]).toEqual([2, 1])
    expect(await box.mailboxes.handingOver()).toEqual([])
  })

  it('again renews what the old credential had authorized', async () => {
    await choose('inbox')
    await box.work()
    expect(await box.subscriptionStore.dueForRenewal(box.clock.now(), 9)).toEqual([])
    await connect()
    expect(await box.subscriptionStore.dueForRenewal(box.clock.now(), 9)).toHaveLength(1)
  })
})

describe('connecting a shared mailbox', () => {
  it('is for admins alone', async () => {
    const refused = desk.connectShared(alice, 'bob@flow.example', untilTheEnd)
    await expect(refused).rejects.toBeInstanceOf(ForbiddenError)
    expect(box.graph.requests.count()).toBe(0)
  })

  it.each([
    [404, { code: 'invalid-request', fields: [{ path: 'address' }] }],
    [403, { code: 'admin-consent-needed' }],
    [503, { code: 'provider-unavailable' }],
  ])('that Graph answers with %i says what to do', async (status, expected) => {
    box.graph.desk.failRequests(status, 9)
    const refused = desk.connectShared(admin, 'sales@flow.example', untilTheEnd)
    await expect(refused).rejects.toMatchObject(expected)
  })
})

describe('who may manage a mailbox', () => {
  it('is its owner, and an admin of its workspace', async () => {
    const { _id } = box.mailbox
    expect((await desk.find(alice, _id))._id).toBe(_id)
    expect((await desk.find(admin, _id))._id).toBe(_id)
    expect(await desk.of(admin)).toHaveLength(1)
  })

  it.each([
    ['a colleague', bob],
    ['an admin of another workspace', aPerson({ ...admin, workspaceId: 'other' })],
    ['the owner’s id in another workspace', aPerson({ workspaceId: 'other' })],
  ])('is not %s: to them it is not there', async (_who, person) => {
    await expect(desk.find(person, box.mailbox._id)).rejects.toBeInstanceOf(NotFoundError)
    expect(await desk.of(person)).toEqual([])
  })

  it('is nobody, where there is no such mailbox', async () => {
    await expect(desk.find(admin, 'unknown')).rejects.toBeInstanceOf(NotFoundError)
  })
})

describe('choosing folders', () => {
  it('shows the whole tree, with what is watched and what is usual', async () => {
    await choose('archive')
    const tree = await desk.folderChoices(box.mailbox, untilTheEnd)
    const named = (name: string) => tree.find(({ displayName }) => displayName === name)
    expect(named('Inbox')).toMatchObject({ id: folderId('inbox'), watched: false, suggested: true })
    expect(named('Archive')).toMatchObject({ watched: true, suggested: false, depth: 0 })
  })

  it('watches exactly the chosen ones', async () => {
    expect(namesOf(await choose('inbox', 'archive'))).toEqual(['Archive', 'Inbox'])
    expect(namesOf(await choose('inbox', 'sentitems'))).toEqual(['Inbox', 'Sent Items'])
    expect(namesOf(await choose('inbox', 'inbox'))).toEqual(['Inbox'])
    expect(WireMailbox.parse(await choose())).toMatchObject({
      folders: [],
      light: { colour: 'off' },
    })
  })

  it('ends the subscription of one that is no longer chosen, and of no other', async () => {
    await choose('inbox', 'archive')
    await box.work()
    expect(box.graph.subscriptions.all()).toHaveLength(2)
    const mailbox = await choose('inbox')
    expect(box.graph.subscriptions.all()).toHaveLength(1)
    const [left] = await box.subscriptionStore.ofMailbox(box.mailbox._id)
    expect(left?.folderId).toBe(mailbox.folders[0]?.id)
  })

  it('goes on where it was when a folder is chosen again', async () => {
    await choose('inbox')
    await fill(box.twin, 12)
    await box.work()
    await choose()
    await fill(box.twin, 13)
    box.graph.requests.clear()
    expect(await choose('inbox')).toMatchObject({ light: { colour: 'amber' } })
    const proven = (await box.folders.watchedOf(box.mailbox._id))[0]?.proof?.at
    await box.clock.advance(1_000)
    await box.work()
    expect((await box.folders.watchedOf(box.mailbox._id))[0]?.proof?.at).not.toEqual(proven)
    expect(box.graph.requests.count({ path: 'delta' })).toBe(2)
    expect(await box.storedEmails()).toHaveLength(13)
  })

  it('shows hidden folders as such, and folders in folders with their depth', async () => {
    const { folders } = box.graph.mailboxes.open(ALICE)
    const inbox = box.graph.mailboxes.folder(ALICE, 'inbox')
    const projects = folders.add({ displayName: 'Projects', parent: inbox, isHidden: false })
    folders.add({ displayName: 'Secret', parent: projects, isHidden: true })
    const tree = await desk.folderChoices(box.mailbox, untilTheEnd)
    const named = (name: string) => tree.find(({ displayName }) => displayName === name)
    expect(named('Projects')).toMatchObject({ depth: 1, hidden: false, deleted: false })
    expect(named('Secret')).toMatchObject({ depth: 2, hidden: true })
  })

  it('takes over a new name when it reads the tree', async () => {
    await choose('archive')
    const { mailboxes } = box.graph
    mailboxes.open(ALICE).folders.rename(mailboxes.folder(ALICE, 'archive'), 'Old things')
    await desk.folderChoices(box.mailbox, untilTheEnd)
    expect(namesOf(await desk.overview(box.mailbox))).toEqual(['Old things'])
  })

  it('shows a watched folder that was deleted, keeps it while it is chosen, and lets go of it', async () => {
    const { folders } = box.graph.mailboxes.open(ALICE)
    const inbox = box.graph.mailboxes.folder(ALICE, 'inbox')
    const projects = folders.add({ displayName: 'Projects', parent: inbox, isHidden: false })
    const { id } = projects
    await desk.chooseFolders(box.mailbox, [id, folderId('inbox')], untilTheEnd)
    folders.remove(projects)
    const tree = await desk.folderChoices(box.mailbox, untilTheEnd)
    expect(tree.at(-1)).toMatchObject({ id, displayName: 'Projects', deleted: true, watched: true })

    const kept = await desk.chooseFolders(box.mailbox, [id, folderId('inbox')], untilTheEnd)
    expect(namesOf(kept)).toEqual(['Inbox', 'Projects'])
    expect(namesOf(await choose('inbox'))).toEqual(['Inbox'])
    const again = desk.chooseFolders(box.mailbox, [id], untilTheEnd)
    await expect(again).rejects.toBeInstanceOf(BadRequestError)
  })

  it('says where it stands between two writes, so that a crash there can be tried', async () => {
    const visited: string[] = []
    const watching = deskWith((point) => visited.push(point))
    const ids = (...names: string[]) => names.map(folderId)
    await watching.chooseFolders(box.mailbox, ids('inbox', 'archive'), untilTheEnd)
    await watching.chooseFolders(box.mailbox, ids('archive'), untilTheEnd)
    expect(visited).toEqual([
      'folder-watched',
      'folder-watched',
      'folder-watched',
      'folder-unwatched',
    ])
  })

  it('refuses a folder that is not in the mailbox, and changes nothing', async () => {
    await choose('inbox')
    const ids = [folderId('archive'), 'no-folder']
    const refused = desk.chooseFolders(box.mailbox, ids, untilTheEnd)
    await expect(refused).rejects.toBeInstanceOf(BadRequestError)
    await expect(refused).rejects.toMatchObject({ fields: [{ path: 'watched' }] })
    expect(namesOf(await desk.overview(box.mailbox))).toEqual(['Inbox'])
  })
})

describe('a mailbox as people see it', () => {
  it('goes from off by way of amber to green', async () => {
    const light = async () => (await desk.overview(box.mailbox)).light.colour
    expect(await light()).toBe('off')
    await choose('inbox')
    expect(await light()).toBe('amber')
    await fill(box.twin, 3)
    await box.work()
    expect(await light()).toBe('green')
    box.graph.desk.removeSubscription()
    await box.subscriptions.lost((await box.subscriptionStore.ofMailbox(box.mailbox._id))[0]!)
    expect(await light()).toBe('amber')
  })

  it('never counts more read than there is to read', async () => {
    await choose('inbox')
    await fill(box.twin, 12)
    await box.work()
    const [folder] = (await desk.overview(box.mailbox)).folders
    expect(folder?.backfill).toMatchObject({ done: 12, total: 12 })
    expect(folder?.subscriptionExpiresAt).not.toBeNull()
  })
})
