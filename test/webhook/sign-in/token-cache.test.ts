import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { BSON } from 'mongodb'
import { decodeJwt } from 'jose'
import { people, tenants } from '../../../sandbox/sign-in/directory.ts'
import { startWorld, type World } from '../http/support/world.ts'
import type { MailTokens } from '../../../webhook/sign-in/tokens/mail-tokens.ts'
import {
  anInstance,
  appMailbox,
  connectedMailbox,
  forgetAccessTokens,
  openedCache,
} from './support.ts'

let world: World
let here: MailTokens
beforeAll(async () => {
  world = await startWorld()
  world.issuer.grantAdminConsent()
})
beforeEach(() => void (here = anInstance(world)))
afterAll(() => world[Symbol.asyncDispose]())

const dumpOf = async () => {
  const collections = await world.db.db!.collections()
  const all = await Promise.all(collections.map((each) => each.find().toArray()))
  const documents = all.flat().map((document) => BSON.serialize(document))
  return Buffer.concat(documents).toString('latin1')
}

describe('the tokens of connected mailboxes', () => {
  it('stand in the database sealed: a dump holds no token in clear', async () => {
    const mailbox = await connectedMailbox(world, 'alice')
    const accessToken = await here.accessTokenFor(mailbox)
    const cache = await openedCache(world, mailbox.homeAccountId!)
    const [refresh] = Object.values(cache.RefreshToken) as { secret: string }[]

    const dump = await dumpOf()

    expect(dump).toContain(mailbox.homeAccountId)
    for (const secret of [accessToken, refresh!.secret, accessToken.split('.')[2]!]) {
      expect(secret.length).toBeGreaterThan(20)
      expect(dump).not.toContain(secret)
      expect(dump).not.toContain(Buffer.from(secret).toString('base64'))
      expect(dump).not.toContain(Buffer.from(secret).toString('hex'))
    }
  })

  it('are one document for each person, and one for the app in a tenant', async () => {
    const alice = await connectedMailbox(world, 'alice')
    const bob = await connectedMailbox(world, 'bob')
    const app = await here.accessTokenFor(appMailbox(tenants.contoso.id))

    const ids = await world.db.db!.collection('tokenCaches').distinct('_id')

    expect(ids.map(String).sort()).toEqual(
      [alice.homeAccountId, bob.homeAccountId, `app.${tenants.contoso.id}`].sort(),
    )
    expect(decodeJwt(app)).toMatchObject({ idtyp: 'app', roles: ['Mail.Read'] })
  })

  it('are kept for nobody who only signed in', async () => {
    await world.signedIn('admin')
    const adminPartition = `${people.admin.oid}.${tenants.contoso.id}`
    expect(await world.tokenCacheStore.find(adminPartition)).toBeNull()
  })

  it('come from the cache while they are good', async () => {
    const mailbox = await connectedMailbox(world, 'alice')
    const first = await here.accessTokenFor(mailbox)
    here = anInstance(world)
    world.issuer.faults.failNext({ grant: 'refresh_token', aadsts: 50173 })
    expect(await here.accessTokenFor(mailbox)).toBe(first)
    world.issuer.faults.clear()
  })

  it('cost one refresh for a thousand who ask at once', async () => {
    const mailbox = await connectedMailbox(world, 'alice')
    const before = await here.accessTokenFor(mailbox)
    await forgetAccessTokens(world, mailbox.homeAccountId!)

    const another = anInstance(world)
    const asked = Array.from({ length: 1_000 }, () => another.accessTokenFor(mailbox))
    const tokens = new Set(await Promise.all(asked))

    expect(tokens.size).toBe(1) // each refresh would mint a token of its own
    expect(tokens).not.toContain(before)
  })

  it('are written down after a refresh, so that another instance finds them', async () => {
    const mailbox = await connectedMailbox(world, 'alice')
    await forgetAccessTokens(world, mailbox.homeAccountId!)
    const token = await here.accessTokenFor(mailbox)
    const { AccessToken } = await openedCache(world, mailbox.homeAccountId!)
    expect(Object.values(AccessToken)).toEqual([expect.objectContaining({ secret: token })])
  })

  it('are never somebody else’s, however calls interleave', async () => {
    const alice = await connectedMailbox(world, 'alice')
    const bob = await connectedMailbox(world, 'bob')
    for (let round = 0; round < 5; round++) {
      await Promise.all([alice, bob].map((each) => forgetAccessTokens(world, each.homeAccountId!)))
      const mailboxes = Array.from({ length: 40 }, (_, index) => (index % 2 ? alice : bob))
      const another = anInstance(world)
      const tokens = await Promise.all(mailboxes.map((each) => another.accessTokenFor(each)))
      expect(tokens.map((token) => decodeJwt(token)['oid'])).toEqual(
        mailboxes.map(({ providerUserId }) => providerUserId),
      )
    }
  })

  it('ask for a new connection when the document was moved to another person', async () => {
    const alice = await connectedMailbox(world, 'alice')
    const bob = await connectedMailbox(world, 'bob')
    const caches = world.db.db!.collection<{ _id: string }>('tokenCaches')
    const stolen = await caches.findOne({ _id: bob.homeAccountId! })
    await caches.updateOne(
      { _id: alice.homeAccountId! },
      { $set: { sealed: (stolen as unknown as { sealed: unknown }).sealed } },
    )
    await expect(here.accessTokenFor(alice)).rejects.toMatchObject({
      code: 'reconnect-needed',
    })
  })
})

describe('two who write one partition', () => {
  it('leave one winner: who saw an older version writes nothing', async () => {
    const store = world.tokenCacheStore
    const writers = Array.from({ length: 50 }, (_, writer) =>
      store.save('p.new', `v1.${writer}`, 0),
    )
    expect((await Promise.all(writers)).filter(Boolean)).toHaveLength(1)

    const later = Array.from({ length: 50 }, (_, writer) => store.save('p.new', `v1.${writer}`, 1))
    expect((await Promise.all(later)).filter(Boolean)).toHaveLength(1)
    expect(await store.find('p.new')).toMatchObject({ version: 2 })
  })

  it('let the person who has just come back win over a refresh that began before', async () => {
    const mailbox = await connectedMailbox(world, 'alice')
    const partition = mailbox.homeAccountId!
    const refresh = world.tokenCache.plugin(partition)
    const written: string[] = []
    const context = {
      cacheHasChanged: true,
      tokenCache: { deserialize: () => undefined, serialize: () => '{"stale":true}' },
    } as unknown as Parameters<typeof refresh.afterCacheAccess>[0]
    await refresh.beforeCacheAccess(context)

    await world.tokenCache.replace(partition, '{"fresh":true}')
    await refresh.afterCacheAccess(context)

    written.push(JSON.stringify(await openedCache(world, partition)))
    expect(written).toEqual(['{"fresh":true}'])
  })
})
