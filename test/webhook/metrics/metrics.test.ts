import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { bulkMime } from '../../../sandbox/seed/bulk.ts'
import { people } from '../../../sandbox/sign-in/directory.ts'
import { Metrics } from '../../../webhook/metrics/metrics.ts'
import {
  connectAndWatch,
  emailsOf,
  eventually,
  mailboxOf,
  startWorld,
} from '../../support/world.ts'

const ALICE = people.alice.mail
const TOKEN = 'a-token-for-prometheus'
const HISTORY = 3

type World = Awaited<ReturnType<typeof startWorld>>

const ask = (world: World, authorization?: string) =>
  fetch(`${world.serviceUrl}/metrics`, authorization ? { headers: { authorization } } : {})

const scraped = async (world: World) => (await ask(world, `Bearer ${TOKEN}`)).text()

/** The value of one line, by name and labels as Prometheus writes them. */
const valueOf = (text: string, series: string): number | undefined => {
  const line = text.split('\n').find((one) => one.startsWith(`flowcrm_${series} `))
  return line === undefined ? undefined : Number(line.split(' ').at(-1))
}

describe('the metrics of a service at work', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld({ environment: { METRICS_TOKEN: TOKEN } })
    for (let index = 0; index < HISTORY; index++) await deliver(index)
    const { browser } = await connectAndWatch(world, 'alice', ['Inbox'])
    await eventually(
      () => mailboxOf(browser),
      ({ light }) => light.colour === 'green',
    )
    // Graph tells receipt by whole seconds: in the second of the last pass, new mail looks older than it.
    const green = Date.now()
    await eventually(
      async () => Date.now() - green,
      (ms) => ms > 1_000,
    )
    await deliver(HISTORY)
    await eventually(
      () => emailsOf(browser),
      ({ total }) => total === HISTORY + 1,
    )
  })
  afterAll(() => world[Symbol.asyncDispose]())

  const deliver = (index: number) =>
    world.graph.mailboxes.deliver(ALICE, { mime: () => bulkMime(index, ALICE, new Date()) })

  it('are for the holder of the token alone', async () => {
    expect((await ask(world)).status).toBe(401)
    expect((await ask(world, `Bearer ${TOKEN}x`)).status).toBe(401)
    expect((await ask(world, `Basic ${TOKEN}`)).status).toBe(401)
    const answer = await ask(world, `Bearer ${TOKEN}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  })

  it('count the bells, the answers to them, and the mail they brought', async () => {
    const text = await eventually(
      () => scraped(world), // a pass ends a moment after its mail is there
      (page) => (valueOf(page, 'pass_seconds_count') ?? 0) >= 2,
    )
    expect(valueOf(text, 'notifications_total{outcome="accepted"}')).toBeGreaterThan(0)
    expect(valueOf(text, 'acknowledgement_seconds_count{status="202"}')).toBeGreaterThan(0)
    expect(valueOf(text, 'messages_total{verdict="stored"}')).toBe(HISTORY + 1)
    expect(valueOf(text, 'new_emails_total')).toBe(HISTORY + 1)
    expect(valueOf(text, 'page_messages_sum')).toBeGreaterThanOrEqual(HISTORY + 1)
  })

  it('measure the delay of new mail, and not that of history', async () => {
    const text = await scraped(world)
    expect(valueOf(text, 'message_delay_seconds_count{part="ours"}')).toBe(1)
    expect(valueOf(text, 'message_delay_seconds_count{part="provider"}')).toBe(1)
  })

  it('count the requests to Graph by what they were for', async () => {
    const text = await scraped(world)
    const asked = world.graph.requests.count({ path: '/messages/delta' })
    const counted = valueOf(text, 'graph_requests_total{operation="delta",outcome="200"}')
    expect(counted).toBe(asked)
    expect(valueOf(text, 'graph_requests_total{operation="subscribe",outcome="201"}')).toBe(1)
    expect(valueOf(text, 'graph_request_seconds_count{operation="delta"}')).toBe(counted)
  })

  it('show how the mailboxes are at the moment of asking', async () => {
    const text = await scraped(world)
    expect(valueOf(text, 'store_up')).toBe(1)
    expect(valueOf(text, 'mailboxes{light="green"}')).toBe(1)
    expect(valueOf(text, 'mailboxes{light="red"}')).toBe(0)
    expect(valueOf(text, 'folders{state="watched"}')).toBe(1)
    expect(valueOf(text, 'folders{state="failing"}')).toBe(0)
    expect(valueOf(text, 'subscriptions{state="alive"}')).toBe(1)
    expect(valueOf(text, 'reconciles_total{result="equal"}')).toBeGreaterThan(0)
    expect(valueOf(text, 'instances')).toBe(1)
  })

  it('tell of the process, too', async () => {
    expect(await scraped(world)).toMatch(/^process_resident_memory_bytes \d+/m)
  })

  it('come out though the database is gone, and say so', async () => {
    await world.service.context.db.close()
    const text = await scraped(world)
    expect(valueOf(text, 'store_up')).toBe(0)
    expect(valueOf(text, 'mailboxes{light="green"}')).toBeUndefined()
    expect(valueOf(text, 'messages_total{verdict="stored"}')).toBe(HISTORY + 1)
  })
})

describe('a service without a token for metrics', () => {
  it('has no such page', async () => {
    await using world = await startWorld()
    expect((await ask(world, 'Bearer ')).status).toBe(404)
    expect((await ask(world, 'Bearer null')).status).toBe(404)
  })
})

describe('the list of metrics', () => {
  const ours = async () => {
    const all = await new Metrics({ token: null }).registry.getMetricsAsJSON()
    return all.map(({ name }) => name)
  }

  it('is the one in the documentation', async () => {
    const table = readFileSync('docs/operations.md', 'utf8')
    const documented = [...table.matchAll(/^\| `(flowcrm_\w+)/gm)].map(([, name]) => name)
    expect(documented.toSorted()).toEqual((await ours()).toSorted())
  })
})
