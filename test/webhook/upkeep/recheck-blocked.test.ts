import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { DAY, HOUR } from '../../../webhook/duration.ts'
import { recheckBlocked } from '../../../webhook/upkeep/recheck-blocked.ts'
import { upkeepChores } from '../../../webhook/upkeep/upkeep.ts'
import { fill, untilTheEnd } from '../provider/graph/graphs.ts'
import { aConnectedMailbox, type ConnectedMailbox } from '../sync/a-mailbox.ts'

let box: ConnectedMailbox
let inbox: string
let changed: string[]
beforeEach(async () => {
  box = await aConnectedMailbox()
  inbox = await box.watch('inbox')
  await box.work()
  changed = []
})
afterEach(() => box[Symbol.asyncDispose]())

const parts = () => ({
  ...box,
  random: () => 1,
  onMailboxChanged: (id: string) => void changed.push(id),
})
const recheck = () => recheckBlocked(parts(), untilTheEnd)
const mailbox = async () => (await box.mailboxes.find(box.mailbox._id))!
/** Graph refuses every mail request, with fresh tokens too. */
const refuse = async () => {
  box.graph.desk.failRequests(403, 999)
  await box.ringAndWork(inbox)
}

describe('a mailbox that Graph refuses', () => {
  beforeEach(refuse)

  it('is blocked, and nothing more is asked for it', async () => {
    expect(await mailbox()).toMatchObject({ status: 'blocked', trouble: { action: 'admin' } })
    box.graph.requests.clear()
    await box.ringAndWork(inbox)
    await recheck()
    expect(box.graph.requests.count()).toBe(0)
  })

  it('is looked at again after a day, by one request of one instance, and stays blocked', async () => {
    const { trouble } = await mailbox()
    await box.clock.advance(DAY)
    box.graph.requests.clear()
    await Promise.all([recheck(), recheck()])
    expect(box.graph.requests.count({ path: 'mailFolders' })).toBe(2) // the second with a fresh token
    expect(await mailbox()).toMatchObject({ status: 'blocked', trouble })
    await box.clock.advance(23 * HOUR)
    box.graph.requests.clear()
    await recheck()
    expect(box.graph.requests.count()).toBe(0)
  })

  it('goes on by itself from its cursor when it is let in again', async () => {
    await fill(box.twin, 2)
    await box.clock.advance(DAY)
    box.graph.desk.clear()
    await recheck()
    expect(await mailbox()).toMatchObject({ status: 'connected', trouble: null, recheckAt: null })
    expect(changed).toEqual([box.mailbox._id])
    await box.work()
    expect(await box.storedEmails()).toHaveLength(2)
  })

  it('is asked again in a quarter of an hour when Graph was down just then', async () => {
    await box.clock.advance(DAY)
    box.graph.desk.clear()
    box.graph.desk.failRequests(503, 99)
    await recheck()
    expect(await mailbox()).toMatchObject({ status: 'blocked' })
    box.graph.desk.clear()
    await recheck()
    expect((await mailbox()).status).toBe('blocked')
    await box.clock.advance(15 * 60_000)
    await recheck()
    expect((await mailbox()).status).toBe('connected')
  })
})

describe('a mailbox that only the operator can free', () => {
  it('is looked at when the service starts, and others are not', async () => {
    await box.mailboxes.refused(
      box.mailbox,
      { action: 'operator', code: '7000222' },
      box.clock.now(),
    )
    const chores = upkeepChores(parts())
    for (const chore of chores) await chore(untilTheEnd)
    expect((await mailbox()).status).toBe('connected')

    const policy = { action: 'policy', code: '53003' } as const
    await box.mailboxes.refused(await mailbox(), policy, box.clock.now())
    for (const chore of upkeepChores(parts())) await chore(untilTheEnd)
    expect((await mailbox()).status).toBe('blocked')
  })
})
