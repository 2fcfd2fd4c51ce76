import { describe, expect, it } from '@jest/globals'
import { ALICE, aTwin, BOB } from '../a-twin.ts'

describe('the list of subscriptions (graph-contract 1.1)', () => {
  it('hides the client state, which a single one shows', async () => {
    const { call, subscribe } = aTwin()
    const id = await subscribe()
    expect((await call('GET', '/subscriptions')).body.value).toMatchObject([
      { id, clientState: null },
    ])
    expect((await call('GET', `/subscriptions/${id}`)).body.clientState).toBe('secret')
  })

  it('comes in pages', async () => {
    const { call, subscribe } = aTwin({ knobs: { subscriptions: { listPageSize: 2 } } })
    const made = []
    for (const changeType of [
      'created',
      'updated',
      'deleted',
      'created,updated',
      'updated,deleted',
    ]) {
      made.push(await subscribe({ changeType }))
    }
    const listed: string[] = []
    let path: string | undefined = '/subscriptions'
    let pages = 0
    while (path !== undefined) {
      const { body }: Awaited<ReturnType<typeof call>> = await call('GET', path)
      listed.push(...body.value.map(({ id }) => id ?? ''))
      path = body['@odata.nextLink']?.replace('http://localhost:3001/v1.0', '')
      pages++
    }
    expect(pages).toBe(3)
    expect(listed).toEqual(made)
  })

  it('shows a user his own, an app the whole tenant, and other apps’ with the permission for it', async () => {
    const { call, token, subscribe } = aTwin()
    const alices = await subscribe()
    const bobs = await subscribe(
      { resource: `/users/${BOB}/messages` },
      { as: token({ oid: BOB }) },
    )
    const apps = await subscribe(
      { resource: `/users/${ALICE}/messages` },
      { as: token({ oid: null }) },
    )
    const others = await subscribe({}, { as: token({ appId: 'another' }) })
    const seenBy = async (traits: Parameters<typeof token>[0]) =>
      (await call('GET', '/subscriptions', { as: token(traits) })).body.value.map(({ id }) => id)
    expect(await seenBy({})).toEqual([alices])
    expect(await seenBy({ oid: null })).toEqual([alices, bobs, apps])
    expect(await seenBy({ scopes: ['Mail.Read', 'Subscription.Read.All'] })).toEqual([
      alices,
      others,
    ])
    expect(await seenBy({ oid: null, tid: 'another' })).toEqual([])
  })
})
