/** @jest-environment ./test/ui/support/page-environment.ts */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { followEvents } from '../../console/live/event-stream.ts'

let server: Server
let onLine: (response: ServerResponse, turn: number) => void
let turns: number
let closing: AbortController

/** Follows the server and resolves to what happened, once `count` things have. */
const follow = (count: number, silenceMs = 5_000) =>
  new Promise<string[]>((resolve) => {
    const heard: string[] = []
    const hear = (what: string) => heard.push(what) === count && resolve(heard)
    const options = {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
      firstWaitMs: 1,
      silenceMs,
      onOpen: () => void hear('open'),
      onEvent: ({ type, data }: { type: string; data: string }) => void hear(`${type} ${data}`),
      onLost: () => void hear('lost'),
      onSignedOut: () => void hear('signed out'),
    }
    void followEvents(options, closing.signal)
  })

beforeEach(async () => {
  turns = 0
  closing = new AbortController()
  server = createServer((_request, response) => onLine(response, ++turns))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  closing.abort()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

describe('the line to the service', () => {
  it('hands over events, also those cut inside a letter', async () => {
    onLine = (response) => {
      const [first, second] = [
        Buffer.from('data: Öl\n\n').subarray(0, 7),
        Buffer.from('data: Öl\n\n').subarray(7),
      ]
      response.write(first)
      setImmediate(() => response.write(second))
    }
    expect(await follow(2)).toEqual(['open', 'message Öl'])
  })

  it('comes back after a cut, and says so, because events were missed', async () => {
    onLine = (response, turn) => {
      response.write(`data: ${turn}\n\n`)
      if (turn === 1) setImmediate(() => response.destroy())
    }
    expect(await follow(5)).toEqual(['open', 'message 1', 'lost', 'open', 'message 2'])
  })

  it('goes on trying while the service is down', async () => {
    onLine = (response, turn) =>
      turn < 4 ? response.writeHead(503).end() : response.write(': here\n\n')
    expect(await follow(4)).toEqual(['lost', 'lost', 'lost', 'open'])
  })

  it('hangs up on a line without heartbeats and dials again', async () => {
    onLine = (response, turn) =>
      response.write(turn === 1 ? ': then silence\n\n' : 'data: back\n\n')
    expect((await follow(4, 100)).slice(0, 4)).toEqual(['open', 'lost', 'open', 'message back'])
  })

  it('ends when the session has ended', async () => {
    onLine = (response) => response.writeHead(401).end()
    expect(await follow(1)).toEqual(['signed out'])
    expect(turns).toBe(1)
  })

  it('hangs up when nobody listens any more', async () => {
    const hungUp = new Promise<void>((resolve) => {
      onLine = (response) => {
        response.on('close', resolve)
        response.write(': here\n\n')
      }
    })
    await follow(1)
    closing.abort()
    await hungUp
    expect(turns).toBe(1)
  })
})
