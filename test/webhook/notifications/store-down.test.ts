import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { realClock } from '../../../webhook/clock.ts'
import { openDatabase } from '../../../webhook/store/database.ts'
import { SubscriptionStore } from '../../../webhook/store/subscription-store.ts'
import { FolderQueue } from '../../../webhook/queue/folder-queue.ts'
import { anItem, aReceiver, listening, type Receiver } from './a-receiver.ts'

let receiver: Receiver
let inbox: string
beforeEach(async () => {
  receiver = await aReceiver()
  inbox = await receiver.aSubscribedFolder('Inbox')
})
afterEach(() => receiver[Symbol.asyncDispose]())

const post = (url: string) =>
  fetch(`${url}/notifications`, {
    method: 'POST',
    body: JSON.stringify({ value: [anItem()] }),
    headers: { 'content-type': 'application/json' },
  })

/** A line to the database that can be cut, and mended. */
class Line {
  private server: Server | undefined
  private readonly sockets = new Set<Socket>()
  isDeaf = false

  constructor(private readonly target: URL) {}

  async open(port = 0): Promise<number> {
    this.server = createServer((near) => {
      const far = connect(Number(this.target.port), this.target.hostname)
      for (const socket of [near, far]) {
        this.sockets.add(socket)
        socket.on('error', () => undefined).on('close', () => (near.destroy(), far.destroy()))
      }
      near.on('data', (bytes) => void (this.isDeaf || far.write(bytes)))
      far.on('data', (bytes) => near.write(bytes))
    })
    await new Promise<void>((ready) => this.server?.listen(port, '127.0.0.1', ready))
    return (this.server?.address() as AddressInfo).port
  }

  async cut(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    await new Promise((closed) => this.server?.close(closed))
  }
}

/** The receiver on a database at the end of such a line. */
async function aReceiverOnALine() {
  const target = new URL(receiver.url)
  const line = new Line(target)
  const port = await line.open()
  const url = new URL(receiver.url)
  url.host = `127.0.0.1:${port}`
  const db = await openDatabase(url.href)
  const queue = new FolderQueue({ ...receiver, db, owner: 'x', coalesceMs: 0, leaseMs: 60_000 })
  const parts = {
    ...receiver.parts,
    clock: realClock,
    subscriptionStore: new SubscriptionStore(db),
    queue,
  }
  const server = await listening({ parts })
  return {
    ...{ line, port, url: server.url },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await db.close(true)
      await line.cut()
    },
  }
}

describe('while the database is down', () => {
  it('a notification is answered with 503 fast, and not taken', async () => {
    const server = await listening(receiver)
    expect((await post(server.url)).status).toBe(202)
    await receiver.db.close()
    const started = performance.now()
    const response = await post(server.url)
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(await response.json()).toMatchObject({ code: 'store-unavailable' })
    expect(performance.now() - started).toBeLessThan(1_000)
    await server[Symbol.asyncDispose]()
  })

  it('it is 503 within Graph’s patience when the line is cut, and 202 when it is mended', async () => {
    const cut = await aReceiverOnALine()
    expect((await post(cut.url)).status).toBe(202)
    await cut.line.cut()
    for (let attempt = 0; attempt < 3; attempt++) {
      const started = performance.now()
      expect((await post(cut.url)).status).toBe(503)
      expect(performance.now() - started).toBeLessThan(3_000)
    }
    expect(await receiver.bellsOf(inbox)).toBe(1)
    await cut.line.open(cut.port)
    let status = 503
    for (let attempt = 0; attempt < 20 && status === 503; attempt++)
      status = (await post(cut.url)).status
    expect(status).toBe(202)
    expect(await receiver.bellsOf(inbox)).toBe(2)
    await cut[Symbol.asyncDispose]()
  })

  it('it is 503 within Graph’s patience also when the database hears and says nothing', async () => {
    const deaf = await aReceiverOnALine()
    deaf.line.isDeaf = true
    const started = performance.now()
    expect((await post(deaf.url)).status).toBe(503)
    expect(performance.now() - started).toBeLessThan(3_000)
    await deaf[Symbol.asyncDispose]()
  })
})
