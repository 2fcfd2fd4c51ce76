import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from '@jest/globals'
import { VirtualClock } from '../../../../sandbox/clock.ts'
import { fetchPost, postWithin } from '../../../../sandbox/graph/delivery/post.ts'

let server: Server

async function listening(listener: RequestListener): Promise<string> {
  server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  return `http://localhost:${(server.address() as AddressInfo).port}/`
}
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const request = { body: '{}', headers: { 'content-type': 'application/json' }, timeoutMs: 3_000 }

describe('a POST over the network', () => {
  it('brings status, type and body back', async () => {
    const url = await listening((req, res) =>
      res.writeHead(200, { 'content-type': 'text/plain' }).end(req.method),
    )
    const outcome = await postWithin({ post: fetchPost, clock: new VirtualClock() }, url, request)
    expect(outcome).toEqual({
      kind: 'replied',
      reply: { status: 200, contentType: 'text/plain', body: 'POST' },
      tookMs: 0,
    })
  })

  it('follows no redirect', async () => {
    let requests = 0
    const url = await listening((_req, res) => {
      requests++
      res.writeHead(302, { location: '/elsewhere' }).end()
    })
    const outcome = await postWithin({ post: fetchPost, clock: new VirtualClock() }, url, request)
    expect(outcome).toMatchObject({ kind: 'replied', reply: { status: 302 } })
    expect(requests).toBe(1)
  })

  it('gives up when the clock of the twin says so, and hangs up', async () => {
    let isClosed = false
    let isReached = () => {}
    const reached = new Promise<void>((resolve) => (isReached = resolve))
    const url = await listening((_req, res) => {
      res.on('close', () => (isClosed = true))
      isReached()
    })
    const clock = new VirtualClock()
    const outcome = postWithin({ post: fetchPost, clock }, url, request)
    await reached
    await clock.advance(3_000)
    expect(await outcome).toEqual({ kind: 'timed-out', tookMs: 3_000 })
    while (!isClosed) await new Promise((resolve) => setImmediate(resolve))
  })

  it('says why nobody could be reached', async () => {
    const url = await listening((_req, res) => res.socket?.destroy())
    const outcome = await postWithin({ post: fetchPost, clock: new VirtualClock() }, url, request)
    expect(outcome).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('fetch failed'),
    })
  })
})
