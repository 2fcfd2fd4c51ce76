import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { workspaceKeyModel } from '../../../models/keys/workspace-key.ts'
import { MINUTE } from '../../../webhook/duration.ts'
import { RootKeyMissingError, RootKey } from '../../../webhook/keys/root-key.ts'
import { KeysDestroyedError, Vault } from '../../../webhook/keys/vault.ts'
import { WorkspaceKeyStore } from '../../../webhook/store/workspace-key-store.ts'
import { aNewMailbox, anEmail, WORKSPACE } from '../../support/builders.ts'
import { ROOT_KEY, vaultOn } from '../../support/keys.ts'
import { openStores, type OpenStores } from '../store/open-stores.ts'

let stores: OpenStores
beforeAll(async () => {
  stores = await openStores()
})
afterAll(() => stores[Symbol.asyncDispose]())
beforeEach(async () => {
  await stores.clear()
  await keys().deleteMany({})
  stores.vault.forget(WORKSPACE)
})

const keys = () => workspaceKeyModel(stores.db)
const anInstance = () => vaultOn(stores.db, stores.clock)
const email = { collection: 'emails', id: 'one' }

describe('the keys of a workspace', () => {
  it('are made when they are first asked for, and are the same for every instance', async () => {
    const one = await anInstance().of(WORKSPACE)
    const sealed = one.seal(email, { body: 'Good morning.' })
    const other = await anInstance().of(WORKSPACE)
    expect(other.open(email, sealed, 'body')).toBe('Good morning.')
    expect(other.blind('address', 'a@b.example')).toBe(one.blind('address', 'a@b.example'))
    expect(await keys().countDocuments()).toBe(2)
  })

  it('are one set when fifty instances ask at once', async () => {
    const asked = Array.from({ length: 50 }, () => anInstance().of(WORKSPACE))
    const blind = (await Promise.all(asked)).map((each) => each.blind('address', 'a@b.example'))
    expect(new Set(blind).size).toBe(1)
    expect(await keys().countDocuments()).toBe(2)
  })

  it('are made whole after a crash between the two', async () => {
    await anInstance().of(WORKSPACE)
    await keys().deleteOne({ kind: 'seal' })
    await expect(anInstance().of(WORKSPACE)).resolves.toMatchObject({ version: 1 })
  })

  it('are not those of another workspace', async () => {
    const [one, other] = [await stores.vault.of(WORKSPACE), await stores.vault.of('other')]
    expect(one.blind('address', 'a@b.example')).not.toBe(other.blind('address', 'a@b.example'))
  })

  it('cannot be exchanged in the database', async () => {
    await anInstance().ofAll([WORKSPACE, 'other'])
    const foreign = await keys().findOne({ workspaceId: 'other', kind: 'seal' }).lean()
    const own = { workspaceId: WORKSPACE, kind: 'seal' as const }
    await keys().updateOne(own, { $set: { wrapped: foreign!.wrapped } })
    await expect(anInstance().of(WORKSPACE)).rejects.toMatchObject({ code: 'seal-broken' })
  })

  it('are forgotten soon after they were destroyed, and never made again', async () => {
    const vault = anInstance()
    await vault.of(WORKSPACE)
    const all = await keys().find().lean()
    const store = new WorkspaceKeyStore(stores.db)
    await store.destroy(
      all.map(({ _id }) => _id),
      stores.clock.now(),
    )
    await stores.clock.advance(MINUTE)
    await expect(vault.of(WORKSPACE)).rejects.toThrow(KeysDestroyedError)
    await expect(anInstance().of(WORKSPACE)).rejects.toThrow(KeysDestroyedError)
    expect(JSON.stringify(await keys().find().lean())).not.toContain('"wrapped":{')
  })

  it('leave chores about others alone when they were destroyed', async () => {
    await stores.mailboxes.connect(aNewMailbox())
    await stores.mailboxes.connect(aNewMailbox({ workspaceId: 'other' }))
    await keys().updateMany({ workspaceId: 'other' }, { $set: { wrapped: null } })
    stores.vault.forget('other')
    const found = await stores.mailboxes.everywhere()
    expect(found.map(({ workspaceId }) => workspaceId)).toEqual([WORKSPACE])
    expect(await stores.mailboxes.withAddress('ALICE@flow.example')).toHaveLength(1)
  })
})

describe('another root key', () => {
  const rootOf = (current: Buffer, old: Buffer | null = null) =>
    new Vault({
      ...{ store: new WorkspaceKeyStore(stores.db), clock: stores.clock },
      root: new RootKey(current, old),
    })
  const NEW = Buffer.alloc(32, 'the new root key')

  it('opens nothing, and says what is missing', async () => {
    await stores.emails.see([anEmail()])
    await expect(rootOf(NEW).of(WORKSPACE)).rejects.toThrow(RootKeyMissingError)
  })

  it('opens everything beside the old one, and makes new keys of its own', async () => {
    const sealed = (await stores.vault.of(WORKSPACE)).seal(email, { body: 'Good morning.' })
    const both = rootOf(NEW, ROOT_KEY)
    expect((await both.of(WORKSPACE)).open(email, sealed, 'body')).toBe('Good morning.')
    await both.of('newcomer')
    await expect(rootOf(NEW).of('newcomer')).resolves.toBeDefined()
  })
})
