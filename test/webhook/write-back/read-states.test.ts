import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { aPerson, BOB } from '../../support/builders.ts'
import { aTwoWayMailbox, type TwoWayMailbox } from './a-two-way-mailbox.ts'

let box: TwoWayMailbox
beforeEach(async () => {
  box = await aTwoWayMailbox()
})
afterEach(() => box[Symbol.asyncDispose]())

const alice = aPerson()
const bob = aPerson({ userId: BOB, displayName: 'Bob' })

/** An unread mail of Alice's, by its id in Outlook and here. */
async function anUnread() {
  const id = await box.receive()
  await box.goBack()
  const [email] = await box.storedEmails()
  return { id, emailId: email!._id }
}
const shownHere = async () => (await box.storedEmails())[0]!.sightings[0]!.isRead

describe('a mail that is read here', () => {
  it('is read in Outlook', async () => {
    const { id, emailId } = await anUnread()
    expect(await box.readStates.set(alice, emailId, { isRead: true })).toEqual({ isRead: true })
    expect(await shownHere()).toBe(true)
    await box.goBack()
    expect(box.inOutlook(id).isRead).toBe(true)
    await box.sync()
    expect([await shownHere(), await box.goBack()]).toEqual([true, 0])
  })

  it('is unread there again when that is wished', async () => {
    const { id, emailId } = await anUnread()
    await box.readStates.set(alice, emailId, { isRead: true })
    await box.readStates.set(alice, emailId, { isRead: false })
    await box.goBack()
    expect([box.inOutlook(id).isRead, await shownHere()]).toEqual([false, false])
    await box.readStates.set(alice, emailId, { isRead: true })
    await box.goBack()
    await box.readStates.set(alice, emailId, { isRead: false })
    await box.goBack()
    expect(box.inOutlook(id).isRead).toBe(false)
  })

  it('counts as its owner has it in Outlook afterwards', async () => {
    const { id, emailId } = await anUnread()
    await box.readStates.set(alice, emailId, { isRead: true })
    await box.goBack()
    box.touch(id, { isRead: false })
    await box.sync()
    expect([await shownHere(), await box.goBack()]).toEqual([false, 0])
  })

  it('stays read while that is on its way, though the mailbox says otherwise', async () => {
    const { id, emailId } = await anUnread()
    box.touch(id, { categories: ['FlowCRM', 'Urgent'] })
    await box.readStates.set(alice, emailId, { isRead: true })
    await box.sync()
    expect(await shownHere()).toBe(true)
    await box.goBack()
    await box.sync()
    expect([box.inOutlook(id).isRead, await shownHere()]).toEqual([true, true])
  })

  it('is not marked by somebody else, who may not see it', async () => {
    const { emailId } = await anUnread()
    await expect(box.readStates.set(bob, emailId, { isRead: true })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('is not marked by a colleague who may', async () => {
    const { emailId } = await anUnread()
    const [head] = await box.emails.findMany([emailId])
    expect(await box.readStates.of(bob, head!)).toBeNull()
  })

  it('stays as Outlook has it where nothing goes back', async () => {
    const { id, emailId } = await anUnread()
    await box.own({ direction: 'one-way' })
    await expect(box.readStates.set(alice, emailId, { isRead: true })).rejects.toMatchObject({
      code: 'invalid-request',
    })
    await box.goBack()
    expect([box.inOutlook(id).isRead, await shownHere()]).toEqual([false, false])
  })

  it('is told with whether it can be marked, and how it is', async () => {
    const { emailId } = await anUnread()
    const [head] = await box.emails.findMany([emailId])
    expect(await box.readStates.of(alice, head!)).toEqual({ isRead: false })
    await box.own({ direction: 'one-way' })
    expect(await box.readStates.of(alice, head!)).toBeNull()
  })
})
