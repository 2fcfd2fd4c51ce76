import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { ApiError } from '../../ui/api/api-error.ts'
import { createApi } from '../../ui/api/client.ts'

const Mail = z.object({ subject: z.string() })
const problem = {
  type: 'about:blank',
  title: 'Conflict',
  status: 409,
  code: 'mailbox-reconnect',
  detail: 'Microsoft wants you to sign in again. Reconnect the mailbox.',
  requestId: 'req-7',
}

let server: Server
let handle: (request: IncomingMessage, response: ServerResponse) => void
const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  handle = (_request, response) =>
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body))
}
const failureOf = async (call: Promise<unknown>): Promise<ApiError> => {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ApiError)) throw new Error(`no ApiError but ${String(error)}`)
  return error
}

beforeEach(async () => {
  server = createServer((request, response) => handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

describe('a call to the service', () => {
  it('gives what the schema promises', async () => {
    answer(200, { subject: 'Offer', secret: 'not in the schema' })
    expect(await createApi({ baseUrl: url() }).get('/mail', Mail)).toEqual({ subject: 'Offer' })
  })

  it('sends method, body and the headers of the moment', async () => {
    const seen: unknown[] = []
    handle = (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { method, url: path, headers } = request
        const body = Buffer.concat(chunks).toString()
        seen.push([method, path, headers['x-csrf-token'], headers['content-type'], body])
        response.end('{"subject":"Offer"}')
      })
    }
    let turn = 0
    const headers = async () => ({ 'x-csrf-token': `token-${++turn}` })
    const api = createApi({ baseUrl: url(), headers })
    await api.send('PUT', '/mail/1', { read: true }, Mail)
    await api.send('POST', '/mail', undefined, Mail)
    expect(seen).toEqual([
      ['PUT', '/mail/1', 'token-1', 'application/json', '{"read":true}'],
      ['POST', '/mail', 'token-2', undefined, ''],
    ])
  })

  it('takes an empty answer as undefined', async () => {
    answer(204, '')
    const api = createApi({ baseUrl: url() })
    expect(await api.send('POST', '/auth/sign-out', undefined, z.undefined())).toBeUndefined()
  })

  it('passes on what the headers throw, as it is', async () => {
    answer(200, {})
    const refusal = new Error('the sign-in window was closed')
    const api = createApi({ baseUrl: url(), headers: () => Promise.reject(refusal) })
    await expect(api.get('/mail', Mail)).rejects.toBe(refusal)
  })
})

describe('a call that does not work', () => {
  it('carries the words, the code and the request id of the Problem', async () => {
    answer(409, problem)
    const error = await failureOf(createApi({ baseUrl: url() }).get('/mail', Mail))
    expect(error).toMatchObject({
      code: 'mailbox-reconnect',
      status: 409,
      detail: problem.detail,
      requestId: 'req-7',
      retryAfterSeconds: null,
    })
  })

  it.each([
    ['30', 30],
    ['Wed, 21 Oct 2026 07:28:00 GMT', null],
    ['-1', null],
  ])('reads Retry-After %s as %s seconds', async (text, seconds) => {
    answer(503, { ...problem, status: 503, code: 'store-unavailable' }, { 'retry-after': text })
    const error = await failureOf(createApi({ baseUrl: url() }).get('/mail', Mail))
    expect(error.retryAfterSeconds).toBe(seconds)
  })

  it.each([
    ['a proxy’s page instead of a Problem', 502, '<html>Bad gateway</html>'],
    ['a proxy’s page instead of mail', 200, '<html>Sign in to the hotel network</html>'],
    ['mail of another shape', 200, { betreff: 'Angebot' }],
    ['nothing where mail was promised', 200, ''],
  ])('says that it cannot read %s', async (_what, status, body) => {
    answer(status, body, { 'x-request-id': 'req-8' })
    const error = await failureOf(createApi({ baseUrl: url() }).get('/mail', Mail))
    expect(error).toMatchObject({ code: 'unexpected-reply', status, requestId: 'req-8' })
  })

  it('posts a file as it is, under its own type', async () => {
    const sent: unknown[] = []
    handle = (request, response) => {
      sent.push(request.method, request.headers['content-type'])
      request.on('data', (chunk: Buffer) => sent.push(chunk.toString()))
      request.on('end', () => response.end(JSON.stringify({ subject: 'Read in' })))
    }
    const bytes = new TextEncoder().encode('Name\r\nCarol').buffer
    const api = createApi({ baseUrl: url() })
    await api.sendFile('/import', { type: 'text/csv', bytes }, Mail)
    expect(sent).toEqual(['POST', 'text/csv', 'Name\r\nCarol'])
  })

  it('says that nobody answered when the connection breaks', async () => {
    handle = (request) => request.socket.destroy()
    const error = await failureOf(createApi({ baseUrl: url() }).get('/mail', Mail))
    expect(error).toMatchObject({ code: 'network', status: 0, requestId: null })
  })

  it('says that nobody answered when the body stops half way', async () => {
    handle = (request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"subject":')
      setImmediate(() => request.socket.destroy())
    }
    const error = await failureOf(createApi({ baseUrl: url() }).get('/mail', Mail))
    expect(error.code).toBe('network')
  })
})
