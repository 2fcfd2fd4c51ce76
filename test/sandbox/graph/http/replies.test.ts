import { describe, expect, it } from '@jest/globals'
import { ALICE, aTwin } from '../a-twin.ts'

describe('every reply', () => {
  it.each([
    ['a success', 'GET', '/me/messages', 200],
    ['an error', 'GET', '/subscriptions/unknown', 404],
    ['an unknown path', 'GET', '/me/nonsense', 400],
    ['a wrong method', 'DELETE', '/subscriptions', 405],
  ])(
    'carries the ids and headers of Graph: %s (graph-contract 6.2)',
    async (_kind, method, path, status) => {
      const { call, clock } = aTwin()
      const reply = await call(method, path)
      expect(reply.status).toBe(status)
      expect(reply.headers).toMatchObject({
        'cache-control': 'private',
        'strict-transport-security': expect.stringContaining('max-age'),
        'client-request-id': reply.headers['request-id'],
        date: clock.now().toUTCString(),
      })
      expect(JSON.parse(reply.headers['x-ms-ags-diagnostic'] ?? '')).toHaveProperty('ServerInfo')
    },
  )

  it('gives a client its own request id back, in the error too', async () => {
    const { call } = aTwin()
    const reply = await call('GET', '/subscriptions/unknown', {
      headers: { 'client-request-id': 'mine' },
    })
    expect(reply.headers['client-request-id']).toBe('mine')
    expect(reply.body.error).toEqual({
      code: 'ResourceNotFound',
      message: 'The object was not found.',
      innerError: {
        date: '2026-11-20T09:00:00',
        'request-id': reply.headers['request-id'],
        'client-request-id': 'mine',
      },
    })
  })
})

describe('the request log', () => {
  it('counts what was asked, by whom, of which mailbox, and how it ended', async () => {
    const { twin, call, token } = aTwin()
    await call('GET', '/me/messages?$top=1')
    await call('GET', '/users/ALICE@flow.example/messages', { as: token({ oid: null }) })
    await call('GET', '/me/messages', { as: null })
    expect(twin.requests.count()).toBe(3)
    expect(twin.requests.count({ path: '/messages' })).toBe(3)
    expect(twin.requests.count({ mailbox: ALICE })).toBe(2)
    expect(twin.requests.count({ status: 401 })).toBe(1)
    expect(twin.requests.find({ path: /\$top=1$/ })[0]).toMatchObject({
      method: 'GET',
      caller: { userId: ALICE },
      throttled: false,
      inBatch: false,
    })
    twin.requests.clear()
    expect(twin.requests.count()).toBe(0)
  })

  it('keeps what broke inside the twin itself, and answers 500', async () => {
    const { twin, call } = aTwin()
    twin.mailboxes.findMailbox = () => {
      throw new Error('a bug of ours')
    }
    expect((await call('GET', '/me/messages')).status).toBe(500)
    expect(twin.requests.last(1)[0]?.crash).toContain('a bug of ours')
  })
})
