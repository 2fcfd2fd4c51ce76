import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { LedgerEntry } from '../../../models/ledger-entry.ts'
import { HOUR, MINUTE } from '../../../webhook/duration.ts'
import { StoreUnavailableError } from '../../../webhook/errors.ts'
import { EmailStore, type SeenEmail, type StoredAs } from '../../../webhook/store/email-store.ts'
import { LARGEST_BYTES } from '../../../webhook/sync/decide/verdict.ts'
import { ALICE, aMime, fill } from '../provider/graph/graphs.ts'
import { aConnectedMailbox, type ConnectedMailbox } from './a-mailbox.ts'

let box: ConnectedMailbox
let inbox: string
beforeEach(async () => {
  box = await aConnectedMailbox()
  inbox = await box.watch('inbox')
})
afterEach(() => box[Symbol.asyncDispose]())

/** A store that chokes on one mail: the fault nobody foresaw. */
class Choking extends EmailStore {
  fault: unknown = new TypeError('cannot read this')

  override see(seen: SeenEmail[]): Promise<StoredAs[]> {
    if (seen.some(({ subject }) => subject === 'Poison')) throw this.fault
    return super.see(seen)
  }
}
const poisonAmong = async (count: number) => {
  await fill(box.twin, count)
  const poison = await box.graph.mailboxes.deliver(ALICE, { mime: aMime('Poison') })
  return { messageId: poison.immutableId, emails: new Choking(box) }
}
const accountOf = async (messageId: string): Promise<LedgerEntry> =>
  (await box.ledger.byMessageId(box.mailbox._id, messageId))!
const storyOf = async (messageId: string) =>
  (await accountOf(messageId)).history.map(({ kind, reason }) =>
    reason ? `${kind} ${reason}` : kind,
  )

describe('a poisoned mail', () => {
  it('does not keep the folder from its other mail, and waits with its reason', async () => {
    const { messageId, emails } = await poisonAmong(12)
    const told: string[] = []
    await box.work({ emails, onQuarantined: ({ entryId }) => told.push(entryId) })
    expect(await box.storedEmails()).toHaveLength(12)
    const account = await accountOf(messageId)
    expect(account).toMatchObject({ state: 'pending', reason: 'waiting', attempts: 1 })
    expect(told).toContain(account._id)
    expect(box.failures).toEqual([])
    expect((await box.folder(inbox)).backfill.finishedAt).not.toBeNull()
  })

  it('is tried again by itself, and stored when it can be', async () => {
    const { messageId, emails } = await poisonAmong(2)
    await box.work({ emails })
    const { retryAt } = await accountOf(messageId)
    expect((await box.folder(inbox)).dueAt).toEqual(retryAt)
    await box.clock.advance(2 * MINUTE)
    await box.work()
    expect(await accountOf(messageId)).toMatchObject({
      ...{ state: 'stored', reason: 'new', attempts: 0, retryAt: null },
    })
    expect(await storyOf(messageId)).toEqual([
      'seen',
      'decided waiting',
      'retried waiting',
      'fetched',
      'decided new',
      'stored',
    ])
    expect(await box.storedEmails()).toHaveLength(3)
  })

  it('has failed after five tries, and is left alone', async () => {
    const { messageId, emails } = await poisonAmong(1)
    await box.work({ emails })
    for (let hour = 0; hour < 6; hour++) {
      await box.clock.advance(HOUR)
      await box.work({ emails })
    }
    expect(await accountOf(messageId)).toMatchObject({
      ...{ state: 'failed', reason: 'poison', attempts: 5, retryAt: null },
    })
    expect((await box.folder(inbox)).proof?.equal).toBe(true)
  })

  it('is not accused when the store was down', async () => {
    const { messageId, emails } = await poisonAmong(3)
    emails.fault = new StoreUnavailableError()
    await box.run((await box.queue.claim())!, undefined, { emails })
    expect(await box.accounts()).toEqual([])
    expect(box.failures).toMatchObject([{ errorCode: 'store-unavailable' }])
    await box.clock.advance(MINUTE)
    await box.work()
    expect(await accountOf(messageId)).toMatchObject({ state: 'stored', attempts: 0 })
  })
})

describe('a mail that Graph does not give', () => {
  const refuse = (messageId: string, status: number) =>
    box.graph.desk.failRequests(status, 99, { path: encodeURIComponent(messageId) })

  it('that may have left is open until Graph says where it is', async () => {
    const [ref] = await fill(box.twin, 2)
    await box.work()
    box.graph.mailboxes.remove(ALICE, ref!.defaultId, { purge: true })
    refuse(ref!.immutableId, 500)
    await box.ringAndWork(inbox)
    expect(await accountOf(ref!.immutableId)).toMatchObject({ state: 'pending', reason: 'waiting' })
    box.graph.desk.clear()
    await box.clock.advance(2 * MINUTE)
    await box.work()
    expect(await accountOf(ref!.immutableId)).toMatchObject({
      ...{ state: 'gone', reason: 'deleted-in-mailbox' },
    })
  })

  it('and turns out to be there keeps the reason it was stored for', async () => {
    const [ref] = await fill(box.twin, 1)
    await box.work()
    Object.assign(box.graph.knobs.mail, { deltaLosesRoundTrips: true })
    box.graph.mailboxes.move(ALICE, ref!.immutableId, 'archive')
    box.graph.mailboxes.move(ALICE, ref!.immutableId, 'inbox')
    refuse(ref!.immutableId, 500)
    await box.ringAndWork(inbox)
    box.graph.desk.clear()
    await box.clock.advance(2 * MINUTE)
    await box.work()
    expect(await accountOf(ref!.immutableId)).toMatchObject({ state: 'stored', reason: 'new' })
    expect(await box.storedEmails()).toHaveLength(1)
  })
})

describe('a mail that is too large for the store', () => {
  it('is accounted for as such, once, and the others are stored', async () => {
    await fill(box.twin, 2)
    const large = await box.graph.mailboxes.deliver(ALICE, {
      mime: aMime('Large', 'x'.repeat(LARGEST_BYTES)),
    })
    await box.work()
    const account = await accountOf(large.immutableId)
    expect(account).toMatchObject({ state: 'failed', reason: 'too-large', retryAt: null })
    expect(await box.storedEmails()).toHaveLength(2)
    await box.queue.startOver([inbox])
    await box.work()
    expect(await accountOf(large.immutableId)).toEqual(account)
  })
})
