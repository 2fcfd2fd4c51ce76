import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { emailModel } from '../../../models/email.ts'
import { workspaceKeyModel } from '../../../models/keys/workspace-key.ts'
import { HOUR, MINUTE } from '../../../webhook/duration.ts'
import { RootKey } from '../../../webhook/keys/root-key.ts'
import { ACTIVE_AFTER_MS, Vault } from '../../../webhook/keys/vault.ts'
import { sealedModels } from '../../../webhook/rotation/rewrap.ts'
import { DESTROY_AFTER_MS, Rotation } from '../../../webhook/rotation/rotation.ts'
import { EmailStore } from '../../../webhook/store/email-store.ts'
import { SessionStore } from '../../../webhook/store/sign-in/session-store.ts'
import { TokenCacheStore } from '../../../webhook/store/sign-in/token-cache-store.ts'
import { WorkspaceKeyStore } from '../../../webhook/store/workspace-key-store.ts'
import {
  aFolderToWatch,
  ALICE,
  aNewMailbox,
  anEmail,
  aSighting,
  NOW,
  WORKSPACE,
} from '../../support/builders.ts'
import { ROOT_KEY, vaultOn } from '../../support/keys.ts'
import { openStores, type OpenStores } from '../store/open-stores.ts'

let stores: OpenStores
beforeEach(async () => {
  stores = await openStores()
})
afterEach(() => stores[Symbol.asyncDispose]())

/** A process of its own: it knows nothing but what is in the database. */
function anInstance(root = new RootKey(ROOT_KEY)) {
  const { db, clock } = stores
  const workspaceKeys = new WorkspaceKeyStore(db)
  const vault = new Vault({ store: workspaceKeys, root, clock })
  const rotation = new Rotation({ db, vault, workspaceKeys, root, clock })
  return { vault, rotation, emails: new EmailStore({ db, vault }) }
}

const names = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => `id:${from + n}`)
const store = (emails: EmailStore, from: number, to: number, workspaceId = WORKSPACE) =>
  emails.see(
    names(from, to).map((identity) => anEmail({ identity, workspaceId, subject: identity })),
  )
const under = (version: number, workspaceId = WORKSPACE) =>
  emailModel(stores.db).countDocuments({ workspaceId, 'sealed.version': version })
const wrappedVersions = async () => {
  const found = await workspaceKeyModel(stores.db)
    .find({ kind: 'seal' })
    .sort({ version: 1 })
    .lean()
  return found.filter(({ wrapped }) => wrapped !== null).map(({ version }) => version)
}

describe('a new key for a workspace', () => {
  it('is used when every instance has had time to know it, and takes over all there is', async () => {
    const { rotation, emails } = anInstance()
    await store(emails, 0, 600)
    await store(emails, 0, 10, 'other')
    expect(await rotation.begin(WORKSPACE)).toMatchObject({ version: 2, older: [1], left: 600 })
    await store(emails, 600, 610)
    expect(await rotation.goOn(WORKSPACE)).toMatchObject({ left: 610 })

    await stores.clock.advance(ACTIVE_AFTER_MS)
    await store(emails, 610, 620)
    expect(await under(2)).toBe(10)
    const told: number[] = []
    const state = await rotation.goOn(WORKSPACE, { onMoved: (count) => told.push(count) })
    expect(state).toMatchObject({ left: 0, older: [1] })
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(610)
    expect([await under(1), await under(2)]).toEqual([0, 620])
    expect(await under(1, 'other')).toBe(10)
  })

  it('ends the old one when nothing is left under it, and not before nobody can write under it', async () => {
    const { rotation, emails } = anInstance()
    await store(emails, 0, 10)
    await rotation.begin(WORKSPACE)
    await stores.clock.advance(ACTIVE_AFTER_MS)
    await rotation.goOn(WORKSPACE)
    expect(await wrappedVersions()).toEqual([1, 2])
    await stores.clock.advance(DESTROY_AFTER_MS)
    expect(await rotation.goOn(WORKSPACE)).toMatchObject({ version: 2, older: [], destroyAt: null })
    expect(await wrappedVersions()).toEqual([2])
    expect((await anInstance().emails.findByIdentity(WORKSPACE, 'id:3'))?.subject).toBe('id:3')
  })

  it('does not end the old one while something is left that cannot be moved', async () => {
    const { rotation, emails } = anInstance()
    await store(emails, 0, 3)
    const { _id } = (await emails.findByIdentity(WORKSPACE, 'id:1'))!
    await emailModel(stores.db).updateOne({ _id }, { $set: { 'sealed.dataKey': Buffer.alloc(60) } })
    await rotation.begin(WORKSPACE)
    await stores.clock.advance(ACTIVE_AFTER_MS + DESTROY_AFTER_MS)
    expect(await rotation.goOn(WORKSPACE)).toMatchObject({ left: 1, older: [1] })
    expect(await wrappedVersions()).toEqual([1, 2])
  })

  it('is one, however often and by however many it is asked for before the last one is done', async () => {
    await store(anInstance().emails, 0, 3)
    const asked = Array.from({ length: 10 }, () => anInstance().rotation.begin(WORKSPACE))
    expect((await Promise.all(asked)).every(({ version }) => version === 2)).toBe(true)
    expect((await anInstance().rotation.begin(WORKSPACE)).version).toBe(2)
    expect(await wrappedVersions()).toEqual([1, 2])
  })

  it('takes over every kind of document that is sealed, and each still says what it said', async () => {
    const { vault, rotation, emails } = anInstance()
    const parts = { db: stores.db, clock: stores.clock, vault }
    const { mailboxes, folders } = stores
    const box = await mailboxes.connect(aNewMailbox())
    await mailboxes.pause(box._id, { at: NOW, byName: 'Ada' })
    const inbox = await folders.watch(aFolderToWatch({ mailboxId: box._id }), NOW)
    const caches = new TokenCacheStore(parts)
    const partition = `${ALICE}.${WORKSPACE}`
    await caches.save(partition, '{"RefreshToken":{}}', 0)
    const sessions = new SessionStore(parts)
    const person = { workspaceId: WORKSPACE, userId: ALICE, displayName: 'Alice', roles: [] }
    const expiresAt = new Date(stores.clock.now().getTime() + 24 * HOUR)
    const cookie = await sessions.create({ ...person, address: 'alice@flow.example', expiresAt })
    const byHand = { mailboxAddress: 'alice@flow.example', byName: 'Alice' }
    await emails.see([anEmail({ sighting: aSighting(byHand) })])

    await rotation.begin(WORKSPACE)
    await stores.clock.advance(ACTIVE_AFTER_MS + DESTROY_AFTER_MS)
    expect(await rotation.goOn(WORKSPACE)).toMatchObject({ left: 0, older: [] })

    expect(await mailboxes.find(box._id)).toMatchObject({
      ...byName(box),
      paused: { byName: 'Ada' },
    })
    expect(await folders.find(inbox)).toMatchObject({ displayName: 'Inbox' })
    expect(await caches.find(partition)).toMatchObject({ text: '{"RefreshToken":{}}' })
    expect(await sessions.find(cookie)).toMatchObject({ displayName: 'Alice' })
    expect((await emails.findByIdentity(WORKSPACE, 'id:one'))?.sightings).toMatchObject([byHand])
  })
})

const byName = ({ address, displayName }: { address: string; displayName: string }) => ({
  address,
  displayName,
})

/** K5 in small; all 200,000 with `K5=200000`. */
const TOTAL = Number(process.env['K5'] ?? 600)
const STORED_AT_ONCE = 1_000

describe('a rotation with traffic that is killed again and again', () => {
  it(
    'goes on where it was, no read ever fails, and nothing is left on the old key',
    async () => {
      const traffic = anInstance()
      const other = anInstance()
      for (let at = 0; at < TOTAL; at += STORED_AT_ONCE)
        await store(traffic.emails, at, Math.min(at + STORED_AT_ONCE, TOTAL))
      await other.emails.findByIdentity(WORKSPACE, 'id:0') // it has the keys of before at hand
      await anInstance().rotation.begin(WORKSPACE)

      let [kills, reads, written] = [0, 0, TOTAL]
      const readSome = async () => {
        for (const { emails } of [traffic, other, anInstance()])
          for (const identity of [`id:${(reads * 7_919) % TOTAL}`, `id:${written - 1}`]) {
            const found = await emails.findByIdentity(WORKSPACE, identity)
            expect(found?.subject).toBe(identity)
            reads++
          }
      }
      await readSome()
      await stores.clock.advance(ACTIVE_AFTER_MS)
      for (let left = Infinity; left > 0;) {
        await readSome()
        await store(kills % 2 ? traffic.emails : other.emails, written, written + 5)
        written += 5
        let batches = 0
        const dying = anInstance().rotation.goOn(WORKSPACE, {
          atOnce: TOTAL / 20,
          onMoved: () => {
            if (++batches === 1 + (kills % 2) && kills < 20) throw new Error('killed')
          },
        })
        await dying.catch(() => kills++)
        await readSome()
        left = (await anInstance().rotation.state(WORKSPACE)).left
        await stores.clock.advance(MINUTE)
      }
      expect(kills).toBeGreaterThanOrEqual(10)
      await stores.clock.advance(DESTROY_AFTER_MS)
      expect(await anInstance().rotation.goOn(WORKSPACE)).toMatchObject({ left: 0, older: [] })
      expect(await wrappedVersions()).toEqual([2])
      expect([await under(1), await under(2)]).toEqual([0, written])
      await readSome()
    },
    60_000 + 5 * TOTAL,
  )

  it('leaves a document that is sealed anew meanwhile as its writer has it', async () => {
    const { vault, rotation } = anInstance()
    const caches = new TokenCacheStore({ db: stores.db, vault })
    const partition = `p.${WORKSPACE}`
    await caches.save(partition, 'version 0', 0)
    await rotation.begin(WORKSPACE)
    await stores.clock.advance(ACTIVE_AFTER_MS)
    const rewrites = (async () => {
      for (let n = 1; n <= 20; n++) await caches.save(partition, `version ${n}`, n)
    })()
    await Promise.all([rewrites, ...Array.from({ length: 10 }, () => rotation.goOn(WORKSPACE))])
    expect(await caches.find(partition)).toEqual({ text: 'version 20', version: 21 })
  })
})

describe('a new root key', () => {
  const NEW = Buffer.alloc(32, 'the new root key')

  it('takes over the keys of all workspaces, while everything stays readable', async () => {
    for (const workspaceId of ['one', 'two', 'three'])
      await store(anInstance().emails, 0, 2, workspaceId)
    const both = anInstance(new RootKey(NEW, ROOT_KEY))
    expect((await both.rotation.states()).map(({ isUnderRoot }) => isUnderRoot)).toEqual([
      ...[false, false, false],
    ])
    expect(await both.rotation.rewrapByRoot()).toBe(6)
    expect(await both.rotation.rewrapByRoot()).toBe(0)
    const alone = anInstance(new RootKey(NEW))
    expect((await alone.emails.findByIdentity('two', 'id:1'))?.subject).toBe('id:1')
    expect((await alone.rotation.states()).every(({ isUnderRoot }) => isUnderRoot)).toBe(true)
    await expect(vaultOn(stores.db, stores.clock).of('two')).rejects.toMatchObject({
      code: 'root-key-missing',
    })
  })

  it('changes nothing without the old one', async () => {
    await store(anInstance().emails, 0, 1)
    const blindfold = anInstance(new RootKey(NEW))
    await expect(blindfold.rotation.rewrapByRoot()).rejects.toMatchObject({
      code: 'root-key-missing',
    })
    expect((await anInstance().emails.findByIdentity(WORKSPACE, 'id:0'))?.subject).toBe('id:0')
  })
})

describe('every collection that seals', () => {
  it('has what rotation finds it by: workspace, version and an index on them', () => {
    const models = sealedModels(stores.db)
    expect(models.map(({ modelName }) => modelName)).toEqual(
      expect.arrayContaining(['Email', 'Folder', 'Mailbox', 'Session', 'TokenCache']),
    )
    for (const { modelName, schema } of models) {
      const indexes = schema.indexes().map(([fields]) => Object.keys(fields).join())
      expect([modelName, ...indexes]).toContain('workspaceId,sealed.version,_id')
      expect([modelName, schema.path('workspaceId')?.instance]).toEqual([modelName, 'String'])
    }
  })
})
