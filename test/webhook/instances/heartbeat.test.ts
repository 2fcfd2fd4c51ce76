import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { DAY, HOUR, MINUTE, SECOND } from '../../../webhook/duration.ts'
import { Heartbeat } from '../../../webhook/instances/heartbeat.ts'
import { InstanceStore } from '../../../webhook/instances/instance-store.ts'
import { NEVER } from '../../../models/folder.ts'
import { aFolderToWatch } from '../../support/builders.ts'
import { openStores, type OpenStores } from '../store/open-stores.ts'

const EVERY_MS = 10 * SECOND

let stores: OpenStores
beforeAll(async () => void (stores = await openStores()))
beforeEach(() => stores.clear())
afterAll(() => stores[Symbol.asyncDispose]())

function anInstance(instanceId: string) {
  const outages: string[] = []
  const heartbeat = new Heartbeat({
    ...{ folders: stores.folders, instances: new InstanceStore(stores.db), clock: stores.clock },
    ...{ instanceId, housekeepingMs: EVERY_MS },
    onOutage: () => outages.push(instanceId),
  })
  return { heartbeat, outages }
}

/** A folder at rest: nothing is due. */
async function aRestingFolder(): Promise<string> {
  const folderId = await stores.folders.watch(aFolderToWatch(), stores.clock.now())
  const { lease } = (await stores.queue.claim())!
  await stores.queue.finish(lease, NEVER)
  expect(await stores.queue.claim()).toBeNull()
  return folderId
}

/** Beats for so long, as housekeeping does. */
async function beatFor(ms: number, ...heartbeats: Heartbeat[]): Promise<void> {
  for (let passed = 0; passed < ms; passed += EVERY_MS) {
    await stores.clock.advance(EVERY_MS)
    for (const heartbeat of heartbeats) await heartbeat.beat()
  }
}

const names = (found: { _id: string }[]) => found.map(({ _id }) => _id).sort()

describe('instances', () => {
  it('know of each other while they are awake, and soon when one is not', async () => {
    const [one, two] = [anInstance('one').heartbeat, anInstance('two').heartbeat]
    await one.beat()
    await two.beat()
    expect(names(await one.awake())).toEqual(['one', 'two'])
    expect(two.sharers).toBe(2)
    await beatFor(2 * MINUTE, one)
    expect(names(await one.awake())).toEqual(['one'])
    expect(one.sharers).toBe(1)
  })

  it('are forgotten a day after their last beat', async () => {
    const [one, two] = [anInstance('one').heartbeat, anInstance('two').heartbeat]
    await two.beat()
    await stores.clock.advance(DAY - HOUR)
    await one.beat()
    expect(await stores.db.collection('instances').countDocuments()).toBe(2)
    await stores.clock.advance(2 * HOUR)
    await one.beat()
    expect(
      names(await stores.db.collection<{ _id: string }>('instances').find().toArray()),
    ).toEqual(['one'])
  })
})

describe('the first to wake when nobody was awake', () => {
  it('has every watched folder looked at: what rang meanwhile was not heard', async () => {
    await anInstance('before').heartbeat.beat()
    const folderId = await aRestingFolder()
    await stores.clock.advance(10 * MINUTE)
    const { heartbeat, outages } = anInstance('after')
    await heartbeat.beat()
    expect(outages).toEqual(['after'])
    expect((await stores.queue.claim())?.folder._id).toBe(folderId)
  })

  it('leaves the folders alone that nobody watches any more', async () => {
    const folderId = await aRestingFolder()
    await stores.folders.unwatch(folderId)
    await anInstance('after').heartbeat.beat()
    expect(await stores.queue.claim()).toBeNull()
  })

  it('dies before its beat, and the next one still looks', async () => {
    const folderId = await aRestingFolder()
    const instances = new InstanceStore(stores.db)
    const dying = new Heartbeat({
      ...{ folders: stores.folders, clock: stores.clock, instanceId: 'dying' },
      instances: Object.assign(Object.create(instances) as InstanceStore, {
        beat: () => Promise.reject(new Error('killed')),
      }),
      housekeepingMs: EVERY_MS,
      onOutage: () => undefined,
    })
    await expect(dying.beat()).rejects.toThrow('killed')
    const { lease } = (await stores.queue.claim())!
    await stores.queue.finish(lease, NEVER)
    await anInstance('next').heartbeat.beat()
    expect((await stores.queue.claim())?.folder._id).toBe(folderId)
  })
})

describe('an instance that joins, or one that beats on', () => {
  it('disturbs no folder', async () => {
    const one = anInstance('one')
    await one.heartbeat.beat()
    await aRestingFolder()
    await beatFor(HOUR, one.heartbeat)
    await anInstance('two').heartbeat.beat()
    expect(one.outages).toEqual(['one'])
    expect(await stores.queue.claim()).toBeNull()
  })
})

describe('an instance that could not beat for long, as in an outage of the store', () => {
  it('has every watched folder looked at when it beats again', async () => {
    const { heartbeat, outages } = anInstance('one')
    await heartbeat.beat()
    const folderId = await aRestingFolder()
    await stores.clock.advance(5 * HOUR)
    await heartbeat.beat()
    expect(outages).toHaveLength(2)
    expect((await stores.queue.claim())?.folder._id).toBe(folderId)
  })
})
