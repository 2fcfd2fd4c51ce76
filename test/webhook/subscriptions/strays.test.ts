import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { DAY, HOUR, MINUTE } from '../../../webhook/duration.ts'
import { aSubscriber, type Subscriber } from './a-subscriber.ts'

let box: Subscriber
let inbox: string
beforeEach(async () => {
  box = await aSubscriber()
  inbox = await box.watch('inbox')
})
afterEach(() => box[Symbol.asyncDispose]())

const graphs = () => box.graph.subscriptions.all()
/** Graph has one for the inbox that nobody knows, as nobody watches the inbox any more. */
const orphan = async () => {
  const dying = box.another({
    crash: (point) => {
      if (point === 'subscription-granted') throw new Error('killed')
    },
  })
  await expect(box.ensure(inbox, dying)).rejects.toThrow('killed')
  await box.folders.unwatch(inbox)
}

describe('a subscription that no record knows', () => {
  it('is deleted at the second look, ten minutes after the first', async () => {
    await orphan()
    await box.clock.advance(DAY)
    await box.searchStrays()
    await box.searchStrays()
    expect(graphs()).toHaveLength(1)
    await box.clock.advance(10 * MINUTE - 1)
    await box.searchStrays()
    expect(graphs()).toHaveLength(1)
    await box.clock.advance(1)
    await box.searchStrays()
    expect(graphs()).toEqual([])
  })

  it('is kept when it was recorded between the two looks', async () => {
    await orphan()
    await box.clock.advance(DAY)
    await box.searchStrays()
    await box.folders.watch({ ...(await box.folder(inbox)), totalItemCount: 0 }, box.clock.now())
    await box.ensure(inbox)
    await box.clock.advance(10 * MINUTE)
    await box.searchStrays()
    await box.clock.advance(DAY)
    await box.searchStrays()
    expect(graphs().map(({ id }) => id)).toEqual([(await box.record(inbox))?._id])
  })

  it('is kept when it rings elsewhere: another installation may need it', async () => {
    const elsewhere = box.another({ publicUrl: 'https://test.crm.example' })
    await box.ensure(inbox, elsewhere)
    await box.subscriptionStore.remove(graphs()[0]!.id)
    for (let hour = 0; hour < 60; hour++) {
      await box.clock.advance(HOUR)
      await box.searchStrays()
    }
    expect(box.asked('GET')).toBeGreaterThan(0)
    expect(graphs()).toHaveLength(1)
  })

  it('is looked for once a day by one of ten instances', async () => {
    await box.ensure(inbox)
    box.graph.requests.clear()
    const instances = Array.from({ length: 10 }, () => box.another())
    for (let hour = 0; hour < 72; hour++) {
      await box.clock.advance(DAY / 24)
      await Promise.all(instances.map((instance) => box.searchStrays(instance)))
    }
    expect(box.asked('GET')).toBeLessThanOrEqual(4)
    expect(box.asked('GET')).toBeGreaterThanOrEqual(2)
  })

  it('is not looked for in a mailbox that is paused', async () => {
    await orphan()
    const by = { at: box.clock.now(), byName: 'Alice' }
    await box.mailboxes.pause((await box.mailbox())._id, by)
    await box.clock.advance(DAY)
    box.graph.requests.clear()
    await box.searchStrays()
    expect(box.graph.requests.count()).toBe(0)
  })

  it('is suspected anew when Graph refuses the list', async () => {
    await orphan()
    await box.clock.advance(DAY)
    box.graph.desk.failRequests(403, 2, { path: '/subscriptions', method: 'GET' })
    for (let look = 0; look < 3; look++) {
      await box.searchStrays()
      await box.clock.advance(10 * MINUTE)
    }
    expect(graphs()).toEqual([])
  })
})

describe('a record whose folder is not watched any more', () => {
  it('is ended with its subscription', async () => {
    await box.ensure(inbox)
    await box.folders.unwatch(inbox)
    await box.clock.advance(DAY)
    await box.searchStrays()
    expect([await box.record(inbox), graphs()]).toEqual([null, []])
  })
})
