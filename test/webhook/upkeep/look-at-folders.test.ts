import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { DAY, MINUTE } from '../../../webhook/duration.ts'
import { lookAtFolders } from '../../../webhook/upkeep/look-at-folders.ts'
import { ALICE, untilTheEnd } from '../provider/graph/graphs.ts'
import { aConnectedMailbox, type ConnectedMailbox } from '../sync/a-mailbox.ts'

let box: ConnectedMailbox
let archive: string
let changed: string[]
beforeEach(async () => {
  box = await aConnectedMailbox()
  archive = await box.watch('archive')
  await box.work()
  changed = []
  box.graph.requests.clear()
  await look()
  expect(box.graph.requests.count()).toBe(0) // just connected: the names are known
  await box.clock.advance(DAY)
})
afterEach(() => box[Symbol.asyncDispose]())

const look = () =>
  lookAtFolders(
    { ...box, random: () => 1, onMailboxChanged: (id) => void changed.push(id) },
    untilTheEnd,
  )
const rename = (name: string) =>
  box.graph.mailboxes.open(ALICE).folders.rename(box.graph.mailboxes.folder(ALICE, 'archive'), name)
const nameNow = async () => (await box.folder(archive)).displayName

it('takes over a new name once a day, with one request for each watched folder', async () => {
  await look()
  rename('Old things')
  box.graph.requests.clear()
  await look()
  expect(box.graph.requests.count()).toBe(0)
  await box.clock.advance(DAY)
  await Promise.all([look(), look()])
  expect(box.graph.requests.count()).toBe(1)
  expect(await nameNow()).toBe('Old things')
  expect(changed).toEqual([box.mailbox._id])
})

it('tries again in a quarter of an hour when Graph does not answer', async () => {
  rename('Old things')
  box.graph.desk.failRequests(503, 99)
  await look()
  box.graph.desk.clear()
  await look()
  expect(await nameNow()).toBe('Archive')
  await box.clock.advance(15 * MINUTE)
  await look()
  expect(await nameNow()).toBe('Old things')
})

it('asks nothing for a mailbox that is paused or in trouble', async () => {
  await box.mailboxes.pause(box.mailbox._id, { at: box.clock.now(), byName: 'Ada' })
  box.graph.requests.clear()
  await look()
  await box.clock.advance(DAY)
  await box.mailboxes.pause(box.mailbox._id, null)
  await box.mailboxes.refused(box.mailbox, { action: 'policy', code: '53003' }, box.clock.now())
  await look()
  expect(box.graph.requests.count()).toBe(0)
})

it('has a folder read again that was deleted and is there again', async () => {
  await box.folders.deleted(archive, box.clock.now())
  const { dirtySeq } = await box.folder(archive)
  await look()
  expect((await box.folder(archive)).dirtySeq).toBe(dirtySeq + 1)
  await box.clock.advance(MINUTE)
  await box.work()
  expect(await box.folder(archive)).toMatchObject({ deletedAt: null, proof: { equal: true } })
})
