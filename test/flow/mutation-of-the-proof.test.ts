import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { folderModel } from '../../models/folder.ts'
import { ledgerEntryModel } from '../../models/ledger-entry.ts'
import { subscriptionModel } from '../../models/subscription.ts'
import { folderLight } from '../../webhook/crm/light.ts'
import { DAY, HOUR, MINUTE } from '../../webhook/duration.ts'
import { StatementSigner } from '../../webhook/statement/statement-signer.ts'
import { Statements } from '../../webhook/statement/statements.ts'
import { loseEmail } from '../support/stored-emails.ts'
import { ALICE, fill } from '../webhook/provider/graph/graphs.ts'
import { aConnectedMailbox, type ConnectedMailbox } from '../webhook/sync/a-mailbox.ts'

/** Somebody, or something, breaks what the proof stands on, and nobody rings. */

const RECONCILE_MS = DAY
const MAILS = 5

let box: ConnectedMailbox
let inbox: string
let refs: Awaited<ReturnType<typeof fill>>
beforeEach(async () => {
  box = await aConnectedMailbox()
  inbox = await box.watch('inbox')
  refs = await fill(box.twin, MAILS)
  await box.work()
  await box.clock.advance(HOUR)
  expect(await light()).toMatchObject({ colour: 'green' })
})
afterEach(() => box[Symbol.asyncDispose]())

async function light() {
  return folderLight({
    folder: await box.folder(inbox),
    subscription: await box.subscriptionStore.ofFolder(inbox),
    pollEveryMinutes: null,
    reconcileMs: RECONCILE_MS,
    now: box.clock.now(),
  })
}

async function statement() {
  const signer = new StatementSigner(Buffer.alloc(32, 1))
  const statements = new Statements({ ...box, signer, reconcileMs: RECONCILE_MS })
  return (await statements.of(box.mailbox)).statement
}

/** Lets the service live, with its chores and its passes, until this holds; how long that took. */
async function livesUntil(isSo: () => Promise<boolean>): Promise<number> {
  const since = box.clock.now().getTime()
  const lived = () => box.clock.now().getTime() - since
  while (!(await isSo())) {
    if (lived() > RECONCILE_MS) throw new Error('the promised time is over')
    await box.clock.advance(30 * MINUTE)
    await box.subscriptions.renewDue(new AbortController().signal)
    await box.work()
  }
  return lived()
}

const proof = async () => (await box.folder(inbox)).proof
const repaired = async () => ((await proof())?.repaired ?? 0) > 0
const accountOf = async (messageId: string) =>
  (await box.accounts()).find((entry) => entry.messageId === messageId)

/** All mail is there once, and the service knows and says so. */
async function expectWhole(mails = MAILS) {
  expect(await box.storedEmails()).toHaveLength(MAILS)
  expect((await box.accounts()).filter(({ state }) => state === 'stored')).toHaveLength(mails)
  expect(await proof()).toMatchObject({ equal: true, missing: 0, surplus: 0 })
  expect(await light()).toMatchObject({ colour: 'green' })
  expect(await statement()).toMatchObject({ complete: true, shortfalls: [] })
}

describe('within the time that is promised, the service notices and mends', () => {
  it('a ledger entry that was deleted', async () => {
    await ledgerEntryModel(box.db).deleteOne({ messageId: refs[2]!.immutableId })
    await livesUntil(repaired)
    await expectWhole()
    expect(await proof()).toMatchObject({ repaired: 1, lostEmails: 0 })
    expect((await light()).sentence).toContain('found 1 message that was wrong and mended it')
    expect((await statement()).folders[0]?.comparison).toMatchObject({ repaired: 1 })
  })

  it('all ledger entries that were deleted', async () => {
    await ledgerEntryModel(box.db).deleteMany({})
    await livesUntil(repaired)
    await expectWhole()
    expect((await light()).sentence).toContain(`found ${MAILS} messages that were wrong`)
  })

  it('an e-mail that was deleted from the database', async () => {
    await loseEmail(box, 'Mail 3')
    await livesUntil(repaired)
    await expectWhole()
    expect(await proof()).toMatchObject({ repaired: 1, lostEmails: 1 })
    expect((await light()).sentence).toContain('found 1 message that was wrong and mended it')
  })

  it('a ledger entry and its e-mail that were deleted together', async () => {
    await ledgerEntryModel(box.db).deleteOne({ messageId: refs[0]!.immutableId })
    await loseEmail(box, 'Mail 0')
    await livesUntil(repaired)
    await expectWhole()
  })

  it('a message that was deleted in the mailbox, and nobody rang', async () => {
    box.graph.mailboxes.remove(ALICE, refs[1]!.defaultId, { purge: true })
    const isGone = async () => (await accountOf(refs[1]!.immutableId))?.state === 'gone'
    await livesUntil(isGone)
    expect((await accountOf(refs[1]!.immutableId))?.reason).toBe('deleted-in-mailbox')
    await expectWhole(MAILS - 1)
  })

  it('a message that was deleted in the mailbox, and that delta keeps to itself', async () => {
    box.graph.knobs.mail.deltaLagMs = 10 * DAY
    box.graph.mailboxes.remove(ALICE, refs[1]!.defaultId, { purge: true })
    await livesUntil(repaired)
    expect((await accountOf(refs[1]!.immutableId))?.state).toBe('gone')
    await expectWhole(MAILS - 1)
  })

  it('a message that came to the mailbox, and that neither a bell nor delta tells of', async () => {
    box.graph.knobs.mail.deltaLagMs = 10 * DAY
    const before = await box.graph.mailboxes.deliver(ALICE, { mime: late() })
    await livesUntil(repaired)
    expect(await accountOf(before.immutableId)).toMatchObject({ state: 'stored' })
    expect(await box.storedEmails()).toHaveLength(MAILS + 1)
    expect(await light()).toMatchObject({ colour: 'green' })
  })

  it('a cursor that was deleted', async () => {
    await folderModel(box.db).updateOne({ _id: inbox }, { cursor: null })
    await livesUntil(async () => (await box.folder(inbox)).cursor !== null)
    await expectWhole()
  })

  it('a cursor that was changed into another folder’s', async () => {
    const archive = await box.watch('archive')
    await box.work()
    const { cursor } = await box.folder(archive)
    await folderModel(box.db).updateOne({ _id: inbox }, { cursor })
    const [came] = await fill(box.twin, 1)
    await livesUntil(async () => (await accountOf(came!.immutableId)) !== undefined)
    expect((await accountOf(came!.immutableId))?.folderId).toBe(inbox)
  })

  it('the record of a subscription that was deleted: the light says so meanwhile', async () => {
    const { id } = box.graph.subscriptions.all()[0]!
    await subscriptionModel(box.db).deleteMany({})
    expect(await light()).toMatchObject({ colour: 'amber' })
    await livesUntil(async () => (await light()).colour === 'green')
    expect(box.graph.subscriptions.all().map((one) => one.id)).toEqual([id])
    await expectWhole()
  })

  it.each([
    ['just after', HOUR],
    ['long after', DAY - 2 * HOUR],
  ])('a subscription that Graph forgot %s a comparison', async (_, afterMs) => {
    await box.clock.advance(afterMs - HOUR)
    box.graph.subscriptions.remove(box.graph.subscriptions.all()[0]!.id)
    await livesUntil(async () => box.graph.subscriptions.all().length > 0)
    const record = await box.subscriptionStore.ofFolder(inbox)
    expect(box.graph.subscriptions.all().map(({ id }) => id)).toEqual([record?._id])
    await expectWhole()
  })

  it('a proof that was deleted: the light says so meanwhile', async () => {
    await folderModel(box.db).updateOne({ _id: inbox }, { proof: null })
    expect(await light()).toMatchObject({ colour: 'amber' })
    expect(await statement()).toMatchObject({
      complete: false,
      shortfalls: [{ code: 'not-compared', folderId: inbox }],
    })
    await livesUntil(async () => (await proof()) !== null)
    await expectWhole()
  })
})

describe('when the promised time is over and nothing was compared', () => {
  it('the light is no longer green, and the statement no longer complete', async () => {
    await box.clock.advance(RECONCILE_MS + 2 * HOUR) // nobody works
    expect(await light()).toMatchObject({ colour: 'amber' })
    expect(await statement()).toMatchObject({
      complete: false,
      shortfalls: [{ code: 'comparison-too-old' }],
    })
  })
})

function late(): Buffer {
  return Buffer.from('From: carol@customer.example\r\nSubject: Late\r\n\r\nHello.\r\n')
}
