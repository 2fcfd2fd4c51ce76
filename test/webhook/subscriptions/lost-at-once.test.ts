import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { NEVER } from '../../../models/folder.ts'
import type { Subscription } from '../../../models/subscription.ts'
import { DAY, SECOND } from '../../../webhook/duration.ts'
import { aNewMailbox, aSubscription } from '../../support/builders.ts'
import { untilTheEnd } from '../provider/graph/graphs.ts'
import { mostWithin } from './most-within.ts'
import { aSubscriber, type Subscriber } from './a-subscriber.ts'

/** Reliability C6 asks for 30,000; `SUBSCRIPTIONS` sets it. */
const SUBSCRIPTIONS = Number(process.env['SUBSCRIPTIONS'] ?? 120)
const FOLDERS_OF_A_MAILBOX = 100
/** Graph's own limit (graph-contract 6.1), and the span that it is for. */
const WRITES = { most: 500, inMs: 20 * SECOND }
/** Folders come again so often once the first ones are made. */
const TURNS_PER_SECOND = 15

describe(`${SUBSCRIPTIONS} subscriptions of one tenant, lost in one moment,`, () => {
  let box: Subscriber
  /** Graph has none of them any more, and nobody knows that yet. */
  const lost: Subscription[] = []
  beforeAll(async () => {
    box = await aSubscriber()
    for (let number = 0; lost.length < SUBSCRIPTIONS; number++) await mailboxOf(number)
    for (let claimed; (claimed = await box.queue.claim());)
      await box.queue.finish(claimed.lease, NEVER) // they have been read
  }, 3_600_000)
  afterAll(() => box[Symbol.asyncDispose]())

  /** One more mailbox of that tenant, with watched folders. */
  async function mailboxOf(number: number): Promise<void> {
    const { graph, mailboxes, folders, clock } = box
    const providerUserId = `0a000000-0000-4000-8000-${String(number).padStart(12, '0')}`
    const address = `person-${number}@flow.example`
    graph.mailboxes.addMailbox({ userId: providerUserId, address, displayName: address })
    const { _id: mailboxId, workspaceId } = await mailboxes.connect(
      aNewMailbox({ providerUserId, address, ownerUserId: providerUserId }),
    )
    const most = Math.min(FOLDERS_OF_A_MAILBOX, SUBSCRIPTIONS - lost.length)
    for (let n = 0; n < most; n++) {
      const displayName = `Folder ${n}`
      const { id } = graph.mailboxes.addFolder(providerUserId, 'msgfolderroot', displayName)
      const folderId = await folders.watch(
        { workspaceId, mailboxId, providerFolderId: id, displayName, totalItemCount: 0 },
        clock.now(),
      )
      const _id = `subscription-${lost.length}`
      const expiresAt = new Date(clock.now().getTime() + DAY)
      const names = { _id, workspaceId, mailboxId, folderId, providerUserId }
      const subscription = aSubscription({ ...names, renewAt: expiresAt, expiresAt })
      await box.subscriptionStore.create(subscription)
      lost.push(subscription)
    }
  }

  /** What folders' passes do about subscriptions, until each rings. Answers with how long passes stood and waited, in ms. */
  async function untilAllRing(): Promise<number> {
    const { queue, mailboxes, clock, subscriptions } = box
    let stoodMs = 0
    for (let ringing = 0; ringing < SUBSCRIPTIONS;) {
      const claimed = await queue.claim()
      if (!claimed) {
        await clock.advance(SECOND / 10)
        continue
      }
      const { folder, lease } = claimed
      const mailbox = await mailboxes.find(folder.mailboxId)
      const from = clock.now().getTime()
      const state = await box.inTurn(subscriptions.ensure(folder, mailbox!, untilTheEnd))
      stoodMs += clock.now().getTime() - from
      await queue.finish(lease, subscriptions.turnOf(folder) ?? NEVER)
      if (state === 'alive') ringing++
    }
    return stoodMs
  }

  it('are made again as fast as Graph lets them be and never faster, and no pass stands and waits for that', async () => {
    const { graph, clock } = box
    await box.subscriptions.forget(lost)
    await box.queue.ring(lost.map(({ folderId }) => folderId))
    const from = clock.now().getTime()
    const stoodMs = await untilAllRing()

    expect(graph.subscriptions.all()).toHaveLength(SUBSCRIPTIONS)
    const writes = graph.requests.find({ path: '/subscriptions' })
    expect(writes.filter(({ throttled }) => throttled)).toEqual([])
    expect(writes).toHaveLength(SUBSCRIPTIONS)
    const times = writes.map(({ at }) => at.getTime())
    expect(mostWithin(times, WRITES.inMs)).toBeLessThanOrEqual(WRITES.most)
    const tookMs = clock.now().getTime() - from
    expect(tookMs).toBeLessThan((SUBSCRIPTIONS / TURNS_PER_SECOND + 5) * SECOND)
    expect(stoodMs).toBeLessThan(5 * SECOND)
    if (SUBSCRIPTIONS >= 1_000)
      process.stdout.write(`all ${SUBSCRIPTIONS} in ${tookMs} ms, passes stood ${stoodMs} ms\n`)
  }, 3_600_000)
})
