import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { MINUTE, SECOND } from '../../../webhook/duration.ts'
import { LeaseLostError } from '../../../webhook/errors.ts'
import { aNewMailbox } from '../../support/builders.ts'
import { ALICE, fill } from '../provider/graph/graphs.ts'
import { LEASE_MS } from '../store/open-stores.ts'
import { aConnectedMailbox, type ConnectedMailbox } from './a-mailbox.ts'

let box: ConnectedMailbox
let inbox: string
beforeEach(async () => {
  box = await aConnectedMailbox()
  inbox = await box.watch('inbox')
  await fill(box.twin, 25)
})
afterEach(() => box[Symbol.asyncDispose]())

const DELTA = { path: 'delta' }
const claim = async () => (await box.queue.claim())!
const waitOf = async () => (await box.folder(inbox)).dueAt.getTime() - box.clock.now().getTime()

describe('a pass that fails', () => {
  it('comes again later and goes on at the page it had reached', async () => {
    let pages = 0
    const onApplied = () => {
      if (++pages === 2) box.graph.desk.failRequests(503, 1, DELTA)
    }
    await box.run(await claim(), undefined, { onApplied })
    expect(await box.storedEmails()).toHaveLength(20)
    expect(await box.folder(inbox)).toMatchObject({
      attempts: 1,
      lastErrorCode: 'provider-unavailable',
    })
    expect(await waitOf()).toBe(SECOND)
    box.graph.requests.clear()
    await box.clock.advance(SECOND)
    expect(await box.work()).toBe(1)
    expect(box.graph.requests.count(DELTA)).toBe(1)
    expect(await box.storedEmails()).toHaveLength(25)
    expect(await box.folder(inbox)).toMatchObject({ attempts: 0, lastErrorCode: null })
  })

  it('waits as long as a throttled mailbox must, and asks nothing meanwhile', async () => {
    box.graph.desk.throttle(ALICE, 120)
    await box.work()
    expect(await waitOf()).toBe(2 * MINUTE)
    expect(box.failures.map(({ errorCode }) => errorCode)).toEqual(['throttled'])
    box.graph.requests.clear()
    await box.clock.advance(2 * MINUTE - 1)
    expect(await box.work()).toBe(0)
    expect(box.graph.requests.count()).toBe(0)
  })

  it('does not fail the other folders', async () => {
    await box.clock.advance(SECOND)
    const archive = await box.watch('archive')
    await fill(box.twin, 2, 'archive')
    box.graph.desk.failRequests(500, 1, DELTA) // for Inbox, which is due longer
    await box.work()
    expect((await box.folder(inbox)).attempts).toBe(1)
    expect((await box.folder(archive)).proof?.equal).toBe(true)
  })
})

describe('an expired cursor', () => {
  it('starts the folder over, and nothing is stored twice', async () => {
    await box.work()
    box.graph.desk.killDeltaToken(ALICE)
    await box.ringAndWork(inbox)
    expect(await box.storedEmails()).toHaveLength(25)
    expect(await box.folder(inbox)).toMatchObject({ attempts: 0, lastErrorCode: null })
    expect(box.failures.map(({ errorCode }) => errorCode)).toEqual(['cursor-expired'])
  })

  it('is made good by a comparison: what was deleted meanwhile no cursor tells', async () => {
    await box.work()
    const proven = (await box.folder(inbox)).proof!.at
    const [first] = await box.accounts()
    box.graph.mailboxes.remove(ALICE, first!.messageId, { purge: true })
    box.graph.desk.killDeltaToken(ALICE)
    await box.ringAndWork(inbox)
    await box.clock.advance(SECOND)
    await box.work()
    expect(await box.ledger.byMessageId(box.mailbox._id, first!.messageId)).toMatchObject({
      ...{ state: 'gone', reason: 'deleted-in-mailbox' },
    })
    const { proof } = await box.folder(inbox)
    expect(proof).toMatchObject({ equal: true, mailboxCount: 24, repaired: 1 })
    expect(proof!.at > proven).toBe(true)
  })

  it('that expires again and again does not make us ask in a circle', async () => {
    box.graph.desk.failRequests(410, 1_000, DELTA)
    const passes = await box.work()
    expect(passes).toBe(2) // at once, then after a while
    expect(await waitOf()).toBe(2 * SECOND)
  })
})

describe('a refused credential', () => {
  it('stops the mailbox, asks nothing more and loses nothing until a reconnect', async () => {
    box.graph.desk.failRequests(401, 99)
    await box.work()
    expect(await box.mailboxes.find(box.mailbox._id)).toMatchObject({
      status: 'reconnect-needed',
      trouble: { action: 'reconnect' },
    })
    box.graph.requests.clear()
    await box.clock.advance(24 * 60 * MINUTE)
    await box.ringAndWork(inbox)
    expect(box.graph.requests.count()).toBe(0)
    box.graph.desk.clear()
    await box.mailboxes.connect(aNewMailbox())
    await box.folders.dueNow(box.mailbox._id, box.clock.now())
    await box.work()
    expect(await box.storedEmails()).toHaveLength(25)
  })

  it('does not undo a reconnect that comes at the same moment', async () => {
    box.graph.desk.failRequests(401, 99)
    const mailboxes = Object.create(box.mailboxes) as typeof box.mailboxes
    mailboxes.refused = async (mailbox, trouble, now) => {
      await box.mailboxes.refused(mailbox, trouble, now)
      box.graph.desk.clear()
      await box.mailboxes.connect(aNewMailbox())
      await box.folders.dueNow(mailbox._id, box.clock.now())
    }
    await box.work({ mailboxes })
    expect(await box.storedEmails()).toHaveLength(25)
  })
})

describe('a worker that is told to stop', () => {
  it('gives the folder back, so that another one goes on at once', async () => {
    const stop = new AbortController()
    await box.run(await claim(), stop.signal, { onApplied: () => stop.abort() })
    expect(await box.folder(inbox)).toMatchObject({ attempts: 0, lease: { owner: null } })
    expect(box.failures).toEqual([])
    expect(await box.work()).toBe(1)
    expect(await box.storedEmails()).toHaveLength(25)
  })
})

describe('a worker that was taken over', () => {
  it('writes its page in vain and leaves the folder to its successor', async () => {
    const sleeper = await claim()
    await box.clock.advance(LEASE_MS)
    const successor = (await box.queueOf('successor').claim())!
    await box.run(sleeper)
    expect(box.failures).toEqual([])
    expect(await box.folder(inbox)).toMatchObject({ cursor: null, lease: { owner: 'successor' } })
    await box.run(successor)
    expect(await box.storedEmails()).toHaveLength(25)
    await expect(box.queue.giveBack(sleeper.lease)).rejects.toThrow(LeaseLostError)
  })

  it('and its successor, both at once, store every mail once', async () => {
    const sleeper = await claim()
    await box.clock.advance(LEASE_MS)
    const successor = (await box.queueOf('successor').claim())!
    await Promise.all([box.run(sleeper), box.run(successor)])
    expect(await box.storedEmails()).toHaveLength(25)
    const sightings = (await box.storedEmails()).flatMap((email) => email.sightings)
    expect(sightings).toHaveLength(25)
    expect((await box.folder(inbox)).proof?.equal).toBe(true)
  })
})
