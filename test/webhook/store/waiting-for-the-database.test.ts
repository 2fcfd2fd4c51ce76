import { createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from '@jest/globals'
import { VirtualClock } from '../../../sandbox/clock.ts'
import { DatabaseServer } from '../../../sandbox/database/server.ts'
import { lineOf, startProcess } from '../../../sandbox/processes.ts'
import { bundled } from '../../support/programs.ts'
import { freePort } from '../../../sandbox/world.ts'
import { realClock } from '../../../webhook/clock.ts'
import { MINUTE, SECOND } from '../../../webhook/duration.ts'
import { openDatabase, type Patience } from '../../../webhook/store/database.ts'
import { isStoreDown } from '../../../webhook/store/store-down.ts'

const cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0)) await step()
})

const urlAt = (port: number) => `mongodb://127.0.0.1:${port}/late`

/** Takes connections and never says a word. */
async function aDeafServer(): Promise<number> {
  const sockets: Socket[] = []
  const server = createServer((socket) => void sockets.push(socket))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  cleanUp.push(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise((closed) => server.close(closed))
  })
  return (server.address() as AddressInfo).port
}

const patience = (over: Partial<Patience> = {}): Patience => ({
  ...{ ms: MINUTE, clock: realClock, signal: new AbortController().signal },
  onWait: () => undefined,
  ...over,
})

describe('a database that is down at the start', () => {
  it('is waited for, with a word about how long still, and used when it comes', async () => {
    const port = await freePort()
    const waits: number[] = []
    const onWait = ({ leftMs }: { leftMs: number }) => {
      if (waits.push(leftMs) > 1) return
      void DatabaseServer.start({ port }).then((server) =>
        cleanUp.push(() => server[Symbol.asyncDispose]()),
      )
    }
    const db = await openDatabase(urlAt(port), patience({ onWait }))
    expect(db.readyState).toBe(1)
    expect(waits[0]).toBeLessThanOrEqual(MINUTE - SECOND)
    await db.close()
  })

  it('is given up when the patience has run out', async () => {
    const clock = new VirtualClock()
    const waits: number[] = []
    const onWait = ({ leftMs }: { leftMs: number }) => {
      waits.push(leftMs)
      setImmediate(() => void clock.advance(MINUTE))
    }
    const opening = openDatabase(urlAt(await freePort()), patience({ clock, onWait }))
    await expect(opening.catch(isStoreDown)).resolves.toBe(true)
    expect(waits).toEqual([MINUTE])
  })

  it('is not waited for by who has no patience', async () => {
    await expect(openDatabase(urlAt(await freePort())).catch(isStoreDown)).resolves.toBe(true)
  })
})

describe('waiting for a database that takes connections and does not answer', () => {
  it('ends at once when the service is told to stop', async () => {
    const told = new AbortController()
    const opening = openDatabase(urlAt(await aDeafServer()), patience({ signal: told.signal }))
    setTimeout(() => told.abort(), 100)
    const began = Date.now()
    await expect(opening).rejects.toThrow()
    expect(Date.now() - began).toBeLessThan(5 * SECOND)
  })

  it('ends well on SIGTERM, and the log says what is waited for', async () => {
    const env = {
      ...{ MONGODB_URL: urlAt(await aDeafServer()), PORT: '0', ADDIN_PORT: '0' },
      ...{ PUBLIC_URL: 'https://crm.example.com', ADDIN_URL: 'https://addin.example.com' },
      ...{ CLIENT_ID: '00000000-0000-0000-0000-000000000000', CLIENT_SECRET: 'none' },
      ROOT_KEY: Buffer.alloc(32, 1).toString('base64'),
    }
    const service = startProcess(await bundled('webhook/main.ts'), { env })
    const ended = new Promise((resolve) => service.once('exit', resolve))
    await lineOf(service, /"secondsLeft":\d+.*the database does not answer; waiting for it/)
    service.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
})
