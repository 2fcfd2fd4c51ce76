import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { HOUR } from '../../../webhook/duration.ts'
import { hashOfClientState } from '../../../webhook/subscriptions/secret.ts'
import { aSubscriber, type Subscriber } from './a-subscriber.ts'

let box: Subscriber
let inbox: string
beforeEach(async () => {
  box = await aSubscriber()
  inbox = await box.watch('inbox')
})
afterEach(() => box[Symbol.asyncDispose]())

const graphs = () => box.graph.subscriptions.all()
const dyingAt = (where: string) =>
  box.another({
    crash: (point) => {
      if (point === where) throw new Error('killed')
    },
  })

describe('a subscription whose making we did not survive', () => {
  it('is taken over: its secret is known, and its life is extended', async () => {
    await expect(box.ensure(inbox, dyingAt('subscription-granted'))).rejects.toThrow('killed')
    expect(await box.record(inbox)).toBeNull()
    const [orphan] = graphs()
    await box.clock.advance(HOUR)
    expect(await box.ensure(inbox)).toBe('alive')
    expect(graphs()).toHaveLength(1)
    const record = await box.record(inbox)
    expect(record?._id).toBe(orphan?.id)
    expect(record?.clientStateHash).toBe(hashOfClientState(orphan?.clientState ?? ''))
    expect(record?.expiresAt).toEqual(graphs()[0]?.expiresAt)
    expect(record?.renewedAt).toEqual(box.clock.now())
  })

  it.each(['subscription-asked', 'subscription-recorded', 'subscription-adopted'])(
    'whatever of it was done when it died at %s',
    async (where) => {
      await expect(box.ensure(inbox, dyingAt('subscription-granted'))).rejects.toThrow()
      await expect(box.ensure(inbox, dyingAt(where))).rejects.toThrow('killed')
      expect(await box.ensure(inbox)).toBe('alive')
      expect(graphs().map(({ id }) => id)).toEqual([(await box.record(inbox))?._id])
    },
  )

  it('is taken over by one of two workers', async () => {
    await expect(box.ensure(inbox, dyingAt('subscription-granted'))).rejects.toThrow('killed')
    const states = await Promise.all([box.ensure(inbox), box.ensure(inbox, box.another())])
    expect(states).toEqual(['alive', 'alive'])
    expect(graphs().map(({ id }) => id)).toEqual([(await box.record(inbox))?._id])
  })

  it('is taken over when another worker made it and has not recorded it yet', async () => {
    let overtaking: Promise<unknown> = Promise.resolve()
    const slow = box.another({
      crash: (point) => {
        if (point === 'subscription-granted') overtaking = box.ensure(inbox)
      },
    })
    expect(await box.ensure(inbox, slow)).toBe('alive')
    await overtaking
    expect(graphs().map(({ id }) => id)).toEqual([(await box.record(inbox))?._id])
  })

  it('is not taken over for another folder', async () => {
    await expect(box.ensure(inbox, dyingAt('subscription-granted'))).rejects.toThrow('killed')
    const sent = await box.watch('sentitems')
    expect(await box.ensure(sent)).toBe('alive')
    expect(await box.ensure(inbox)).toBe('alive')
    expect(graphs()).toHaveLength(2)
  })
})

describe('a subscription of the folder that we cannot use', () => {
  it('as it rings at an address of before, makes room for a new one', async () => {
    const moved = box.another({ publicUrl: 'https://old.example' })
    await box.ensure(inbox, moved)
    await box.subscriptionStore.remove(graphs()[0]!.id)
    expect(await box.ensure(inbox)).toBe('alive')
    expect(graphs()).toHaveLength(1)
    expect(graphs()[0]?.notificationUrl).toContain('https://crm.example/')
  })

  it('as its secret comes from another root key, makes room for a new one', async () => {
    const before = box.another({ rootKey: Buffer.alloc(32, 'the key of before') })
    await box.ensure(inbox, before)
    const [old] = graphs()
    await box.subscriptionStore.remove(old!.id)
    expect(await box.ensure(inbox)).toBe('alive')
    expect(graphs().map(({ id }) => id)).toEqual([(await box.record(inbox))?._id])
    expect(graphs()[0]?.id).not.toBe(old?.id)
  })

  it.each([
    'https://crm.example/webhooks/graph/notifications',
    'https://crm.example/webhooks/graph/notifications?s=',
    'https://crm.example/webhooks/graph/notifications?s=made-up-by-somebody-who-knows-no-key',
    'https://crm.example/webhooks/graph/notifications/other?s=x',
  ])('as it names no salt of ours, makes room for a new one: %s', async (notificationUrl) => {
    await box.ensure(inbox)
    const [made] = graphs()
    made!.notificationUrl = notificationUrl
    await box.subscriptionStore.remove(made!.id)
    expect(await box.ensure(inbox)).toBe('alive')
    expect(graphs().map(({ id }) => id)).toEqual([(await box.record(inbox))?._id])
    expect(graphs()[0]?.id).not.toBe(made?.id)
  })

  it('is left when the list of them cannot be had, and the folder is asked more often', async () => {
    await expect(box.ensure(inbox, dyingAt('subscription-granted'))).rejects.toThrow('killed')
    box.graph.desk.failRequests(403, 2, { path: '/subscriptions', method: 'GET' })
    expect(await box.ensure(inbox)).toBe('refused')
    expect(await box.ensure(inbox)).toBe('alive')
  })
})
