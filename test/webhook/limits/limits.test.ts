import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { DAY, HOUR, MINUTE } from '../../../webhook/duration.ts'
import { dayIn, isTimeZone, nextDayIn } from '../../../webhook/limits/days.ts'
import { planOf } from '../../../webhook/limits/plans.ts'
import { PlanRoom } from '../../../webhook/limits/room.ts'
import { UsageStore } from '../../../webhook/limits/usage-store.ts'
import { WorkspaceRules } from '../../../models/wire/rules.ts'
import { ALICE, aMime, fill } from '../provider/graph/graphs.ts'
import { aRuledMailbox, admin, type RuledMailbox } from '../rules/a-ruled-mailbox.ts'

describe('a day', () => {
  it.each([
    ['UTC', '2026-11-20T23:59:59Z', '2026-11-20', '2026-11-21T00:00:00Z'],
    ['UTC', '2026-11-20T00:00:00Z', '2026-11-20', '2026-11-21T00:00:00Z'],
    ['Europe/Vienna', '2026-11-20T23:30:00Z', '2026-11-21', '2026-11-21T23:00:00Z'],
    ['Asia/Kolkata', '2026-11-20T18:29:00Z', '2026-11-20', '2026-11-20T18:30:00Z'],
    ['America/New_York', '2026-11-01T04:30:00Z', '2026-11-01', '2026-11-02T05:00:00Z'], // 25 hours
    ['Europe/Vienna', '2026-03-28T23:30:00Z', '2026-03-29', '2026-03-29T22:00:00Z'], // 23 hours
    ['America/Santiago', '2026-09-06T03:30:00Z', '2026-09-05', '2026-09-06T04:00:00Z'], // has no midnight
  ])('in %s at %s is %s until %s', (zone, at, day, ends) => {
    expect(dayIn(zone, new Date(at))).toBe(day)
    expect(nextDayIn(zone, new Date(at))).toEqual(new Date(ends))
  })

  it('is over when the next one begins, wherever and whenever', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Vienna', 'Asia/Kathmandu', 'Pacific/Apia')
    const times = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2027-01-01'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(zones, times, (zone, at) => {
        const next = nextDayIn(zone, at)
        expect(dayIn(zone, next)).not.toBe(dayIn(zone, at))
        expect(dayIn(zone, new Date(next.getTime() - 1))).toBe(dayIn(zone, at))
      }),
    )
  })

  it('has a time zone that exists', () => {
    expect([isTimeZone('Europe/Vienna'), isTimeZone('Europe/Nowhere')]).toEqual([true, false])
  })
})

describe('a plan', () => {
  it('has its figures, and others where they are configured', () => {
    expect(planOf('professional')).toMatchObject({ emailsPerDay: 10_000, emailsStored: 100_000 })
    expect(planOf('enterprise')).toMatchObject({ emailsPerDay: null, emailsStored: null })
    const own = planOf('professional', { emailsPerDay: 5, emailsStored: 0, attachmentMb: 1 })
    expect(own).toMatchObject({ emailsPerDay: 5, emailsStored: null, attachmentBytes: 1_048_576 })
  })
})

const isForOne = (path: string) => /\/messages\/(?!delta)[^/?]+\?/.test(path)

describe('the room of a plan', () => {
  let box: RuledMailbox
  let inbox = ''
  beforeEach(async () => {
    box = await aRuledMailbox()
    inbox = await box.watch('inbox')
    await box.work()
  })
  afterEach(() => box[Symbol.asyncDispose]())

  const roomOf = (emailsPerDay: number | undefined, emailsStored?: number) =>
    new PlanRoom({
      usages: new UsageStore(box),
      plan: planOf('enterprise', { emailsPerDay, emailsStored }),
      ...{ emails: box.sightings, clock: box.clock },
    })
  const of = () => ({ workspaceId: admin.workspaceId, timeZone: 'UTC', at: box.clock.now() })
  const counts = async () => {
    const states = (await box.accounts()).map(({ state, reason }) => `${state} ${reason}`)
    return Object.fromEntries(
      [...new Set(states)].map((state) => [state, states.filter((each) => each === state).length]),
    )
  }
  const settle = async (room: PlanRoom) => {
    await box.clock.advance(MINUTE)
    await box.work({ room })
  }

  it('is never taken twice, however many instances take at once', async () => {
    const rooms = [roomOf(50, 70), roomOf(50, 70), roomOf(50, 70)]
    const takes = Array.from({ length: 30 }, (_, n) => rooms[n % 3]!.take(of(), 3))
    const granted = (await Promise.all(takes)).map((each) => each.granted)
    expect(granted.reduce((sum, each) => sum + each, 0)).toBe(50)
    expect((await rooms[0]!.used(of())).day.used).toBe(50)
    await rooms[1]!.giveBack(of(), 7)
    expect(await rooms[2]!.take(of(), 10)).toMatchObject({
      granted: 7,
      full: { limit: 'daily-limit', most: 50, used: 50 },
    })
  })

  it('for a day over, new mail waits with figures and is stored when the next begins; none is lost', async () => {
    const zone = 'Europe/Vienna'
    await box.desk.saveWorkspace(admin, 0, { rules: WorkspaceRules.parse({ timeZone: zone }) })
    const room = roomOf(4)
    await fill(box.twin, 10)
    await box.queue.ring([inbox])
    await settle(room)
    expect(await counts()).toEqual({ 'stored new': 4, 'pending daily-limit': 6 })
    const waiting = (await box.accounts()).find(({ state }) => state === 'pending')
    expect(waiting?.full).toEqual({ most: 4, used: 4 })
    expect(waiting?.retryAt).toEqual(nextDayIn(zone, box.clock.now()))
    // Newest first: what waits is older than what is stored.
    const stored = (await box.storedEmails()).map(({ receivedAt }) => receivedAt.getTime())
    expect(Math.min(...stored)).toBeGreaterThanOrEqual(waiting!.receivedAt!.getTime())
    // Nothing is tried before.
    const before = box.twin.seen.length
    await settle(room)
    expect(box.twin.seen.slice(before).filter(({ path }) => isForOne(path))).toEqual([])
    for (const [day, total] of [
      [1, 8],
      [2, 10],
    ] as const) {
      // Mail that arrives around the turn of the day is counted to one of the two, and to one alone.
      await box.clock.advance(
        nextDayIn(zone, box.clock.now()).getTime() - box.clock.now().getTime() - 1,
      )
      expect((await box.storedEmails()).length).toBe(day === 1 ? 4 : 8)
      await box.clock.advance(1)
      const asked = box.twin.seen.length
      await box.work({ room })
      expect((await box.storedEmails()).length).toBe(total)
      // Only what fits is asked for.
      const single = box.twin.seen.slice(asked).filter(({ path }) => isForOne(path))
      expect(single).toHaveLength(day === 1 ? 4 : 2)
    }
    expect(await counts()).toEqual({ 'stored new': 10 })
    const { day } = await room.used({ ...of(), timeZone: zone })
    expect(day).toMatchObject({ used: 2, most: 4 })
  })

  it('in the store full, new mail waits, and is stored when e-mails were removed', async () => {
    const room = roomOf(undefined, 3)
    await fill(box.twin, 5)
    await box.queue.ring([inbox])
    await settle(room)
    expect(await counts()).toEqual({ 'stored new': 3, 'pending storage-limit': 2 })
    const [first] = await box.storedEmails()
    await box.db.collection<{ _id: string }>('emails').deleteOne({ _id: first!._id })
    await box.clock.advance(HOUR + MINUTE)
    await box.work({ room })
    // One e-mail fits again; and the ledger knows which one is gone, as soon as it is compared.
    expect(await counts()).toMatchObject({ 'stored new': 4, 'pending storage-limit': 1 })
    expect((await box.storedEmails()).length).toBe(3)
  })

  it('is not needed by a copy of what is there', async () => {
    const room = roomOf(2)
    const archive = await box.watch('archive')
    for (const folder of ['inbox', 'archive'])
      await box.graph.mailboxes.deliver(ALICE, { mime: aMime('Same'), folder })
    await box.queue.ring([inbox, archive])
    await settle(room)
    expect((await room.used(of())).day.used).toBe(1)
    // A page that is repeated takes none again.
    await box.queue.decideAgain([inbox, archive], 3)
    await settle(room)
    expect((await room.used(of())).day.used).toBe(1)
    expect(await counts()).toEqual({ 'stored new': 1, 'stored duplicate-of': 1 })
  })

  it('without limits costs no question', async () => {
    const room = roomOf(undefined)
    expect(room.isLimited).toBe(false)
    await fill(box.twin, 2)
    await box.queue.ring([inbox])
    await settle(room)
    expect(await box.db.collection('usages').countDocuments()).toBe(0)
    expect((await room.used(of())).stored).toEqual({ used: 2, most: null })
  })

  it('forgets days that are long over', async () => {
    const usages = new UsageStore(box)
    await roomOf(5, 5).take(of(), 1)
    await box.clock.advance(41 * DAY)
    await roomOf(5, 5).take(of(), 1)
    await usages.sweep()
    const left = await box.db.collection('usages').find().toArray()
    expect(left.map(({ what }) => String(what).slice(0, 3)).toSorted()).toEqual(['day', 'sto'])
  })
})
