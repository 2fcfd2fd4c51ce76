import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { DAY, HOUR, MINUTE } from '../../../webhook/duration.ts'
import { ALICE, aMime, fill } from '../provider/graph/graphs.ts'
import { aConnectedMailbox, type ConnectedMailbox } from './a-mailbox.ts'

let box: ConnectedMailbox
let inbox: string
beforeEach(async () => {
  box = await aConnectedMailbox()
  inbox = await box.watch('inbox')
})
afterEach(() => box[Symbol.asyncDispose]())

const TINY = { pageSize: { first: 2, min: 2, max: 2 } }
const claim = async () => (await box.queue.claim())!
const subjects = async () => (await box.storedEmails()).map(({ subject }) => subject)
const NEWEST = { path: /orderby=receivedDateTime/i, method: 'GET' }
const newestAsked = () =>
  box.graph.requests.find(NEWEST).filter(({ path }) => !/delta/i.test(path)).length
/** So many mails, each received a minute after the one before. */
const fillSlowly = async (count: number) => {
  for (let n = 0; n < count; n++) {
    await box.graph.mailboxes.deliver(ALICE, { mime: aMime(`Mail ${n}`) })
    await box.clock.advance(MINUTE)
  }
}

describe('a long backfill', () => {
  it('is read newest first', async () => {
    await fillSlowly(6)
    const stop = new AbortController()
    await box.run(await claim(), stop.signal, { ...TINY, onApplied: () => stop.abort() })
    expect(await subjects()).toEqual(['Mail 4', 'Mail 5'])
  })

  it('lets other folders have their turn', async () => {
    await fill(box.twin, 50)
    await box.clock.advance(MINUTE)
    const archive = await box.watch('archive')
    await fill(box.twin, 1, 'archive')
    await box.clock.advance(1)
    await box.run(await claim(), undefined, TINY)
    expect(await box.folder(inbox)).toMatchObject({
      ...{ midRound: true, attempts: 0, backfill: { done: 40, finishedAt: null } },
      lease: { owner: null },
    })
    expect((await claim()).folder._id).toBe(archive)
    await box.work(TINY)
    expect(await box.folder(inbox)).toMatchObject({ midRound: false, backfill: { done: 50 } })
    expect(await box.storedEmails()).toHaveLength(50)
  })

  it('ends with the page under way when its folder is no longer watched, and goes on from there', async () => {
    await fill(box.twin, 30)
    const unwatch = () => void box.folders.unwatch(inbox)
    await box.work({ ...TINY, onApplied: unwatch })
    const stored = (await box.storedEmails()).length
    expect(stored).toBeLessThanOrEqual(4)
    box.graph.requests.clear()
    await box.watch('inbox')
    await box.work()
    expect(await box.storedEmails()).toHaveLength(30)
    expect(box.graph.requests.count({ path: /delta/i })).toBe(Math.ceil((30 - stored) / 10))
  })

  it('asks for larger pages while they come quickly', async () => {
    await fill(box.twin, 30)
    await box.work({ pageSize: { first: 5, min: 5, max: 15 } })
    expect(box.graph.requests.count({ path: /delta/i })).toBe(3) // 5, 10 and 15
    expect((await box.folder(inbox)).pageSize).toBe(15)
  })

  it('asks for smaller pages after a failure', async () => {
    await fill(box.twin, 30)
    box.graph.desk.failRequests(504, 9, { path: 'delta' })
    await box.run(await claim(), undefined, { pageSize: { first: 20, min: 5, max: 40 } })
    expect((await box.folder(inbox)).pageSize).toBe(10)
  })
})

describe('new mail that arrives during a long backfill', () => {
  /** A backfill that has come through one slice; then new mail rings. */
  async function arrivingMail() {
    await fill(box.twin, 90)
    await box.run(await claim(), undefined, TINY)
    await box.clock.advance(HOUR)
    await box.graph.mailboxes.deliver(ALICE, { mime: aMime('Urgent') })
    await box.queue.ring([inbox])
    await box.clock.advance(MINUTE)
  }

  it('overtakes it', async () => {
    await arrivingMail()
    const applied: number[] = []
    const stop = new AbortController()
    await box.run(await claim(), stop.signal, {
      ...TINY,
      onApplied: ({ newEmailIds }) => {
        applied.push(newEmailIds.length)
        stop.abort()
      },
    })
    expect(applied).toEqual([1])
    expect(await subjects()).toContain('Urgent')
    expect((await box.folder(inbox)).midRound).toBe(true)
  })

  it('costs one request, and is stored once', async () => {
    await arrivingMail()
    await box.work(TINY)
    expect(newestAsked()).toBe(1)
    expect(await box.storedEmails()).toHaveLength(91)
    expect((await box.folder(inbox)).proof?.equal).toBe(true)
  })

  it('overtakes also in the middle of a slice, once for each bell', async () => {
    await fill(box.twin, 30)
    let pages = 0
    const bells: Promise<void>[] = []
    const onApplied = () => {
      pages++
      if (pages === 2 || pages === 5) bells.push(box.queue.ring([inbox]))
    }
    await box.work({ ...TINY, onApplied })
    await Promise.all(bells)
    expect(newestAsked()).toBe(2)
  })
})

describe('a first reading, while mail comes that somebody waits for', () => {
  const PAGE_MS = 100
  let archive: string
  /** The Inbox was read before and has just rung; the archive is to be read. */
  beforeEach(async () => {
    await box.work()
    archive = await box.watch('archive')
    await fill(box.twin, 50, 'archive')
    await box.clock.advance(MINUTE)
    await box.queue.ring([inbox])
    await box.clock.advance(MINUTE)
    const first = await claim()
    const live = first.folder._id === inbox ? first : await claim()
    expect(live.folder._id).toBe(inbox)
    await box.run(live)
    if (live !== first) await box.queue.giveBack(first.lease)
  })
  /** The clock moves as soon as the page is fetched. */
  const crash = (point: string) => {
    if (point === 'page-fetched') void box.clock.advance(PAGE_MS, async () => undefined)
  }
  const slowly = { ...TINY, crash }

  it('rests after each page nine times as long as it worked', async () => {
    await box.run(await claim(), undefined, slowly)
    const { backfill, dueAt } = await box.folder(archive)
    expect(backfill.done).toBe(2)
    expect(dueAt).toEqual(new Date(box.clock.now().getTime() + 9 * PAGE_MS))
    await box.clock.advance(MINUTE)
    await box.work(TINY)
    expect((await box.folder(archive)).backfill.done).toBe(50)
  })

  it('goes on at once when its own folder rings', async () => {
    const bells: Promise<void>[] = []
    const onApplied = () => void bells.push(box.queue.ring([archive]))
    await box.run(await claim(), undefined, { ...slowly, onApplied })
    await Promise.all(bells)
    expect((await box.folder(archive)).dueAt.getTime()).toBeLessThanOrEqual(
      box.clock.now().getTime(),
    )
  })

  it('takes its time back when none has come for a second', async () => {
    await box.clock.advance(1_000)
    await box.run(await claim(), undefined, slowly)
    expect((await box.folder(archive)).backfill.done).toBe(40)
  })
})

describe('the window of a mailbox', () => {
  const settings = (windowDays: 0 | 30 | null) =>
    box.mailboxes.saveSettings(box.mailbox._id, {
      pollEveryMinutes: null,
      windowDays,
      sharing: null,
    })
  const reasons = async () => (await box.accounts()).map(({ reason }) => reason).toSorted()

  it('keeps older mail out, with an account of each, and lets it in when it is widened', async () => {
    await settings(0)
    await fill(box.twin, 3, 'archive')
    await box.clock.advance(40 * DAY)
    const archive = await box.watch('archive')
    await box.graph.mailboxes.deliver(ALICE, { mime: aMime('New'), folder: 'archive' })
    await box.work()
    expect(await reasons()).toEqual([
      'new',
      'older-than-window',
      'older-than-window',
      'older-than-window',
    ])
    await settings(null)
    await box.queue.startOver([archive])
    await box.work()
    expect(await reasons()).toEqual(['new', 're-evaluated', 're-evaluated', 're-evaluated'])
    expect((await box.folder(archive)).backfill.finishedAt).toEqual(box.clock.now())
  })
})
