import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { bulkMime } from '../../../sandbox/seed/bulk.ts'
import { people } from '../../../sandbox/sign-in/directory.ts'
import type { Browserless } from '../../../sandbox/browserless.ts'
import { DAY, SECOND } from '../../../webhook/duration.ts'
import { aTerminal } from './a-terminal.ts'
import {
  connectAndWatch,
  emailsOf,
  eventually,
  mailboxOf,
  startWorld,
} from '../../support/world.ts'

const ALICE = people.alice.mail

type World = Awaited<ReturnType<typeof startWorld>>

let world: World
let browser: Browserless
let flowcrm: ReturnType<typeof aTerminal>

beforeAll(async () => {
  world = await startWorld()
  await deliver(0)
  ;({ browser } = await connectAndWatch(world, 'alice', ['Inbox', 'Sent Items']))
  await eventually(
    () => mailboxOf(browser),
    ({ light }) => light.colour === 'green',
  )
  flowcrm = aTerminal(world.environment)
})
afterAll(() => world[Symbol.asyncDispose]())

const deliver = (index: number) =>
  world.graph.mailboxes.deliver(ALICE, { mime: () => bulkMime(index, ALICE, new Date()) })
const collection = (name: string) => world.service.context.db.collection(name)
const storedMails = async () => (await emailsOf(browser)).total

describe('flowcrm pause and resume', () => {
  it('stop and go on reading, and new mail waits meanwhile', async () => {
    const paused = await flowcrm('pause', ALICE)
    expect(paused).toMatchObject({ exit: 0, err: '' })
    expect(paused.out).toMatch(/paused .* by the operator \(flowcrm\)/)
    await deliver(1)
    const asked = await flowcrm('sync', ALICE, '--wait')
    expect(asked.exit).toBe(1)
    expect(asked.out).toMatch(/is paused: it is read again after flowcrm resume/)
    expect(await storedMails()).toBe(1)

    expect((await flowcrm('resume', ALICE)).out).not.toMatch(/paused/)
    await eventually(storedMails, (total) => total === 2)
  })
})

describe('flowcrm sync', () => {
  it('brings what no notification announced, and shows progress until it is done', async () => {
    world.graph.desk.dropNotifications({ rate: 1 })
    await deliver(2)
    const { exit, out, err } = await flowcrm('sync', ALICE, '--wait')
    expect(exit).toBe(0)
    expect(out).toMatch(/^Done\./)
    expect(err).toMatch(/Inbox +up to date/)
    expect(await storedMails()).toBe(3)
  })

  it('asks one folder alone when told so', async () => {
    const before = await collection('folders').find().toArray()
    expect((await flowcrm('sync', ALICE, '--folder', 'inbox', '--wait', '--json')).exit).toBe(0)
    const after = await collection('folders').find().toArray()
    const rung = after.filter(({ dirtySeq }, at) => dirtySeq !== before[at]?.['dirtySeq'])
    const named = await world.service.context.folders.findMany(rung.map(({ _id }) => String(_id)))
    expect(named.map(({ displayName }) => displayName)).toEqual(['Inbox'])
  })

  it('names the folders that are watched when there is no such one', async () => {
    const { exit, err } = await flowcrm('sync', ALICE, '--folder', 'Drafts')
    expect(exit).toBe(2)
    expect(err).toMatch(/Watched are: Inbox, Sent Items\./)
  })
})

describe('a wait that is too long', () => {
  it('ends when its time is over, and says that the work goes on', async () => {
    const nextYear = new Date(Date.now() + 365 * DAY)
    await collection('folders').updateMany({}, { $set: { 'lease.until': nextYear } })
    for (const command of ['sync', 'reconcile']) {
      const began = Date.now()
      const { exit, out } = await flowcrm(command, ALICE, '--wait', '--at-most', '0.02')
      expect(Date.now() - began).toBeLessThan(10 * SECOND)
      expect(exit).toBe(1)
      expect(out).toMatch(
        /^Not done within 1 second, and no longer waited for\. Running instances go on/,
      )
    }
    await collection('folders').updateMany({}, { $set: { 'lease.until': new Date(0) } })
    expect((await flowcrm('sync', ALICE, '--wait')).exit).toBe(0)
  })

  it.each(['0', '-1', 'long', ''])('is not asked for by "%s" minutes', async (minutes) => {
    const { exit, err } = await flowcrm('sync', ALICE, '--wait', '--at-most', minutes)
    expect([exit, err]).toEqual([2, '--at-most takes a number of minutes, such as 5.\n'])
  })
})

describe('flowcrm reconcile', () => {
  it('finds a lost e-mail, mends it, and says so', async () => {
    await collection('emails').deleteOne({})
    const { exit, err } = await flowcrm('reconcile', ALICE, '--wait')
    expect(err).toMatch(/Inbox +equal: 3 messages, 1 mended/)
    expect(exit).toBe(0)
    expect(await storedMails()).toBe(3)
  })
})

describe('without a running instance', () => {
  it('the work is written down, and flowcrm says that nobody does it now', async () => {
    await world.service.stop()
    const outside = aTerminal(world.environment)
    const { MongoClient } = await import('mongodb')
    const client = await MongoClient.connect(world.mongodbUrl)
    await client.db().collection('instances').deleteMany({})
    await client.close()
    expect(await outside('sync', ALICE, '--wait')).toMatchObject({
      exit: 1,
      out: expect.stringMatching(/no instance of the service is awake/),
    })
    expect(await outside('status')).toMatchObject({
      exit: 1,
      out: expect.stringMatching(/^No instance of the service is awake/),
    })
  })
})
