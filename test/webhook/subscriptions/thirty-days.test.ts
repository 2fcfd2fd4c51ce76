import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { NEVER } from '../../../models/folder.ts'
import { subscriptionModel } from '../../../models/subscription.ts'
import { Random } from '../../../sandbox/random.ts'
import { DAY, HOUR, MINUTE } from '../../../webhook/duration.ts'
import type { Subscriptions } from '../../../webhook/subscriptions/subscriptions.ts'
import { COALESCE_MS } from '../store/open-stores.ts'
import { aSubscriber, type Subscriber } from './a-subscriber.ts'

/** Reliability C6 asks for 30,000; `SUBSCRIPTIONS` sets it. */
const SUBSCRIPTIONS = Number(process.env['SUBSCRIPTIONS'] ?? 10)
const DAYS = 30
/** One in so many renewals is refused: two in a hundred. */
const RENEWALS_FOR_A_REFUSAL = 50
/** Graph has this many renewals for each subscription that it loses without a word. */
const RENEWALS_FOR_A_LOSS = 50

describe(`${SUBSCRIPTIONS} subscriptions in thirty days`, () => {
  const random = new Random(6)
  let box: Subscriber
  let folders: string[]
  let subscriptions: Subscriptions
  beforeAll(async () => {
    box = await aSubscriber()
    subscriptions = box.another({ random: () => random.next() })
    Object.assign(box.graph.knobs.subscriptions, { maxMinutes: 4_230, tooLong: 'shorten' })
    box.graph.knobs.subscriptions.maxPerMailbox = SUBSCRIPTIONS + 10
    const { providerUserId } = await box.mailbox()
    folders = []
    for (let n = 0; n < SUBSCRIPTIONS; n++) {
      const { id } = box.graph.mailboxes.addFolder(providerUserId, 'msgfolderroot', `Folder ${n}`)
      folders.push(await box.watch(id))
    }
  }, 3_600_000)
  afterAll(() => box[Symbol.asyncDispose]())

  let said = -1
  /** Thirty thousand take more than an hour. */
  function sayDay(day: number): void {
    if (SUBSCRIPTIONS >= 1_000 && day > said) process.stdout.write(`day ${day} of ${DAYS}\n`)
    said = Math.max(said, day)
  }

  /** As the folder's passes do: again when the mailbox's requests are used up for now. */
  async function subscribe(folder: string): Promise<void> {
    while ((await box.inTurn(box.ensure(folder, subscriptions))) !== 'alive')
      await box.clock.advance(MINUTE)
  }

  /** As the folders' passes do, which a bell makes due. */
  async function passOverRung(): Promise<string[]> {
    const rung: string[] = []
    for (let claimed; (claimed = await box.queue.claim());) {
      const { folder, lease } = claimed
      rung.push(folder._id)
      await box.inTurn(box.ensure(folder._id, subscriptions))
      await box.queue.finish(lease, subscriptions.turnOf(folder) ?? NEVER)
    }
    return rung
  }

  /** The lost ones (by their folder) that another one stands for. A refused renewal rings, too, and makes none. */
  async function strikeOut(lost: Map<string, string>, rung: string[]): Promise<void> {
    for (const folder of rung) {
      const record = await box.record(folder)
      if (record && record._id !== lost.get(folder)) lost.delete(folder)
    }
  }

  /** The next whole minute at which one of them is due: housekeeping looks every minute. */
  async function untilNextDue(): Promise<number> {
    const [next] = await subscriptionModel(box.db).find().sort({ renewAt: 1 }).limit(1).lean()
    const wait = next!.renewAt.getTime() - box.clock.now().getTime()
    return Math.max(1, Math.ceil(wait / MINUTE)) * MINUTE
  }

  it('ring all the time, or their folder is asked what it missed', async () => {
    for (const folder of folders) await subscribe(folder)
    const start = box.clock.now().getTime()
    const perHour = Array.from({ length: DAYS * 24 }, () => 0)
    const lost = new Map<string, string>()
    let renewals = 0
    let refused = 0
    let looks = 0
    for (;;) {
      await box.clock.advance(await untilNextDue())
      const hour = Math.floor((box.clock.now().getTime() - start) / HOUR)
      if (hour >= DAYS * 24) break
      sayDay(Math.floor(hour / 24))
      if (++looks % RENEWALS_FOR_A_REFUSAL === 0) {
        box.graph.desk.failRequests(403, 2, { method: 'PATCH' }) // with the token it had, and with a fresh one
        refused++
      }
      box.graph.requests.clear()
      await box.inTurn(box.renewDue(subscriptions))
      const made = box.asked('PATCH')
      perHour[hour]! += made
      renewals += made
      await box.clock.advance(COALESCE_MS) // one whose secret is old has ended, and its folder's bell rests
      await strikeOut(lost, await passOverRung())
      const alive = box.graph.subscriptions.all() // what ran out is not there
      expect(alive.length + lost.size).toBe(SUBSCRIPTIONS) // none ran out before it was renewed
      if (random.next() * RENEWALS_FOR_A_LOSS < made) {
        const one = alive[Math.floor(random.next() * alive.length)]!
        box.graph.subscriptions.remove(one.id)
        const record = await subscriptionModel(box.db).findOne({ _id: one.id }).lean()
        lost.set(record!.folderId, one.id)
      }
    }
    const life = (4_230 * MINUTE * 2) / 3
    expect(renewals).toBeGreaterThan((0.9 * SUBSCRIPTIONS * DAYS * DAY) / life)
    expect(refused).toBeGreaterThan(0)
    const mean = renewals / perHour.length
    if (SUBSCRIPTIONS >= 1_000) expect(Math.max(...perHour)).toBeLessThan(2 * mean)
    // What was lost last is found when its turn comes.
    await box.clock.advance(3 * DAY)
    for (let rounds = 0; rounds < SUBSCRIPTIONS; rounds++) {
      await box.inTurn(box.renewDue(subscriptions))
      await box.clock.advance(MINUTE) // a bell rests a moment before it is heeded
      const rung = await passOverRung()
      await strikeOut(lost, rung)
      if (rung.length === 0) break
    }
    expect([...lost.keys()]).toEqual([])
  }, 7_200_000)
})
