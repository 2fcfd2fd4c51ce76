import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { emailModel } from '../../../../models/email.ts'
import { ledgerEntryModel } from '../../../../models/ledger-entry.ts'
import { DAY, HOUR } from '../../../../webhook/duration.ts'
import { Explainer } from '../../../../webhook/explain/explainer.ts'
import { aNewMailbox } from '../../../support/builders.ts'
import { ALICE, fill, untilTheEnd } from '../../provider/graph/graphs.ts'
import { aConnectedMailbox, type ConnectedMailbox } from '../a-mailbox.ts'

let box: ConnectedMailbox
let inbox: string
let messageId: string
beforeEach(async () => {
  box = await aConnectedMailbox()
  inbox = await box.watch('inbox')
  const [ref] = await fill(box.twin, 3)
  messageId = ref!.immutableId
  await box.work()
})
afterEach(() => box[Symbol.asyncDispose]())

const account = () => box.ledger.byMessageId(box.mailbox._id, messageId)
const refuse = (status: number) =>
  box.graph.desk.failRequests(status, 99, { path: encodeURIComponent(messageId) })
/** Our side has lost it, so that only a comparison of the ids can tell that there is such a message. */
const lose = async () => {
  await ledgerEntryModel(box.db).deleteOne({ messageId })
  await emailModel(box.db).deleteOne({ 'sightings.messageId': messageId })
}
const compare = async () => {
  await box.clock.advance(DAY)
  await box.work()
}
const explain = async (id = messageId) => {
  const mailbox = (await box.mailboxes.find(box.mailbox._id))!
  return new Explainer(box).explain(mailbox, { messageId: id }, untilTheEnd)
}

describe('a message that is found while Graph throttles the mailbox', () => {
  it('waits with that reason, and is stored by itself when Graph allows it', async () => {
    await lose()
    refuse(429)
    await compare()
    expect(await account()).toMatchObject({
      ...{ state: 'pending', reason: 'throttled-by-graph', attempts: 0, emailId: null },
    })
    expect((await account())!.retryAt!.getTime()).toBeGreaterThan(box.clock.now().getTime())
    expect(await explain()).toMatchObject({
      ...{ answer: 'accounted', summary: 'Microsoft 365 has asked FlowCRM to come back later.' },
      accounts: [{ reason: 'throttled-by-graph', retries: true }],
    })
    box.graph.desk.clear()
    await box.clock.advance(HOUR)
    await box.work()
    expect(await account()).toMatchObject({ state: 'stored', reason: 'new', retryAt: null })
    expect((await box.folder(inbox)).proof).toMatchObject({ equal: true, mailboxCount: 3 })
  })

  it('is told of once, however often it is asked for', async () => {
    await lose()
    refuse(429)
    await compare()
    const first = await account()
    await box.clock.advance(HOUR)
    await box.work()
    expect(box.failures.length).toBeGreaterThan(1)
    expect(await account()).toEqual(first)
  })
})

describe('a message that is found while the credential is refused', () => {
  it('waits for the mailbox to be connected again, and is stored then', async () => {
    await lose()
    refuse(401)
    await compare()
    expect(await account()).toMatchObject({ state: 'pending', reason: 'reconnect-needed' })
    expect(await explain()).toMatchObject({
      trouble: { reason: 'reconnect-needed' },
      accounts: [{ reason: 'reconnect-needed', who: 'member' }],
    })
    box.graph.desk.clear()
    await box.mailboxes.connect(aNewMailbox())
    await box.folders.dueNow(box.mailbox._id, box.clock.now())
    await box.work()
    expect(await account()).toMatchObject({ state: 'stored', reason: 'new' })
  })
})

describe('what the ledger knows better', () => {
  it.each([429, 401])('stays as it is while Graph refuses (%i)', async (status) => {
    const before = await account()
    box.graph.mailboxes.move(ALICE, messageId, 'archive')
    refuse(status)
    await box.ringAndWork(inbox)
    expect(await account()).toEqual(before)
  })
})

describe('the question after a message that nobody has seen', () => {
  it.each([
    [429, 'throttled-by-graph', 'Microsoft 365 has asked FlowCRM to come back later.'],
    [401, 'reconnect-needed', 'Microsoft 365 did not let FlowCRM look into the mailbox just now.'],
  ])(
    'is answered by the reason that it cannot be looked for (%i)',
    async (status, reason, says) => {
      box.graph.desk.failRequests(status, 99)
      const explanation = await explain('unknown')
      expect(explanation).toMatchObject({
        answer: 'not-asked',
        trouble: { reason, sentence: says },
      })
      expect(explanation.accounts).toEqual([])
    },
  )
})
