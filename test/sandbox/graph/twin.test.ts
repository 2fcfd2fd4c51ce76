import { networkInterfaces } from 'node:os'
import { describe, expect, it } from '@jest/globals'
import { Client } from '@microsoft/microsoft-graph-client'
import type { Message, Subscription } from '@microsoft/microsoft-graph-types'
import { aTwin, ALICE, anHttpEndpoint, HOOK } from './a-twin.ts'
import { fetchPost } from '../../../sandbox/graph/delivery/post.ts'

describe('the Graph twin', () => {
  it('tells an endpoint once about a mail that arrives in the folder it subscribed to', async () => {
    const { twin, clock, endpoint, subscribe, deliver } = aTwin()
    const id = await subscribe()
    await deliver('Hello')
    expect(twin.pending()).toBe(1)
    await clock.advance(180_000, () => twin.idle())
    expect(twin.pending()).toBe(0)
    expect(endpoint.items(HOOK)).toMatchObject([
      { subscriptionId: id, changeType: 'created', clientState: 'secret' },
    ])
  })

  it('does the same over real HTTP on loopback', async () => {
    const endpoint = await anHttpEndpoint()
    const { twin, clock, token, subscription, deliver } = aTwin({ post: fetchPost })
    const url = await twin.listen()
    const created = await fetch(`${url}/v1.0/subscriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token()}`, 'content-type': 'application/json' },
      body: JSON.stringify(
        subscription({
          resource: 'me/messages',
          notificationUrl: endpoint.url,
          lifecycleNotificationUrl: endpoint.url,
        }),
      ),
    })
    expect(created.status).toBe(201)
    expect(created.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/)
    await deliver('Over the wire')
    await clock.advance(180_000, () => twin.idle())
    expect(endpoint.received.flatMap(({ value }) => value)).toHaveLength(1)
    expect(twin.requests.count({ path: '/subscriptions', status: 201 })).toBe(1)
    expect(twin.requests.last(1)[0]?.caller?.userId).toBe(ALICE)
    await twin[Symbol.asyncDispose]()
    await endpoint.close()
  })
})

describe('an unmodified Graph client', () => {
  it('subscribes, hears of a mail, and reads it by delta', async () => {
    const endpoint = await anHttpEndpoint()
    const { twin, clock, token, subscription, deliver } = aTwin({ post: fetchPost })
    const url = await twin.listen()
    const client = Client.init({
      baseUrl: `${url}/`,
      // Its own handler gives tokens to https hosts only.
      authProvider: (done) => done(null, ''),
      fetchOptions: { headers: { authorization: `Bearer ${token()}` } },
    })
    const { id } = (await client
      .api('/subscriptions')
      .post(
        subscription({ notificationUrl: endpoint.url, lifecycleNotificationUrl: endpoint.url }),
      )) as Subscription
    await deliver('To be read')
    await clock.advance(180_000, () => twin.idle())
    expect(endpoint.received[0]?.value?.[0]?.subscriptionId).toBe(id)
    const round = (await client.api('/me/mailFolders/inbox/messages/delta').get()) as {
      value: Message[]
    }
    expect(round.value.map(({ subject }) => subject)).toEqual(['To be read'])
    await expect(client.api('/subscriptions/unknown').get()).rejects.toMatchObject({
      statusCode: 404,
      code: 'ResourceNotFound',
    })
    await twin[Symbol.asyncDispose]()
    await endpoint.close()
  })
})

describe('the twin’s own door', () => {
  it('opens on loopback only, and closes', async () => {
    const { twin } = aTwin()
    const url = await twin.listen()
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4')
    if (outside)
      await expect(fetch(url.replace('localhost', outside.address))).rejects.toThrow('fetch failed')
    expect((await fetch(`${url}/v1.0/me`)).status).toBe(401)
    await twin[Symbol.asyncDispose]()
    await expect(fetch(url)).rejects.toThrow('fetch failed')
  })

  it('says so when its port is taken', async () => {
    const { twin } = aTwin()
    const { port } = new URL(await twin.listen())
    await expect(aTwin().twin.listen(Number(port))).rejects.toThrow('EADDRINUSE')
    await twin[Symbol.asyncDispose]()
  })

  it('answers a body in an encoding it cannot read as Graph would', async () => {
    const { twin, token } = aTwin()
    const url = await twin.listen()
    const reply = await fetch(`${url}/v1.0/subscriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token()}`, 'content-encoding': 'gzip' },
      body: 'no gzip',
    })
    expect(reply.status).toBe(400)
    expect(await reply.json()).toMatchObject({ error: { code: 'BadRequest' } })
    expect(reply.headers.get('request-id')).toBeTruthy()
    await twin[Symbol.asyncDispose]()
  })
})
