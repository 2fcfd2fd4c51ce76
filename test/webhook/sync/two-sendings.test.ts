import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { MINUTE } from '../../../webhook/duration.ts'
import { ALICE, aMime } from '../provider/graph/graphs.ts'
import { aRuledMailbox, type RuledMailbox } from '../rules/a-ruled-mailbox.ts'

let box: RuledMailbox
let inbox: string
beforeEach(async () => {
  box = await aRuledMailbox()
  inbox = await box.watch('inbox')
})
afterEach(() => box[Symbol.asyncDispose]())

const SENT = new Date('2026-11-20T08:59:30Z')
/** A newsletter's Message-ID, so many minutes after it was sent first. */
const deliver = (minutes: number, folder = 'inbox') => {
  const date = new Date(SENT.getTime() + minutes * MINUTE).toUTCString()
  const mime = aMime('News')
    .toString()
    .replace(/^Date: .*$/m, `Date: ${date}`)
  return box.graph.mailboxes.deliver(ALICE, { mime: Buffer.from(mime), folder })
}
const minutesOf = async () =>
  (await box.storedEmails())
    .map(({ sentAt, sightings }) => [
      ((sentAt?.getTime() ?? 0) - SENT.getTime()) / MINUTE,
      sightings.length,
    ])
    .toSorted()

describe('a sender that uses one Message-ID again', () => {
  it('has an e-mail for each sending, with the copies of each', async () => {
    for (const minutes of [0, 60, 1, 60, 120]) await deliver(minutes)
    await box.work()
    expect((await minutesOf()).map(([, copies]) => copies).toSorted()).toEqual([1, 2, 2])
    await deliver(60)
    await box.ringAndWork(inbox)
    expect((await minutesOf()).map(([, copies]) => copies).toSorted()).toEqual([1, 2, 3])
    expect((await box.folder(inbox)).proof?.equal).toBe(true)
  })

  it('has the same e-mails when the rules are applied anew, and each goes for itself', async () => {
    for (const minutes of [0, 60]) await deliver(minutes)
    const last = await deliver(120)
    await box.work()
    const before = await box.storedEmails()
    await box.own({ automated: 'keep-out' })
    await box.apply()
    expect(await box.storedEmails()).toEqual(before)
    box.graph.mailboxes.patch(ALICE, last.immutableId, { categories: ['No-CRM'] })
    await box.ringAndWork(inbox)
    expect(await minutesOf()).toEqual([
      [0, 1],
      [60, 1],
    ])
  })
})

describe('a workspace that does not want e-mails de-duplicated', () => {
  it('has one for each copy from then on, and keeps what it had', async () => {
    await deliver(0)
    await box.work()
    await box.policy({ deduplicate: false })
    await deliver(0)
    await deliver(0)
    await box.ringAndWork(inbox)
    expect(await minutesOf()).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ])
    const before = await box.storedEmails()
    await box.apply()
    expect(await box.storedEmails()).toEqual(before)
    expect((await box.folder(inbox)).proof?.equal).toBe(true)
  })
})
