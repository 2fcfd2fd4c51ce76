import { describe, expect, it } from '@jest/globals'
import { aTwin } from '../a-twin.ts'

const get = (id: string, url = '/me/messages', more: object = {}) => ({
  id,
  method: 'GET',
  url,
  ...more,
})

describe('$batch', () => {
  it('answers each request on its own, in any order, 200 outside (graph-contract 6.3)', async () => {
    const { twin, call } = aTwin()
    const requests = [
      ...Array.from({ length: 9 }, (_, index) => get(String(index))),
      get('x', '/subscriptions/unknown'),
    ]
    const reply = await call('POST', '/$batch', { body: { requests } })
    expect(reply.status).toBe(200)
    const { responses } = reply.body
    expect(responses.map(({ id }) => id).sort()).toEqual(requests.map(({ id }) => id).sort())
    expect(responses.map(({ id }) => id)).not.toEqual(requests.map(({ id }) => id))
    expect(responses.find(({ id }) => id === 'x')).toMatchObject({
      status: 404,
      body: { error: { code: 'ResourceNotFound' } },
    })
    expect(twin.requests.count({ inBatch: true })).toBe(10)
  })

  it.each([
    ['more than 20 requests', Array.from({ length: 21 }, (_, index) => get(String(index)))],
    ['ids that differ in case only', [get('a'), get('A')]],
    [
      'a body without its Content-Type',
      [{ id: '1', method: 'POST', url: '/me/sendMail', body: {} }],
    ],
    ['an absolute URL', [get('1', 'https://graph.microsoft.com/v1.0/me')]],
    ['a request without a method', [{ id: '1', url: '/me' }]],
    ['an unknown dependency', [get('1'), get('2', '/me', { dependsOn: ['9'] })]],
    ['half of it in sequence', [get('1'), get('2', '/me', { dependsOn: ['1'] }), get('3')]],
    ['nothing at all', []],
  ])('is refused as a whole with 400 for %s', async (_why, requests) => {
    const { twin, call } = aTwin()
    expect((await call('POST', '/$batch', { body: { requests } })).status).toBe(400)
    expect(twin.requests.count({ inBatch: true })).toBe(0)
  })

  it('skips what depends on a failure, and what depends on that, with 424', async () => {
    const { call } = aTwin()
    const requests = [
      get('1', '/subscriptions/unknown'),
      get('2', '/me/messages', { dependsOn: ['1'] }),
      get('3', '/me/messages', { dependsOn: ['2'] }),
    ]
    const { responses } = (await call('POST', '/$batch', { body: { requests } })).body
    expect(Object.fromEntries(responses.map(({ id, status }) => [id, status]))).toEqual({
      1: 404,
      2: 424,
      3: 424,
    })
  })

  it('throttles each request by itself, with its own Retry-After', async () => {
    const { call } = aTwin()
    const body = {
      requests: Array.from({ length: 20 }, (_, index) => get(String(index), '/subscriptions')),
    }
    await call('POST', '/$batch', { body })
    const { status, body: second } = await call('POST', '/$batch', { body })
    expect(status).toBe(200)
    const refused = second.responses.filter((response) => response.status === 429)
    expect(refused).toHaveLength(15)
    expect(refused.every(({ headers }) => Number(headers['retry-after']) > 0)).toBe(true)
  })

  it('works on four at once: one batch stays within the mailbox’s limit, two do not', async () => {
    const { twin, clock, call } = aTwin()
    twin.desk.slowDown(100)
    const body = { requests: Array.from({ length: 8 }, (_, index) => get(String(index))) }
    const alone = call('POST', '/$batch', { body })
    await clock.advance(1_000)
    expect((await alone).body.responses.every(({ status }) => status === 200)).toBe(true)

    const together = [call('POST', '/$batch', { body }), call('POST', '/$batch', { body })]
    await clock.advance(2_000)
    const statuses = (await Promise.all(together)).flatMap((reply) =>
      reply.body.responses.map(({ status }) => status),
    )
    expect(statuses).toContain(429)
    expect(statuses).toContain(200)
  })

  it('passes a sub-request’s own headers and body on, with the token of the batch', async () => {
    const { twin, call, subscription } = aTwin()
    const requests = [
      {
        id: '1',
        method: 'post',
        url: 'subscriptions',
        headers: { 'Content-Type': 'application/json', Prefer: 'IdType="ImmutableId"' },
        body: subscription(),
      },
    ]
    const { responses } = (await call('POST', '/$batch', { body: { requests } })).body
    expect(responses).toMatchObject([{ status: 201 }])
    expect(twin.subscriptions.all()[0]?.idType).toBe('immutable')
  })

  it('needs a token itself', async () => {
    const { call } = aTwin()
    expect(
      (await call('POST', '/$batch', { as: null, body: { requests: [get('1')] } })).status,
    ).toBe(401)
  })
})
