import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { aTwin } from '../a-twin.ts'

describe('faults of the transport', () => {
  let world: ReturnType<typeof aTwin>
  let url: string
  beforeEach(async () => {
    world = aTwin()
    url = await world.twin.listen()
  })
  afterEach(() => world.twin[Symbol.asyncDispose]())

  const read = () =>
    fetch(`${url}/v1.0/me/messages`, { headers: { authorization: `Bearer ${world.token()}` } })

  it.each([
    [500, 'InternalServerError', 'A fault was asked for.'],
    [503, 'ServiceUnavailable', 'A fault was asked for.'],
    [504, 'UnknownError', ''],
  ])(
    'answers %i the next time, and then works again (graph-contract 6.2)',
    async (status, code, message) => {
      world.twin.desk.failRequests(status)
      const failed = await read()
      expect(failed.status).toBe(status)
      expect(await failed.json()).toMatchObject({ error: { code, message } })
      expect((await read()).status).toBe(200)
    },
  )

  it('sends Retry-After with a 503 when asked to, and only to the requests meant', async () => {
    world.twin.desk.failRequests(503, 2, { path: '/delta', retryAfterSeconds: 7 })
    expect((await read()).status).toBe(200)
    const delta = await fetch(`${url}/v1.0/me/mailFolders/inbox/messages/delta`, {
      headers: { authorization: `Bearer ${world.token()}` },
    })
    expect([delta.status, delta.headers.get('retry-after')]).toEqual([503, '7'])
  })

  it('resets the connection', async () => {
    world.twin.desk.damageReplies('reset')
    await expect(read()).rejects.toThrow('fetch failed')
    expect((await read()).status).toBe(200)
  })

  it('cuts the body short', async () => {
    world.twin.desk.damageReplies('truncated')
    const reply = await read()
    await expect(reply.text()).rejects.toThrow()
  })

  it('sends a page where JSON was wanted', async () => {
    world.twin.desk.damageReplies('not-json')
    const reply = await read()
    expect(reply.headers.get('content-type')).toContain('text/html')
    await expect(reply.json()).rejects.toThrow('not valid JSON')
  })

  it.each([
    ['error-with-200', { error: { code: 'UnknownError', message: '' } }],
    ['wrong-type', { value: { id: 7 } }],
  ] as const)('says something else under a good status: %s', async (damage, body) => {
    world.twin.desk.damageReplies(damage)
    const reply = await read()
    expect([reply.status, await reply.json()]).toEqual([200, body])
  })

  it('never answers', async () => {
    world.twin.desk.damageReplies('hang')
    const signal = AbortSignal.timeout(100)
    const asking = fetch(`${url}/v1.0/me/messages`, {
      ...{ signal, headers: { authorization: `Bearer ${world.token()}` } },
    })
    await expect(asking).rejects.toThrow('timeout')
    expect((await read()).status).toBe(200)
  })

  it('strikes only what is spelled like its target, because ids may differ by case alone', async () => {
    world.twin.desk.failRequests(500, 1, { path: '/ME/messages' })
    world.twin.desk.damageReplies('reset', 1, { path: '/Messages' })
    expect((await read()).status).toBe(200)
    world.twin.desk.failRequests(500, 1, { path: '/me/messages' })
    expect((await read()).status).toBe(500)
  })

  it('takes its time', async () => {
    world.twin.desk.slowDown(10_000)
    let isOver = false
    const reply = read().finally(() => (isOver = true))
    while (world.clock.nextWakeAt() === null) await new Promise((resolve) => setImmediate(resolve))
    await world.clock.advance(9_999)
    expect(isOver).toBe(false)
    await world.clock.advance(1)
    expect((await reply).status).toBe(200)
  })

  it('stops all of it at one word', async () => {
    world.twin.desk.failRequests(500, 100)
    world.twin.desk.damageReplies('reset', 100)
    world.twin.desk.slowDown(5_000)
    world.twin.desk.clear()
    expect((await read()).status).toBe(200)
  })
})
