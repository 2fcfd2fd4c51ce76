import { afterEach, describe, expect, it } from '@jest/globals'
import { mongo } from 'mongoose'
import { NEVER } from '../../../models/folder.ts'
import { letPromisesRun } from '../../../sandbox/clock.ts'
import type { Post } from '../../../sandbox/graph/delivery/post.ts'
import { MINUTE, SECOND } from '../../../webhook/duration.ts'
import type { Receiver } from '../../../webhook/notifications/receiver.ts'
import { NotificationBatch, readBatch } from '../../../webhook/notifications/schema.ts'
import type { FolderQueue } from '../../../webhook/queue/folder-queue.ts'
import { ALICE, aFolderToWatch, aNewMailbox } from '../../support/builders.ts'
import { aMime, aTwin, untilTheEnd } from '../provider/graph/graphs.ts'
import { subscriptionsFor } from '../subscriptions/subscriptions-for.ts'
import { aReceiver } from './a-receiver.ts'

type Outage = 'refused' | 'hanging' | 'slow'
type Story = Awaited<ReturnType<typeof aStory>>

/** Mail arrives at the Graph twin, which rings at our receiver, whose database is out at times; all in virtual time. */
async function aStory() {
  const box = await aReceiver()
  const { clock } = box
  let outage: Outage | null = null
  let busy = 0
  const counted = async <T>(work: Promise<T>): Promise<T> => {
    busy++
    return work.finally(() => busy--)
  }
  const queue: Pick<FolderQueue, 'ring'> = {
    ring: async (folderIds) => {
      if (outage === 'refused') throw new mongo.MongoNetworkError('refused')
      if (outage === 'hanging') return new Promise(() => undefined)
      if (outage === 'slow') await clock.sleep(5 * SECOND)
      await counted(box.queue.ring(folderIds))
    },
  }
  const store = box.subscriptionStore
  const subscriptionStore = Object.assign(Object.create(store) as typeof store, {
    findMany: (ids: string[]) => counted(store.findMany(ids)),
  })
  const receiver: Receiver = box.receiverOn({ queue, subscriptionStore })
  const answers: { status: number; tookMs: number; outage: Outage | null }[] = []
  const post: Post = async (url, { body }) => {
    const token = new URL(url).searchParams.get('validationToken')
    if (token !== null) return { status: 200, contentType: 'text/plain', body: token }
    const during = outage
    const startedAt = clock.now().getTime()
    const batch = readBatch(NotificationBatch.parse(JSON.parse(body)))!
    const status = await receiver.take(batch).then(
      () => 202,
      () => 503,
    )
    answers.push({ status, tookMs: clock.now().getTime() - startedAt, outage: during })
    return { status, contentType: '', body: '' }
  }
  const { graph, providers, ...twin } = await aTwin({ post }, clock)
  const mailbox = await box.mailboxes.connect(aNewMailbox())
  const folderId = await box.folders.watch(
    aFolderToWatch({ mailboxId: mailbox._id, providerFolderId: twin.inbox }),
    clock.now(),
  )
  await subscriptionsFor({ ...box, providers }).ensure(
    (await box.folders.find(folderId))!,
    mailbox,
    untilTheEnd,
  )
  await box.queue.finish((await box.queue.claim())!.lease, NEVER)
  const settle = async () => {
    do await letPromisesRun()
    while (busy > 0)
  }
  return {
    ...{ box, graph, answers, folderId },
    pass: (ms: number) => clock.advance(ms, settle),
    fails: (how: Outage | null) => (outage = how),
    async [Symbol.asyncDispose]() {
      await twin[Symbol.asyncDispose]()
      await box[Symbol.asyncDispose]()
    },
  }
}

let story: Story
afterEach(() => story[Symbol.asyncDispose]())

describe.each<Outage>(['refused', 'hanging', 'slow'])('while the database is %s', (outage) => {
  it.each([1, 10, 60, 239])(
    'for %i minutes nothing is acknowledged, every answer is quick, and all of it rings afterwards',
    async (minutes) => {
      story = await aStory()
      const { graph, box, answers, folderId, pass } = story
      story.fails(outage)
      const mails = Math.min(minutes, 20)
      for (let n = 0; n < mails; n++) {
        await graph.mailboxes.deliver(ALICE, { mime: aMime(`Mail ${n}`) })
        await pass((minutes * MINUTE) / mails)
      }
      const refused = answers.filter((answer) => answer.outage !== null)
      expect(refused.length).toBeGreaterThan(0)
      expect(refused.filter(({ status }) => status !== 503)).toEqual([])
      expect(Math.max(...refused.map(({ tookMs }) => tookMs))).toBeLessThan(SECOND)
      if (outage !== 'slow') expect(await box.bellsOf(folderId)).toBe(0)

      story.fails(null)
      await pass(241 * MINUTE)
      expect(graph.notifications.losses).toEqual([])
      expect(graph.notifications.delivered()).toHaveLength(mails)
      expect(await box.bellsOf(folderId)).toBeGreaterThan(0)
      expect((await box.folders.find(folderId))!.dueAt.getTime()).toBeLessThanOrEqual(
        box.clock.now().getTime(),
      )
    },
  )
})
