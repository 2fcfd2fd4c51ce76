import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { realClock } from '../../../webhook/clock.ts'
import { FolderQueue } from '../../../webhook/queue/folder-queue.ts'
import { SubscriptionStore } from '../../../webhook/store/subscription-store.ts'
import { anItem, aReceiver, listening, type TestReceiver } from './a-receiver.ts'
import { openTestDatabase } from '../../support/database.ts'
import { OwnTime } from '../../support/own-time.ts'

let box: TestReceiver
let inbox: string
beforeEach(async () => {
  box = await aReceiver()
  inbox = await box.aSubscribedFolder('Inbox')
})
afterEach(() => box[Symbol.asyncDispose]())

const post = (url: string) =>
  fetch(`${url}/notifications`, {
    method: 'POST',
    body: JSON.stringify({ value: [anItem()] }),
    headers: { 'content-type': 'application/json' },
  })

type Trouble = 'refused' | 'reset' | 'deaf' | 'slow'
const SLOW_MS = 5_000

/** A line to the database that can be cut, and mended. */
class Line {
  private server: Server | undefined
  private readonly sockets = new Set<Socket>()
  private readonly timers = new Set<NodeJS.Timeout>()
  private trouble: Trouble | null = null

  constructor(
    private readonly target: URL,
    private port = 0,
  ) {}

  async open(): Promise<number> {
    this.server = createServer((near) => {
      if (this.trouble === 'reset') return void near.resetAndDestroy()
      const far = connect(Number(this.target.port), this.target.hostname)
      for (const socket of [near, far]) {
        this.sockets.add(socket)
        socket.on('error', () => undefined).on('close', () => (near.destroy(), far.destroy()))
      }
      near.on('data', (bytes) => this.passOn(bytes, far))
      far.on('data', (bytes) => near.write(bytes))
    })
    await new Promise<void>((ready) => this.server?.listen(this.port, '127.0.0.1', ready))
    this.port = (this.server?.address() as AddressInfo).port
    return this.port
  }

  /** From now on. */
  async suffer(trouble: Trouble): Promise<void> {
    this.trouble = trouble
    if (trouble === 'refused' || trouble === 'reset') this.drop()
    if (trouble === 'refused') await new Promise((closed) => this.server?.close(closed))
  }

  async mend(): Promise<void> {
    const { trouble } = this
    this.trouble = null
    this.drop()
    if (trouble === 'refused') await this.open()
  }

  async close(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer)
    this.drop()
    await new Promise((closed) => this.server?.close(closed))
  }

  private passOn(bytes: Buffer, far: Socket): void {
    if (this.trouble === 'deaf') return
    if (this.trouble !== 'slow') return void far.write(bytes)
    const timer = setTimeout(() => far.writable && far.write(bytes), SLOW_MS)
    this.timers.add(timer)
  }

  private drop(): void {
    for (const socket of this.sockets) socket.destroy()
    this.sockets.clear()
  }
}

/** The receiver on a database at the end of such a line. */
async function aReceiverOnALine() {
  const line = new Line(new URL(box.url))
  const url = new URL(box.url)
  url.host = `127.0.0.1:${await line.open()}`
  const db = await openTestDatabase(url.href)
  const clock = realClock
  const queue = new FolderQueue({ db, clock, owner: 'x', coalesceMs: 0, leaseMs: 60_000 })
  const subscriptionStore = new SubscriptionStore(db)
  const server = await listening({ receiver: box.receiverOn({ clock, queue, subscriptionStore }) })
  return {
    ...{ line, url: server.url },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await db.close(true)
      await line.close()
    },
  }
}

describe('while the database is down', () => {
  it('a notification is answered with 503 at once, and not taken', async () => {
    const server = await listening(box)
    expect((await post(server.url)).status).toBe(202)
    await box.db.close()
    using time = new OwnTime()
    const started = time.now()
    const response = await post(server.url)
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(await response.json()).toMatchObject({ code: 'store-unavailable' })
    expect(time.now() - started).toBeLessThan(1_000)
    await server[Symbol.asyncDispose]()
  })

  it.each<Trouble>(['refused', 'reset', 'deaf', 'slow'])(
    'as it is %s, every answer is a quick 503, and it is 202 soon after it is back',
    async (trouble) => {
      const cut = await aReceiverOnALine()
      using time = new OwnTime()
      expect((await post(cut.url)).status).toBe(202)
      await cut.line.suffer(trouble)
      const tookMs: number[] = []
      const statuses = new Set<number>()
      for (let round = 0; round < 4; round++)
        await Promise.all(
          Array.from({ length: 50 }, async () => {
            const started = time.now()
            statuses.add((await post(cut.url)).status)
            tookMs.push(time.now() - started)
          }),
        )
      expect([...statuses]).toEqual([503])
      expect(Math.max(...tookMs)).toBeLessThan(2_000) // Graph counts 3 s; a busy machine needs room
      expect(await box.bellsOf(inbox)).toBe(1)
      await cut.line.mend()
      let status = 503
      for (let attempt = 0; attempt < 20 && status === 503; attempt++)
        status = (await post(cut.url)).status
      expect(status).toBe(202)
      expect(await box.bellsOf(inbox)).toBeGreaterThanOrEqual(2)
      await cut[Symbol.asyncDispose]()
    },
    30_000,
  )
})
