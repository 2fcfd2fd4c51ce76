import { gzipSync } from 'node:zlib'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Random } from '../../../sandbox/random.ts'
import { Problem } from '../../../models/wire/problem.ts'
import { anItem, aReceiver, listening, type TestReceiver } from './a-receiver.ts'

let box: TestReceiver
let server: Awaited<ReturnType<typeof listening>>
let inbox: string
beforeAll(async () => {
  box = await aReceiver()
  inbox = await box.aSubscribedFolder('Inbox')
  server = await listening(box)
})
afterAll(async () => {
  expect(await box.bellsOf(inbox)).toBe(0)
  await server[Symbol.asyncDispose]()
  await box[Symbol.asyncDispose]()
})

const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/notifications`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })
const problemOf = async (response: Response): Promise<Problem> => {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  return Problem.parse(await response.json())
}
const batch = JSON.stringify({ value: [anItem()] })

describe('a malformed notification', () => {
  it.each([
    ['{}'],
    ['[]'],
    ['{"value":null}'],
    ['{"value":{}}'],
    ['{"value":"x"}'],
    ['{"value":[]}'],
    ['{"Value":[{}]}'],
    [JSON.stringify([anItem()])],
    [JSON.stringify(anItem())],
    [JSON.stringify({ value: Array.from({ length: 5_001 }, () => 1) })],
  ])('%# is answered with 400 and what was expected in `value`', async (body) => {
    const response = await post(body)
    expect(response.status).toBe(400)
    expect((await problemOf(response)).fields).toEqual([
      { path: 'value', message: expect.stringContaining('application/json') },
    ])
  })

  it.each([
    ['{"value":[{}]}'],
    ['{"value":[null,1,"x",[]]}'],
    [JSON.stringify({ value: [anItem({ subscriptionId: undefined })] })],
    [JSON.stringify({ value: [anItem({ subscriptionId: ['Inbox'] })] })],
  ])('%# of which no item can be read is answered with 400 and what is needed', async (body) => {
    const response = await post(body)
    expect(response.status).toBe(400)
    expect((await problemOf(response)).fields?.[0]?.path).toContain('value[].clientState')
  })

  it.each([
    ['{'],
    ['{"value":['],
    ['not json'],
    ['{"value":[1,]}'],
    ['"text"'],
    ['7'],
    ['null'],
    ['\u0000'],
    [`${'['.repeat(100_000)}`],
    [`{"value":[${'{"a":'.repeat(50_000)}`],
  ])('%# that is no JSON document of ours is answered with 400', async (body) => {
    const response = await post(body)
    expect(response.status).toBe(400)
    expect(await problemOf(response)).toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'value' }],
    })
  })

  it.each([
    ['text/plain'],
    ['application/xml'],
    ['multipart/form-data; boundary=x'],
    ['application/x-www-form-urlencoded'],
    [''],
  ])('sent as %j is answered with 400', async (type) => {
    const response = await post(batch, { 'content-type': type })
    expect(response.status).toBe(400)
    expect((await problemOf(response)).fields?.[0]?.path).toBe('value')
  })

  it('in an unknown character set is refused', async () => {
    const response = await post(batch, { 'content-type': 'application/json; charset=klingon' })
    expect([400, 415]).toContain(response.status)
  })

  it.each(['gzip', 'deflate', 'br', 'made-up'])(
    'packed with %s is refused unread',
    async (encoding) => {
      const response = await post(gzipSync(batch), { 'content-encoding': encoding })
      expect([400, 415]).toContain(response.status)
    },
  )

  it('of more than a megabyte is answered with 413 at once', async () => {
    const started = performance.now()
    const response = await post(`{"value":["${'x'.repeat(1_100_000)}"]}`)
    expect(response.status).toBe(413)
    expect((await problemOf(response)).code).toBe('too-large')
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  it('without an end, in chunks of nonsense, is answered with an error, not with silence', async () => {
    const { port, hostname } = new URL(server.url)
    const socket = connect(Number(port), hostname)
    socket.write(
      'POST /webhooks/graph/notifications HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\nzz\r\n{}\r\n',
    )
    const answer = await new Promise<string>((resolve) => {
      socket.once('data', (chunk) => resolve(String(chunk)))
      socket.once('error', () => resolve('HTTP/1.1 400'))
    })
    expect(answer).toMatch(/^HTTP\/1.1 400/)
    socket.destroy()
  })

  it('of a thousand odd kinds is answered with 2xx or 4xx within a moment, and harms nobody', async () => {
    const random = new Random(5)
    const forged = JSON.stringify({ value: [anItem({ clientState: 'guess' })] })
    const statuses = new Set<number>()
    let slowest = 0
    for (let round = 0; round < 50; round++) {
      const answered = await Promise.all(
        Array.from({ length: 20 }, async () => {
          const [body, headers] = oddRequest(random, forged)
          const started = performance.now()
          const { status } = await post(body, headers)
          slowest = Math.max(slowest, performance.now() - started)
          return status
        }),
      )
      for (const status of answered) statuses.add(status)
    }
    expect([...statuses].sort().filter((status) => status !== 202)).toEqual([400, 413])
    expect(slowest).toBeLessThan(2_000)
    expect((await post(forged)).status).toBe(202) // it is still there
  })
})

const TYPES = ['application/json', 'text/plain', 'application/json; charset=latin9', 'x', 'a/b/c']
const ENCODINGS = ['gzip', 'identity', 'deflate, gzip', '\u00ff']

/** A forged notification with bytes changed, cut, repeated, nested or packed. */
function oddRequest(
  random: Random,
  forged: string,
): [Uint8Array<ArrayBuffer>, Record<string, string>] {
  const bytes = Buffer.from(forged)
  for (let changes = random.between(0, 6); changes > 0; changes--)
    bytes[random.between(0, bytes.length - 1)] = random.between(0, 255)
  const cut = bytes.subarray(0, random.chance(0.5) ? random.between(0, bytes.length) : bytes.length)
  const deep = random.between(1, 60_000)
  const body = random.pick<() => Buffer>([
    () => cut,
    () => Buffer.concat([cut, cut]),
    () => Buffer.from('['.repeat(deep)),
    () => Buffer.from(`{"value":${'[{"a":'.repeat(deep / 2)}`),
    () => Buffer.from(`{"value":[${'{},'.repeat(deep / 4)}{}]}`),
    () => Buffer.from(JSON.stringify({ value: [anItem({ clientState: { $gt: '' } })] })),
    () => Buffer.from(JSON.stringify({ __proto__: null, value: 'x'.repeat(deep * 25) })),
    () => gzipSync(cut),
    () => Buffer.from(random.bytes(200)),
  ])()
  return [
    new Uint8Array(body),
    {
      'content-type': random.pick(TYPES),
      ...(random.chance(0.2) && { 'content-encoding': random.pick(ENCODINGS) }),
    },
  ]
}
