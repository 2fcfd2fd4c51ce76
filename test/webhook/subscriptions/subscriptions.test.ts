import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { DAY, HOUR, MINUTE } from '../../../webhook/duration.ts'
import { untilTheEnd } from '../provider/graph/graphs.ts'
import { aSubscriber, type Subscriber } from './a-subscriber.ts'

let box: Subscriber
let inbox: string
beforeEach(async () => {
  box = await aSubscriber()
  inbox = await box.watch('inbox')
})
afterEach(() => box[Symbol.asyncDispose]())

const graphs = () => box.graph.subscriptions.all()

describe('the subscription of a watched folder', () => {
  it('is made once, and its secret is kept as a hash alone', async () => {
    expect(await box.ensure(inbox)).toBe('alive')
    expect(await box.ensure(inbox)).toBe('alive')
    const [graphs1, ...others] = graphs()
    expect(others).toEqual([])
    const record = await box.record(inbox)
    expect(record).toMatchObject({ _id: graphs1?.id, expiresAt: graphs1?.expiresAt })
    expect(graphs1?.clientState).toHaveLength(43)
    expect(JSON.stringify(record)).not.toContain(graphs1?.clientState)
    expect(graphs1).toMatchObject({
      notificationUrl: expect.stringMatching(
        /^https:\/\/crm\.example\/webhooks\/graph\/notifications\?s=[\w-]{32}$/,
      ),
      lifecycleNotificationUrl: 'https://crm.example/webhooks/graph/lifecycle',
    })
  })

  it('is made anew when it has run out', async () => {
    await box.ensure(inbox)
    const first = await box.record(inbox)
    await box.clock.advance(72 * HOUR)
    expect(await box.ensure(inbox)).toBe('alive')
    expect((await box.record(inbox))?._id).not.toBe(first?._id)
    expect((await box.record(inbox))?.expiresAt.getTime()).toBeGreaterThan(
      box.clock.now().getTime(),
    )
  })

  it('that is refused says so, and is asked for again by the next pass', async () => {
    box.graph.desk.failRequests(403, 2, { path: '/subscriptions' }) // once more with a fresh token
    expect(await box.ensure(inbox)).toBe('refused')
    expect(await box.record(inbox)).toBeNull()
    expect(await box.ensure(inbox)).toBe('alive')
  })

  it('that is refused again and again is asked for less and less often, and at once after a reconnect', async () => {
    box.graph.desk.failRequests(403, 9_999, { path: '/subscriptions', method: 'POST' })
    const askedInHour = async () => {
      box.graph.requests.clear()
      for (let minute = 0; minute < 60; minute++) {
        expect(await box.ensure(inbox)).toBe('refused')
        await box.clock.advance(MINUTE)
      }
      return box.asked('POST') / 2 // each once more with a fresh token
    }
    expect(await askedInHour()).toBeLessThanOrEqual(6)
    expect(await askedInHour()).toBeLessThanOrEqual(2)
    box.graph.desk.clear()
    expect(await box.ensure(inbox)).toBe('refused')
    await box.subscriptions.renewSoonOf((await box.mailbox())._id)
    expect(await box.ensure(inbox)).toBe('alive')
  })

  it('that is refused for an hour is there half an hour later', async () => {
    box.graph.desk.failRequests(503, 9_999, { path: '/subscriptions', method: 'POST' })
    for (let minute = 0; minute < 60; minute++) {
      await box.ensure(inbox)
      await box.clock.advance(MINUTE)
    }
    box.graph.desk.clear()
    await box.clock.advance(30 * MINUTE)
    expect(await box.ensure(inbox)).toBe('alive')
  })

  it('is refused for the whole mailbox when the credential is', async () => {
    box.graph.desk.failRequests(401, 9, { path: '/subscriptions' })
    await expect(box.ensure(inbox)).rejects.toMatchObject({ retry: 'after-reconnect' })
  })

  it('ends with the watching, at Graph, too', async () => {
    await box.ensure(inbox)
    await box.subscriptions.end(inbox, await box.mailbox(), untilTheEnd)
    await box.subscriptions.end(inbox, await box.mailbox(), untilTheEnd)
    expect([await box.record(inbox), graphs()]).toEqual([null, []])
  })

  it('ends also when Graph no longer has it', async () => {
    await box.ensure(inbox)
    box.graph.desk.removeSubscription()
    await box.subscriptions.end(inbox, await box.mailbox(), untilTheEnd)
    expect(await box.record(inbox)).toBeNull()
  })

  it('whose ending Graph refuses is ended five minutes later', async () => {
    await box.ensure(inbox)
    await box.folders.unwatch(inbox)
    box.graph.desk.failRequests(503, 9, { method: 'DELETE' })
    const ending = box.subscriptions.end(inbox, await box.mailbox(), untilTheEnd)
    await box.clock.advance(2 * MINUTE)
    await ending
    box.graph.desk.clear()
    expect(await box.record(inbox)).not.toBeNull()
    await box.clock.advance(5 * MINUTE)
    await box.renewDue()
    expect([await box.record(inbox), graphs()]).toEqual([null, []])
  })

  it('is ended at once when the watching ended while it was being made', async () => {
    const unwatchedMeanwhile = box.another({
      crash: (point) => {
        if (point === 'subscription-granted') meanwhile = box.folders.unwatch(inbox)
      },
    })
    let meanwhile: Promise<unknown> | undefined
    expect(await box.ensure(inbox, unwatchedMeanwhile)).toBe('unwanted')
    await meanwhile
    expect([await box.record(inbox), graphs()]).toEqual([null, []])
  })

  it('of two workers that make it at the same time is one, and Graph has one', async () => {
    const states = await Promise.all([box.ensure(inbox), box.ensure(inbox, box.another())])
    expect(states).toEqual(['alive', 'alive'])
    expect(graphs()).toHaveLength(1)
    expect((await box.record(inbox))?._id).toBe(graphs()[0]?.id)
  })
})

describe('a mailbox that is asked at fixed times', () => {
  it('has no subscription, and an existing one is ended', async () => {
    await box.ensure(inbox)
    await box.settings({ pollEveryMinutes: 15 })
    expect(await box.ensure(inbox)).toBe('unwanted')
    expect([await box.record(inbox), graphs()]).toEqual([null, []])
    box.graph.requests.clear()
    expect(await box.ensure(inbox)).toBe('unwanted')
    expect(await box.check(inbox)).toBe('unwanted')
    expect(box.graph.requests.count()).toBe(0)
  })

  it('gets one again when it is to be told in real time again', async () => {
    await box.settings({ pollEveryMinutes: 5 })
    await box.ensure(inbox)
    await box.settings({ pollEveryMinutes: null })
    expect(await box.ensure(inbox)).toBe('alive')
  })
})

describe('the proof that a subscription is alive', () => {
  it('costs nothing within half an hour, and one renewal after it', async () => {
    await box.ensure(inbox)
    box.graph.requests.clear()
    await box.clock.advance(29 * MINUTE)
    expect(await box.check(inbox)).toBe('alive')
    expect(box.graph.requests.count()).toBe(0)
    await box.clock.advance(MINUTE)
    expect(await box.check(inbox)).toBe('alive')
    expect(await box.check(inbox)).toBe('alive')
    expect(box.asked('PATCH')).toBe(1)
  })

  it('finds one that Graph lost without a word, makes a new one and rings', async () => {
    await box.ensure(inbox)
    const first = await box.record(inbox)
    box.graph.subscriptions.remove(first!._id)
    await box.clock.advance(DAY)
    expect(await box.check(inbox)).toBe('alive')
    expect(graphs()).toHaveLength(1)
    expect((await box.record(inbox))?._id).toBe(graphs()[0]?.id)
    expect(await box.bellsOf(inbox)).toBe(1)
  })

  it('makes one where there is none', async () => {
    expect(await box.check(inbox)).toBe('alive')
    expect(graphs()).toHaveLength(1)
  })

  it('does not count a renewal that failed', async () => {
    await box.ensure(inbox)
    await box.clock.advance(DAY)
    box.graph.desk.failRequests(403, 2, { method: 'PATCH' })
    await box.check(inbox)
    box.graph.requests.clear()
    await box.check(inbox)
    expect(box.asked('PATCH')).toBe(1)
  })

  it('replaces one whose secret is a month old', async () => {
    await box.ensure(inbox)
    for (let day = 0; day < 31; day++) {
      await box.clock.advance(DAY)
      expect(await box.check(inbox)).toBe('alive')
    }
    const [one, ...others] = graphs()
    expect(others).toEqual([])
    const record = await box.record(inbox)
    expect(record?._id).toBe(one?.id)
    expect(box.clock.now().getTime() - record!.createdAt.getTime()).toBe(DAY)
    expect(await box.bellsOf(inbox)).toBe(1)
  })
})
