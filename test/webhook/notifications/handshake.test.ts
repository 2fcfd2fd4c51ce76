import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Random } from '../../../sandbox/random.ts'
import { aReceiver, listening, type TestReceiver } from './a-receiver.ts'

let box: TestReceiver
let server: Awaited<ReturnType<typeof listening>>
beforeAll(async () => {
  box = await aReceiver()
  server = await listening(box)
  await box.db.close() // a handshake needs no database
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await box[Symbol.asyncDispose]()
})

const shake = (door: string, query: string) =>
  fetch(`${server.url}/${door}?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })

const doors = ['notifications', 'lifecycle']
const PIECES = [
  ...['+', '%', '%2B', '&', '=', '#', '?', '/', ' ', ';', ':', '"', "'", '`', '\\', '\0', '\t'],
  ...[
    '\r\n',
    '\r\nSet-Cookie: a=b\r\n',
    '<script>alert(1)</script>',
    '<svg onload=x>',
    '{"a":1}',
    '${x}',
  ],
  ...[
    'Validation: Testing client',
    'ü',
    'é',
    '€',
    '日本語',
    'שלום',
    '🦊',
    '\u202e',
    '\u00a0',
    '\ufeff',
    '__proto__',
  ],
]
const oddToken = (random: Random) =>
  Array.from({ length: random.between(1, 12) }, () => random.pick(PIECES)).join('')

describe('the handshake', () => {
  it.each(doors)(
    'at /%s gives a thousand odd tokens back, decoded, as plain text',
    async (door) => {
      const random = new Random(door.length)
      for (let round = 0; round < 20; round++) {
        const tokens = Array.from({ length: 25 }, () => oddToken(random))
        await Promise.all(
          tokens.map(async (token, n) => {
            // Graph writes spaces as `+`, as in a form; others write %20.
            const query =
              n % 2
                ? new URLSearchParams({ validationToken: token }).toString()
                : `validationToken=${encodeURIComponent(token)}`
            const response = await shake(door, query)
            expect(response.status).toBe(200)
            expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
            expect(response.headers.get('x-content-type-options')).toBe('nosniff')
            expect(response.headers.get('set-cookie')).toBeNull()
            expect(Buffer.from(await response.arrayBuffer()).toString()).toBe(token)
          }),
        )
      }
    },
  )

  it.each(doors)('at /%s takes 4,096 characters and not one more', async (door) => {
    const longest = await shake(door, `validationToken=${'x'.repeat(4_096)}`)
    expect(await longest.text()).toHaveLength(4_096)
    expect((await shake(door, `validationToken=${'x'.repeat(4_097)}`)).status).toBe(400)
  })

  it.each(['validationToken=a&validationToken=b', 'validationToken=a&validationToken=a'])(
    'refuses a token given twice: %s',
    async (query) => {
      const response = await shake('notifications', query)
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({
        code: 'invalid-request',
        fields: [{ path: 'validationToken' }],
      })
    },
  )

  it('is not over-read: a token in brackets is none', async () => {
    expect((await shake('notifications', 'validationToken[a]=b')).status).toBe(400)
  })

  it('gives an empty token back empty', async () => {
    const response = await shake('notifications', 'validationToken=')
    expect([response.status, await response.text()]).toEqual([200, ''])
  })

  it.each(['GET', 'PUT', 'DELETE'])('is not for %s', async (method) => {
    const response = await fetch(`${server.url}/notifications?validationToken=a`, { method })
    expect(response.status).toBeGreaterThanOrEqual(400)
  })
})
