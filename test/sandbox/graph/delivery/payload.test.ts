import { describe, expect, it } from '@jest/globals'
import { ALICE, aTwin, HOOK, TENANT } from '../a-twin.ts'

const MINUTES = 180_000

describe('what a notification says (graph-contract 2.1)', () => {
  it('names subscription, tenant, secret, change and message, and no more', async () => {
    const { twin, clock, endpoint, subscribe, deliver } = aTwin({
      knobs: { delivery: { resourceStyle: 'slashes', idShare: 0 } },
    })
    const subscriptionId = await subscribe()
    const { defaultId, etag } = await deliver()
    await clock.advance(MINUTES, () => twin.idle())
    const resource = `Users/${ALICE}/Messages/${defaultId}`
    expect(endpoint.received).toHaveLength(1)
    expect(endpoint.received[0]?.batch).toEqual({
      value: [
        {
          subscriptionId,
          subscriptionExpirationDateTime: expect.stringMatching(
            /^2026-11-23T03:40:00\.0{7}\+00:00$/,
          ),
          clientState: 'secret',
          tenantId: TENANT,
          changeType: 'created',
          resource,
          resourceData: {
            '@odata.type': '#Microsoft.Graph.Message',
            '@odata.id': resource,
            '@odata.etag': etag,
            id: defaultId,
          },
        },
      ],
    })
  })

  it.each([
    ['slashes', (id: string) => `Users/${ALICE}/Messages/${id}`],
    ['tenant', (id: string) => `users/${ALICE}@${TENANT}/messages/${id}`],
    ['quoted', (id: string) => `Users('${ALICE}')/messages('${id}')`],
  ] as const)('spells the resource with %s', async (resourceStyle, spelling) => {
    const { twin, clock, endpoint, subscribe, deliver } = aTwin({
      knobs: { delivery: { resourceStyle } },
    })
    await subscribe()
    const { defaultId } = await deliver()
    await clock.advance(MINUTES, () => twin.idle())
    expect(endpoint.items()[0]?.resource).toBe(spelling(defaultId))
  })

  it('mixes spellings, ids and their absence when nothing is said', async () => {
    const { twin, clock, endpoint, subscribe, deliver } = aTwin()
    await subscribe()
    for (let mail = 0; mail < 40; mail++) await deliver(`Mail ${mail}`)
    await clock.advance(MINUTES, () => twin.idle())
    const items = endpoint.items()
    expect(new Set(items.map(({ resource }) => resource?.replace(/[^/('@]{30,}/g, '…'))).size).toBe(
      3,
    )
    const withId = items.filter(({ id }) => id !== undefined)
    expect(withId.length).toBeGreaterThan(5)
    expect(withId.length).toBeLessThan(35)
    expect(new Set(withId.map(({ id }) => id)).size).toBe(withId.length)
  })

  it('names immutable ids where they were asked for, and no version of what is deleted', async () => {
    const { twin, clock, endpoint, subscribe, deliver } = aTwin()
    const immutable = await subscribe({}, { headers: { prefer: 'IdType="ImmutableId"' } })
    await subscribe({ changeType: 'deleted', resource: 'me/messages' })
    const before = await deliver()
    twin.desk.move('alice@flow.example', { to: 'archive' })
    await clock.advance(MINUTES, () => twin.idle())
    const told = endpoint.items().map(({ subscriptionId, changeType, resourceData }) => ({
      ids: subscriptionId === immutable ? 'immutable' : 'default',
      changeType,
      ...resourceData,
    }))
    expect(told).toHaveLength(3)
    expect(told).toContainEqual(
      expect.objectContaining({ ids: 'immutable', changeType: 'created', id: before.immutableId }),
    )
    expect(told).toContainEqual(
      expect.objectContaining({ ids: 'immutable', changeType: 'deleted', id: before.immutableId }),
    )
    const gone = told.find(({ ids }) => ids === 'default')
    expect(gone).toMatchObject({ changeType: 'deleted', id: before.defaultId })
    expect(gone).not.toHaveProperty('@odata.etag')
  })

  it('puts items of several subscriptions for one URL into one POST, and keeps its query', async () => {
    const { twin, clock, endpoint, subscribe, deliver } = aTwin({
      knobs: { delivery: { minLatencyMs: 1_000, maxLatencyMs: 1_000 } },
    })
    const url = `${HOOK}?tenant=x`
    const one = await subscribe({ notificationUrl: url })
    const two = await subscribe({ notificationUrl: url, resource: 'me/messages' })
    await subscribe({ notificationUrl: 'https://crm.example/other', changeType: 'created' })
    await deliver()
    await clock.advance(MINUTES, () => twin.idle())
    expect(endpoint.received.map((post) => [post.url, post.batch.value?.length])).toEqual([
      [url, 2],
      ['https://crm.example/other', 1],
    ])
    expect(endpoint.items(url).map(({ subscriptionId }) => subscriptionId)).toEqual([one, two])
  })

  it('fills a POST up to its limit', async () => {
    const { twin, clock, endpoint, subscribe, deliver } = aTwin({
      knobs: { delivery: { minLatencyMs: 1_000, maxLatencyMs: 1_000, maxBatch: 4 } },
    })
    await subscribe()
    for (let mail = 0; mail < 10; mail++) await deliver(`Mail ${mail}`)
    await clock.advance(MINUTES, () => twin.idle())
    expect(endpoint.received.map(({ batch }) => batch.value?.length)).toEqual([4, 4, 2])
  })

  it('takes between one second and a minute by default, never the same', async () => {
    const { twin, clock, endpoint, subscribe, deliver } = aTwin()
    await subscribe()
    const start = clock.now().getTime()
    for (let mail = 0; mail < 30; mail++) await deliver(`Mail ${mail}`)
    await clock.advance(MINUTES, () => twin.idle())
    const latencies = endpoint.received.map(({ at }) => at.getTime() - start)
    expect(Math.min(...latencies)).toBeGreaterThanOrEqual(1_000)
    expect(Math.max(...latencies)).toBeLessThanOrEqual(60_050)
    expect(new Set(latencies).size).toBeGreaterThan(20)
  })
})

describe('which changes are told', () => {
  it('a move leaves one folder and enters another', async () => {
    const { twin, clock, endpoint, subscribe, deliver } = aTwin()
    const inbox = await subscribe()
    const archive = await subscribe({ resource: 'me/mailFolders/archive/messages' })
    const { defaultId } = await deliver()
    const moved = twin.desk.move(ALICE, { to: 'archive' })
    await clock.advance(MINUTES, () => twin.idle())
    const told = endpoint
      .items()
      .map(({ subscriptionId, changeType, resourceData }) => [
        subscriptionId,
        changeType,
        (resourceData as { id: string }).id,
      ])
    expect(told).toContainEqual([inbox, 'created', defaultId])
    expect(told).toContainEqual([inbox, 'deleted', defaultId])
    expect(told).toContainEqual([archive, 'created', moved.defaultId])
    expect(told).toHaveLength(3)
  })

  it('with $filter=isRead eq false, reading a mail is its deletion', async () => {
    const { twin, clock, call, endpoint, subscribe, deliver } = aTwin()
    await subscribe({ resource: 'me/messages?$filter=isRead eq false' })
    const { defaultId } = await deliver()
    const set = (isRead: boolean) =>
      call('PATCH', `/me/messages/${defaultId}`, { body: { isRead } })
    for (const isRead of [true, false]) {
      expect((await set(isRead)).status).toBe(200)
      await clock.advance(MINUTES, () => twin.idle())
    }
    expect(endpoint.items().map(({ changeType }) => changeType)).toHaveLength(3)
    expect(endpoint.items().filter(({ changeType }) => changeType === 'deleted')).toHaveLength(1)
    expect(endpoint.items().filter(({ changeType }) => changeType === 'created')).toHaveLength(2)
  })
})
