import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { NEVER } from '../../../models/folder.ts'
import { ALICE, fill } from '../provider/graph/graphs.ts'
import { aConnectedMailbox, type ConnectedMailbox } from './a-mailbox.ts'

let box: ConnectedMailbox
beforeEach(async () => {
  box = await aConnectedMailbox()
})
afterEach(() => box[Symbol.asyncDispose]())

/** As a person does it for good, in Outlook. */
const deleteFolder = (id: string) => {
  const mailbox = box.graph.mailboxes.open(ALICE)
  mailbox.eraseFolder(mailbox.folders.find(id)!)
}
const aProjectFolder = async () => {
  const { id } = box.graph.mailboxes.addFolder(ALICE, 'inbox', 'Project')
  return { providerId: id, id: await box.watch(id) }
}

describe('a folder that was deleted in the mailbox', () => {
  it('is closed, its mail gone with it, and nobody rings or asks for it', async () => {
    const project = await aProjectFolder()
    await fill(box.twin, 3, project.providerId)
    await box.work()
    deleteFolder(project.providerId)
    await box.ringAndWork(project.id)
    const reasons = (await box.accounts()).map(({ state, reason }) => `${state}: ${reason}`)
    expect(reasons).toEqual(Array(3).fill('gone: folder-deleted'))
    expect(await box.folder(project.id)).toMatchObject({
      ...{ deletedAt: box.clock.now(), dueAt: NEVER, attempts: 0 },
    })
    expect(await box.subscriptionStore.ofFolder(project.id)).toBeNull()
    expect(await box.storedEmails()).toHaveLength(3)
    expect(box.failures).toEqual([])
  })

  it('is not mistaken for one whose delta fails', async () => {
    const project = await aProjectFolder()
    await fill(box.twin, 3, project.providerId)
    await box.work()
    box.graph.desk.failRequests(404, 1, { path: 'delta' })
    await box.ringAndWork(project.id)
    expect(await box.folder(project.id)).toMatchObject({ deletedAt: null, attempts: 1 })
    expect((await box.accounts()).every(({ state }) => state === 'stored')).toBe(true)
  })

  it('whose mail was moved out before keeps that mail', async () => {
    const inbox = await box.watch('inbox')
    const project = await aProjectFolder()
    const [saved] = await fill(box.twin, 2, project.providerId)
    await box.work()
    box.graph.mailboxes.move(ALICE, saved!.immutableId, 'inbox')
    deleteFolder(project.providerId)
    await box.ringAndWork(project.id)
    await box.ringAndWork(inbox)
    const account = await box.ledger.byMessageId(box.mailbox._id, saved!.immutableId)
    expect(account).toMatchObject({ state: 'stored', reason: 'new', folderId: inbox })
    expect(await box.storedEmails()).toHaveLength(2)
  })
})
