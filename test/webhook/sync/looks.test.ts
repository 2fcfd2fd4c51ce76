import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { emailModel } from '../../../models/email.ts'
import { ALICE, fill } from '../provider/graph/graphs.ts'
import { aConnectedMailbox, type ConnectedMailbox } from './a-mailbox.ts'

let box: ConnectedMailbox
let inbox: string
beforeEach(async () => {
  box = await aConnectedMailbox()
  inbox = await box.watch('inbox')
})
afterEach(() => box[Symbol.asyncDispose]())

const seen = async () =>
  (await box.storedEmails()).map(({ sightings: [first] }) => ({
    isRead: first!.isRead,
    categories: first!.categories,
  }))
const patch = (id: string, change: { isRead?: boolean; categories?: string[] }) =>
  box.graph.mailboxes.patch(ALICE, id, change)
const stories = async () => (await box.accounts()).map(({ rev, history }) => [rev, history])

describe('an e-mail shows how its message looks in the mailbox', () => {
  it('from the start', async () => {
    const [, second] = await fill(box.twin, 2)
    patch(second!.defaultId, { isRead: true, categories: ['Blue', 'Important'] })
    await box.work()
    expect(await seen()).toEqual([
      { isRead: false, categories: [] },
      { isRead: true, categories: ['Blue', 'Important'] },
    ])
    const raw = JSON.stringify(await emailModel(box.db).find().lean())
    expect(raw).not.toContain('Important')
  })

  it('and follows it, for no request and without a line in its story', async () => {
    const [ref] = await fill(box.twin, 1)
    await box.work()
    const before = await stories()
    box.graph.requests.clear()
    patch(ref!.defaultId, { isRead: true })
    await box.ringAndWork(inbox)
    expect(await seen()).toEqual([{ isRead: true, categories: [] }])
    patch(ref!.defaultId, { categories: ['Blue'] })
    await box.ringAndWork(inbox)
    expect(await seen()).toEqual([{ isRead: true, categories: ['Blue'] }])
    patch(ref!.defaultId, { isRead: false, categories: [] })
    await box.ringAndWork(inbox)
    expect(await seen()).toEqual([{ isRead: false, categories: [] }])
    expect(box.graph.requests.count()).toBe(3) // one look at the folder for each bell
    expect(await stories()).toEqual(before)
  })

  it('of which a copy elsewhere says something else', async () => {
    const [ref] = await fill(box.twin, 1)
    const copy = box.graph.mailboxes.copy(ALICE, ref!.defaultId, 'inbox')
    await box.work()
    patch(copy.defaultId, { isRead: true })
    await box.ringAndWork(inbox)
    const [email] = await box.storedEmails()
    const read = email!.sightings.filter(({ isRead }) => isRead)
    expect(read.map(({ messageId }) => messageId)).toEqual([copy.immutableId])
  })

  it('also when the whole message is told again', async () => {
    const [ref] = await fill(box.twin, 1)
    await box.work()
    patch(ref!.defaultId, { isRead: true })
    await box.queue.startOver([inbox])
    await box.ringAndWork(inbox)
    expect(await seen()).toEqual([{ isRead: true, categories: [] }])
  })

  it('and is not written again for what it shows already', async () => {
    await fill(box.twin, 12)
    await box.work()
    const emails = await box.storedEmails()
    const looks = emails.flatMap(({ _id: emailId, sightings }) =>
      sightings.map(({ key }) => ({ emailId, key, isRead: false, categories: [] })),
    )
    expect(looks).toHaveLength(12)
    expect(await box.emails.changedLooks(looks)).toEqual([])
    const strange = { emailId: 'unknown', key: 'unknown', isRead: true }
    expect(await box.emails.changedLooks([strange])).toEqual([])
    expect(await box.emails.changedLooks([{ ...strange, emailId: emails[0]!._id }])).toEqual([])
  })
  it('stays read where somebody reads it while a round brings its categories', async () => {
    await fill(box.twin, 1)
    await box.work()
    const [email] = await box.storedEmails()
    const key = email!.sightings[0]!.key
    const emailId = email!._id
    const round = await box.emails.changedLooks([{ emailId, key, categories: ['Blue'] }])
    await box.emails.writeLooks(await box.emails.changedLooks([{ emailId, key, isRead: true }]))
    await box.emails.writeLooks(round)
    expect(await seen()).toEqual([{ isRead: true, categories: ['Blue'] }])
  })
})
