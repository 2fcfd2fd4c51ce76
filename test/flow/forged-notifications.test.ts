import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { tenants, people } from '../../sandbox/sign-in/directory.ts'
import { connectAndWatch, eventually, mailboxOf, startWorld } from '../support/world.ts'

const COALESCE_MS = 500

type Item = Record<string, unknown>

describe('a forged notification', () => {
  let world: Awaited<ReturnType<typeof startWorld>>
  let genuine: Item

  beforeAll(async () => {
    world = await startWorld({ environment: { SYNC_COALESCE_MS: String(COALESCE_MS) } })
    const { browser } = await connectAndWatch(world, 'alice', ['Inbox'])
    await eventually(
      () => mailboxOf(browser),
      ({ light }) => light.colour === 'green',
    )
    genuine = world.graph.subscriptions.all().map((subscription) => ({
      subscriptionId: subscription.id,
      clientState: subscription.clientState,
      changeType: 'created',
      tenantId: tenants.contoso.id,
      resource: `Users/${people.alice.oid}/Messages/AAMk`,
    }))[0]!
  })
  afterAll(() => world[Symbol.asyncDispose]())
  beforeEach(() => world.graph.requests.clear())

  const post = (items: Item[]) =>
    fetch(`${world.serviceUrl}/webhooks/graph/notifications`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ value: items }),
    })

  const dirtySeq = async () => {
    const folders = await world.service.context.db.collection('folders').find().toArray()
    return folders.map((folder) => folder.dirtySeq as number)
  }

  it.each<[string, Item]>([
    ['with another clientState', { clientState: 'guessed' }],
    ['with an empty clientState', { clientState: '' }],
    ['for a subscription nobody made', { subscriptionId: '6f2f1b0a-0000-4000-8000-000000000000' }],
    ["about another person's mailbox", { resource: `Users/${people.bob.oid}/Messages/AAMk` }],
    ['about another mailbox, quoted', { resource: `Users('${people.bob.oid}')/messages('x')` }],
    ['of another tenant', { tenantId: tenants.fabrikam.id }],
  ])('%s is answered like any other and causes no Graph call', async (_name, forged) => {
    const before = await dirtySeq()
    expect((await post([{ ...genuine, ...forged }])).status).toBe(202)
    expect(await dirtySeq()).toEqual(before) // nothing is marked, so nothing will be asked
    expect(world.graph.requests.count()).toBe(0)
  })

  it('does not take a genuine one of the same batch along', async () => {
    const response = await post([{ ...genuine, clientState: 'guessed' }, genuine])
    expect(response.status).toBe(202)
    await eventually(
      async () => world.graph.requests.count(),
      (count) => count === 1,
    )
  })

  it('that is genuine but repeated a hundred times costs one delta call in each window', async () => {
    const startedAt = Date.now()
    await Promise.all(Array.from({ length: 100 }, () => post([genuine])))
    await eventually(
      async () => world.graph.requests.count(),
      (count) => count >= 1,
    )
    const { db } = world.service.context
    await eventually(
      () => db.collection('folders').find().toArray(),
      (folders) => folders.every(({ dirtySeq, doneSeq }) => dirtySeq === doneSeq),
    )
    const windows = Math.ceil((Date.now() - startedAt) / COALESCE_MS)
    expect(world.graph.requests.count()).toBeLessThanOrEqual(windows)
  })
})
