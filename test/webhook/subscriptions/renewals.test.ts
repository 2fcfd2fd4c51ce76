import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { subscriptionModel } from '../../../models/subscription.ts'
import { Random } from '../../../sandbox/random.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../webhook/duration.ts'
import {
  firstRenewalAt,
  nextRenewalAt,
} from '../../../webhook/subscriptions/decide/renewal-time.ts'
import { aSubscriber, type Subscriber } from './a-subscriber.ts'

describe('a renewal', () => {
  let box: Subscriber
  let inbox: string
  beforeEach(async () => {
    box = await aSubscriber()
    inbox = await box.watch('inbox')
  })
  afterEach(() => box[Symbol.asyncDispose]())
  const graphs = () => box.graph.subscriptions.all()

  it('comes at two thirds of the life that was granted, and not before', async () => {
    box.graph.knobs.subscriptions.maxMinutes = 600
    box.graph.knobs.subscriptions.tooLong = 'shorten'
    await box.ensure(inbox)
    const first = await box.record(inbox)
    await box.clock.advance(400 * MINUTE - 1)
    await box.renewDue()
    expect(await box.record(inbox)).toEqual(first)
    await box.clock.advance(1)
    await box.renewDue()
    expect((await box.record(inbox))?.expiresAt).toEqual(
      new Date(box.clock.now().getTime() + 600 * MINUTE),
    )
    expect(graphs()[0]?.expiresAt).toEqual((await box.record(inbox))?.expiresAt)
  })

  it('is asked for once when ten instances look at the same time', async () => {
    await box.ensure(inbox)
    await box.clock.advance(50 * HOUR)
    box.graph.requests.clear()
    await Promise.all(Array.from({ length: 10 }, () => box.renewDue(box.another())))
    expect(box.asked('PATCH')).toBe(1)
  })

  it('of one that Graph has lost asks the folder what was missed', async () => {
    await box.ensure(inbox)
    const [lost] = graphs()
    box.graph.subscriptions.remove(lost!.id)
    await box.clock.advance(50 * HOUR)
    await box.renewDue()
    expect(await box.bellsOf(inbox)).toBe(1)
    expect(await box.ensure(inbox)).toBe('alive')
    expect(graphs().map(({ id }) => id)).toEqual([(await box.record(inbox))?._id])
  })

  it('that fails is tried again in five minutes', async () => {
    await box.ensure(inbox)
    await box.clock.advance(50 * HOUR)
    box.graph.desk.failRequests(403, 2, { method: 'PATCH' })
    const before = await box.record(inbox)
    await box.renewDue()
    await box.renewDue()
    expect((await box.record(inbox))?.expiresAt).toEqual(before?.expiresAt)
    await box.clock.advance(5 * MINUTE)
    await box.renewDue()
    expect((await box.record(inbox))?.expiresAt).not.toEqual(before?.expiresAt)
  })

  it.each([401, 403])('that is refused (%d) leaves that to the folder’s pass', async (status) => {
    await box.ensure(inbox)
    await box.clock.advance(50 * HOUR)
    box.graph.desk.failRequests(status, 9, { method: 'PATCH' })
    await box.renewDue()
    expect(await box.bellsOf(inbox)).toBe(1)
  })

  it('that is refused for its credential is the only one that its mailbox asks for', async () => {
    const sent = await box.watch('sentitems')
    for (const folder of [inbox, sent]) await box.ensure(folder)
    await box.clock.advance(50 * HOUR)
    box.graph.desk.failRequests(401, 9, { method: 'PATCH' })
    await box.renewDue()
    expect(box.asked('PATCH')).toBe(2) // with the token it had, and with a fresh one
    expect((await box.bellsOf(inbox)) + (await box.bellsOf(sent))).toBe(1)
    box.graph.desk.clear()
    await box.clock.advance(5 * MINUTE)
    await box.renewDue()
    expect(box.asked('PATCH')).toBe(4)
  })

  it('is not asked for while the mailbox is not connected, and at once after it is', async () => {
    const trouble = { action: 'reconnect' as const, code: 'AADSTS50173', since: box.clock.now() }
    await box.ensure(inbox)
    const { _id } = await box.mailbox()
    const { mailboxes } = box
    await box.db.model('Mailbox').updateOne({ _id }, { status: 'reconnect-needed', trouble })
    await box.clock.advance(50 * HOUR)
    box.graph.requests.clear()
    await box.renewDue()
    await box.clock.advance(HOUR)
    await box.renewDue()
    expect(box.graph.requests.count()).toBe(0)
    await mailboxes.connect(await box.mailbox())
    await box.subscriptions.renewSoonOf(_id)
    await box.renewDue()
    expect(box.asked('PATCH')).toBe(1)
  })

  it('of a folder that nobody watches any more ends the subscription instead', async () => {
    await box.ensure(inbox)
    await box.folders.unwatch(inbox)
    await box.clock.advance(50 * HOUR)
    box.graph.requests.clear()
    await box.renewDue()
    expect([await box.record(inbox), graphs()]).toEqual([null, []])
    expect(box.asked('PATCH')).toBe(0)
  })

  it('that comes after the end of its life forgets it and rings', async () => {
    await box.ensure(inbox)
    await box.clock.advance(73 * HOUR)
    await box.renewDue()
    expect(await box.record(inbox)).toBeNull()
    expect(await box.bellsOf(inbox)).toBe(1)
  })

  it('of one that is thirty days old makes room for a new secret', async () => {
    await box.ensure(inbox)
    const record = (await box.record(inbox))!
    const longAgo = new Date(record.createdAt.getTime() - 30 * DAY)
    await subscriptionModel(box.db).updateOne({ _id: record._id }, { createdAt: longAgo })
    const secret = graphs()[0]?.clientState
    await box.clock.advance(50 * HOUR)
    await box.renewDue()
    expect(graphs()).toEqual([])
    expect(await box.bellsOf(inbox)).toBe(1)
    await box.ensure(inbox)
    expect(graphs()).toHaveLength(1)
    expect(graphs()[0]?.clientState).not.toBe(secret)
  })

  it.each(['renewal-postponed', 'renewal-granted'])(
    'that dies at %s is made good by the next',
    async (where) => {
      await box.ensure(inbox)
      await box.clock.advance(50 * HOUR)
      const dying = box.another({
        crash: (point) => {
          if (point === where) throw new Error('killed')
        },
      })
      await expect(box.renewDue(dying)).rejects.toThrow('killed')
      await box.clock.advance(5 * MINUTE)
      await box.renewDue()
      expect((await box.record(inbox))?.expiresAt).toEqual(graphs()[0]?.expiresAt)
      expect((await box.record(inbox))?.renewedAt).toEqual(box.clock.now())
    },
  )
})

describe('an authorization that is to be renewed', () => {
  let box: Subscriber
  let inbox: string
  beforeEach(async () => {
    box = await aSubscriber()
    inbox = await box.watch('inbox')
    await box.ensure(inbox)
    await box.clock.advance(HOUR)
    box.graph.requests.clear()
  })
  afterEach(() => box[Symbol.asyncDispose]())

  const wished = async () => box.subscriptions.renewSoon([(await box.record(inbox))!])

  it('is renewed by one PATCH, however often that is wished for', async () => {
    for (let wish = 0; wish < 20; wish++) {
      await wished()
      await box.renewDue()
      await box.clock.advance(2 * SECOND)
    }
    expect(box.asked('PATCH')).toBe(1)
    await box.clock.advance(MINUTE)
    await wished()
    await box.renewDue()
    expect(box.asked('PATCH')).toBe(2)
  })

  it('is never renewed the other way, so the two are never too close', async () => {
    await wished()
    await box.renewDue()
    expect(box.graph.requests.count({ path: /reauthorize/i })).toBe(0)
    expect(box.graph.subscriptions.tooCloseRenewals).toEqual([])
  })

  it('is renewed by the folder’s next pass before it asks what changed', async () => {
    await wished()
    expect(await box.ensure(inbox)).toBe('alive')
    await box.renewDue()
    expect(box.asked('PATCH')).toBe(1)
  })

  it('counts for nothing until it is renewed: the folder is asked more often', async () => {
    await box.ensure(inbox)
    box.graph.desk.failRequests(503, 99, { method: 'PATCH' })
    await wished()
    expect([await box.ensure(inbox), await box.ensure(inbox)]).toEqual(['refused', 'refused'])
    box.graph.desk.clear()
    await box.clock.advance(5 * MINUTE)
    expect(await box.ensure(inbox)).toBe('alive')
  })

  it('costs no look at the mail when it is answered in time, and one when it fails and when it is late', async () => {
    const bells = async () => (await box.folders.find(inbox.toString()))?.dirtySeq
    const before = await bells()
    await wished()
    await box.renewDue()
    expect(await bells()).toBe(before)

    await box.clock.advance(HOUR)
    box.graph.desk.failRequests(503, 99, { method: 'PATCH' })
    await wished()
    await box.renewDue()
    expect(await bells()).toBe((before ?? 0) + 1)
    box.graph.desk.clear()
    await box.clock.advance(10 * MINUTE)
    await box.renewDue()
    expect(await bells()).toBe((before ?? 0) + 2)
  })

  it('just after it was renewed is renewed again a minute later', async () => {
    await wished()
    await box.ensure(inbox)
    await wished()
    expect(await box.ensure(inbox)).toBe('refused')
    await box.clock.advance(MINUTE)
    expect(await box.ensure(inbox)).toBe('alive')
    expect(box.asked('PATCH')).toBe(2)
  })

  it('of a subscription that Graph has lost makes a new one', async () => {
    const [lost] = box.graph.subscriptions.all()
    box.graph.subscriptions.remove(lost!.id)
    await wished()
    expect(await box.ensure(inbox)).toBe('alive')
    expect(box.graph.subscriptions.all().map(({ id }) => id)).not.toContain(lost!.id)
  })

  it('that is refused is not asked for at every wish', async () => {
    box.graph.desk.failRequests(403, 99, { method: 'PATCH' })
    for (let wish = 0; wish < 20; wish++) {
      await wished()
      await box.renewDue()
      await box.clock.advance(10 * SECOND)
    }
    expect(box.asked('PATCH')).toBe(2) // one try, with the token it had and with a fresh one
  })
})

describe('the renewals of many subscriptions', () => {
  it('made in one hour are never more than twice the mean, in any hour of thirty days, and none is late', () => {
    const random = new Random(3)
    const next = () => random.next()
    const lifeMs = 4_230 * MINUTE
    const lifeFrom = (from: Date) => ({ from, expiresAt: new Date(from.getTime() + lifeMs) })
    const hours = Array.from({ length: 30 * 24 }, () => 0)
    const subscriptions = 10_000
    let late = 0
    for (let n = 0; n < subscriptions; n++) {
      let life = lifeFrom(new Date(random.next() * HOUR))
      let at = firstRenewalAt(life, next)
      while (at.getTime() < 30 * DAY) {
        hours[Math.floor(at.getTime() / HOUR)]!++
        if (at >= life.expiresAt) late++
        life = lifeFrom(at)
        at = nextRenewalAt(life, next)
      }
    }
    const mean = subscriptions / ((2 / 3) * (lifeMs / HOUR))
    expect(Math.max(...hours)).toBeLessThan(2 * mean)
    expect(late).toBe(0)
  })

  it('come between a sixth and two thirds of the first life, and within a tenth of two thirds later', () => {
    const life = { from: new Date(0), expiresAt: new Date(900) }
    const [least, most] = [() => 0, () => 0.999_999]
    expect([firstRenewalAt(life, least), firstRenewalAt(life, most)].map(Number)).toEqual([
      600, 150,
    ])
    expect([nextRenewalAt(life, least), nextRenewalAt(life, most)].map(Number)).toEqual([540, 659])
  })
})
