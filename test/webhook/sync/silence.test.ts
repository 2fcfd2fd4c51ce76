import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { DAY, HOUR, MINUTE } from '../../../webhook/duration.ts'
import { ALICE, aMime, fill } from '../provider/graph/graphs.ts'
import { RULE_VERSION } from '../../../webhook/sync/decide/rules.ts'
import { aConnectedMailbox, SAFETY_POLL_MS, type ConnectedMailbox } from './a-mailbox.ts'

let box: ConnectedMailbox
let inbox: string
beforeEach(async () => {
  box = await aConnectedMailbox()
  inbox = await box.watch('inbox')
})
afterEach(() => box[Symbol.asyncDispose]())

const deliver = (subject: string) => box.graph.mailboxes.deliver(ALICE, { mime: aMime(subject) })
const waitOf = async () => (await box.folder(inbox)).dueAt.getTime() - box.clock.now().getTime()
/** A worker that looks every ten minutes for what is due. */
const live = async (ms: number) => {
  for (let passed = 0; passed < ms; passed += 10 * MINUTE) {
    await box.clock.advance(10 * MINUTE)
    await box.work()
  }
}

describe('a folder for which nobody rings', () => {
  it('that is idle costs at most a call every six hours', async () => {
    await fill(box.twin, 3)
    await live(DAY) // until it is known to be quiet
    box.graph.requests.clear()
    await live(DAY)
    expect(box.graph.requests.count({ path: 'delta' })).toBe(4)
  })

  it('that is quieter than its habit is asked, and what it has is found', async () => {
    await box.work()
    for (let n = 0; n < 5; n++) {
      await deliver(`Mail ${n}`)
      await box.ringAndWork(inbox)
      await box.clock.advance(20 * MINUTE)
    }
    await deliver('Unannounced')
    await live(HOUR)
    expect(await box.storedEmails()).toHaveLength(6)
    const account = (await box.accounts()).toSorted((a, b) => +b.seenAt - +a.seenAt)[0]
    expect(account?.history[0]).toMatchObject({ kind: 'seen', via: 'delta' })
  })

  it('is asked a quarter of an hour after it was first read, when its mail is fresh', async () => {
    await fill(box.twin, 3)
    await box.work()
    expect(await waitOf()).toBe(15 * MINUTE)
  })

  it('is asked as often as the mailbox is set to', async () => {
    await box.mailboxes.saveSettings(box.mailbox._id, {
      pollEveryMinutes: 15,
      windowDays: null,
      sharing: null,
    })
    await box.work()
    expect(await waitOf()).toBe(15 * MINUTE)
    expect(box.graph.subscriptions.all()).toEqual([])
  })

  it('is asked every minute when Graph will not ring', async () => {
    box.graph.desk.failRequests(403, 9, { path: 'subscriptions' })
    await box.work()
    expect(await waitOf()).toBe(MINUTE)
  })
})

describe('a mailbox that is paused', () => {
  it('is not asked for anything, keeps its cursor, and goes on where it stopped', async () => {
    await fill(box.twin, 3)
    await box.work()
    const { cursor } = await box.folder(inbox)
    await box.mailboxes.pause(box.mailbox._id, { at: box.clock.now(), byName: 'Alice' })
    await deliver('Later')
    box.graph.requests.clear()
    await box.ringAndWork(inbox)
    await live(DAY)
    expect(box.graph.requests.count()).toBe(0)
    expect(await box.folder(inbox)).toMatchObject({ cursor })
    await box.mailboxes.pause(box.mailbox._id, null)
    await box.folders.dueNow(box.mailbox._id, box.clock.now())
    await box.work()
    expect(await box.storedEmails()).toHaveLength(4)
    expect(await waitOf()).toBeLessThanOrEqual(SAFETY_POLL_MS)
  })
})

describe('what the ledger says of new mail', () => {
  it('tells how it was seen, and whose the delay was', async () => {
    await box.work()
    await box.clock.advance(HOUR)
    const { immutableId } = await deliver('New')
    await box.clock.advance(3_000)
    await box.ringAndWork(inbox) // two seconds after the bell
    const account = await box.ledger.byMessageId(box.mailbox._id, immutableId)
    expect(account?.delay).toEqual({ providerMs: 3_000, oursMs: 2_000 })
    const at = box.clock.now()
    expect(account?.history).toMatchObject([
      { at, kind: 'seen', via: 'notification', folderId: inbox },
      { at, kind: 'decided', reason: 'new', ruleVersion: RULE_VERSION },
      { at, kind: 'stored' },
    ])
  })

  it('says nothing of the delay of mail that was there before', async () => {
    await fill(box.twin, 2)
    await box.clock.advance(HOUR)
    await box.work()
    const accounts = await box.accounts()
    expect(accounts.map(({ delay }) => delay)).toEqual([null, null])
    expect(accounts.map(({ history }) => history[0]?.via)).toEqual(['delta', 'delta'])
  })

  it('can be found by Message-ID and sender, which are not in it', async () => {
    await deliver('New')
    await box.work()
    const { workspaceId, _id } = box.mailbox
    const { blind } = await box.vault.of(workspaceId)
    const messageIdKey = blind('message-id', 'new@customer.example')
    const senderKey = blind('address', 'carol@customer.example')
    expect(await box.ledger.byMessageIdKey(_id, messageIdKey)).toHaveLength(1)
    const range = { senderKey, from: new Date(0), to: box.clock.now() }
    expect(await box.ledger.bySender(_id, range)).toHaveLength(1)
    expect(JSON.stringify(await box.accounts())).not.toMatch(/customer\.example/i)
  })

  it('tells the story of mail that leaves and comes back', async () => {
    const { immutableId } = await deliver('Traveller')
    await box.work()
    box.graph.mailboxes.move(ALICE, immutableId, 'junkemail')
    await box.ringAndWork(inbox)
    box.graph.mailboxes.move(ALICE, immutableId, 'inbox')
    await box.ringAndWork(inbox)
    const account = await box.ledger.byMessageId(box.mailbox._id, immutableId)
    expect(account).toMatchObject({ state: 'stored', reason: 'new', rev: 3 })
    expect(
      account?.history.map(({ kind, reason }) => [kind, reason].filter(Boolean).join(' ')),
    ).toEqual(['seen', 'decided new', 'stored', 'gone moved-out', 'seen', 'decided new', 'stored'])
  })
})
