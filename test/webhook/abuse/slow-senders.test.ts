import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startWorld } from '../../support/world.ts'
import { SlowSender } from './slow-sender.ts'

/**
 * `LORIS=2000` is the whole of reliability I1, for a machine with nothing else to do. Without it other suites run beside
 * this one and take turns with the service, so it gets more time.
 */
const { LORIS } = process.env
const SENDERS = Number(LORIS ?? 200)
const LIMITS = LORIS ? { cutOffMs: 15_000, p99Ms: 250 } : { cutOffMs: 20_000, p99Ms: 1_000 }

let world: Awaited<ReturnType<typeof startWorld>>
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const post = (path: string) =>
  `POST ${path} HTTP/1.1\r\nHost: crm\r\nContent-Type: application/json\r\n`

/** Header lines, bodies and chunks without end, and silence; to whom anybody may speak, and to whom nobody may. */
const kinds = [
  { beginning: 'GET /healthz HTTP/1.1\r\nHost: crm\r\n', drip: 'X: y\r\n' },
  { beginning: 'GET /healthz HTTP/1.1\r\nX-Long: ', drip: 'y' },
  { beginning: '', drip: '' },
  { beginning: 'GET', drip: '' },
  { beginning: `${post('/webhooks/graph/notifications')}Content-Length: 900\r\n\r\n`, drip: '{' },
  {
    beginning: `${post('/webhooks/graph/notifications')}Transfer-Encoding: chunked\r\n\r\n`,
    drip: '1\r\n{\r\n',
  },
  { beginning: `${post('/api/v1/emails/log')}Content-Length: 900\r\n\r\n`, drip: '{' },
]

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** What others notice meanwhile: their waits in ms, one after another. */
async function askUntil(isOver: () => boolean): Promise<number[]> {
  const waits: number[] = []
  while (!isOver()) {
    const path =
      waits.length % 2 ? '/readyz' : '/webhooks/graph/notifications?validationToken=hello'
    const started = performance.now()
    const response = await fetch(`${world.serviceUrl}${path}`, {
      method: waits.length % 2 ? 'GET' : 'POST',
    })
    await response.text()
    expect(response.status).toBe(200)
    waits.push(performance.now() - started)
    await pause(20)
  }
  return waits.sort((one, other) => one - other)
}

describe('senders who take their time (I1)', () => {
  it(`are cut off within 15 s or so, ${SENDERS} of them, and nobody else notices`, async () => {
    const doors = world.service.servers.map((server) => server.address() as AddressInfo)
    const senders: SlowSender[] = []
    while (senders.length < SENDERS) {
      const at = senders.length
      senders.push(new SlowSender(doors[at % 5 === 0 ? 1 : 0]!, kinds[at % kinds.length]!))
      if (at % 50 === 49) await pause(20) // no more at once than the queue of a port holds
    }
    let isOver = false
    const borne = Promise.all(senders.map(({ ended }) => ended)).finally(() => (isOver = true))
    const patience = setTimeout(() => senders.forEach((sender) => sender.end()), 25_000)
    const waits = await askUntil(() => isOver)
    clearTimeout(patience)

    const longest = Math.max(...(await borne))
    const p99 = waits[Math.floor(waits.length * 0.99)]!
    process.stdout.write(
      `\n${SENDERS} slow senders: the last cut off after ${Math.round(longest)} ms; ` +
        `${waits.length} others answered, p99 ${Math.round(p99)} ms\n`,
    )
    expect(longest).toBeLessThan(LIMITS.cutOffMs)
    expect(waits.length).toBeGreaterThan(50)
    expect(p99).toBeLessThan(LIMITS.p99Ms)
  }, 60_000)
})
