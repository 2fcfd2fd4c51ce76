import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { folderModel } from '../../../models/folder.ts'
import { mailboxModel } from '../../../models/mailbox.ts'
import type { Activity, ActivityKind } from '../../../models/wire/health/activity.ts'
import type { Browserless } from '../../../sandbox/browserless.ts'
import { bulkMime } from '../../../sandbox/seed/bulk.ts'
import { people } from '../../../sandbox/sign-in/directory.ts'
import { anAccount } from '../../support/builders.ts'
import { connectAndWatch, eventually, mailboxOf, startWorld } from '../../support/world.ts'
import { test } from '../test-sync/asked-over-http.ts'

const ALICE = people.alice.mail

let world: Awaited<ReturnType<typeof startWorld>>
let alice: Browserless
let id: string
beforeAll(async () => {
  world = await startWorld()
  await world.graph.mailboxes.deliver(ALICE, { mime: bulkMime(1, ALICE, new Date()) })
  const { browser, mailbox } = await connectAndWatch(world, 'alice', ['Inbox'])
  alice = browser
  id = mailbox.id
  await eventually(
    () => mailboxOf(alice),
    ({ light }) => light.colour === 'green',
  )
})
afterAll(() => world[Symbol.asyncDispose]())

const activity = (query = '') => alice.json<Activity>(`/api/v1/mailboxes/${id}/activity${query}`)
const sentences = async (kind: ActivityKind) =>
  (await activity(`?kind=${kind}`)).entries.map(({ sentence }) => sentence)

describe('the activity of a mailbox', () => {
  it('tells what people did and as whom, never who', async () => {
    await alice.json(`/api/v1/mailboxes/${id}/pause`, { method: 'POST' })
    await alice.json(`/api/v1/mailboxes/${id}/resume`, { method: 'POST' })
    expect((await sentences('people')).slice(0, 4)).toEqual([
      'Reading was resumed by its owner.',
      'Reading was paused by its owner.',
      'Its folders were chosen by its owner.',
      'The mailbox was connected by its owner.',
    ])
    expect(JSON.stringify(await activity())).not.toContain(people.alice.oid)
  })

  it('tells what the service did in each folder, by its name', async () => {
    const { entries } = await activity()
    const said = entries.filter(({ folderName }) => folderName === 'Inbox')
    expect(new Set(said.map(({ kind }) => kind))).toEqual(
      new Set(['reading', 'comparison', 'subscription']),
    )
    expect(await sentences('comparison')).toEqual([
      'Compared with the mailbox: no difference in 1 message.',
    ])
    expect(entries.map(({ at }) => at)).toEqual(
      entries
        .map(({ at }) => at)
        .sort()
        .reverse(),
    )
  })

  it('tells the last test, and a message that is not stored', async () => {
    await test(alice, id)
    expect(await sentences('test')).toEqual(['Test Sync found that everything works.'])
    const { ledger, folders } = world.service.context
    const [folder] = await folders.watchedOf(id)
    const account = anAccount({
      ...{ mailboxId: id, folderId: folder!._id, messageId: 'never-was', emailId: null },
      ...{ state: 'failed', reason: 'too-large', attempts: 2 },
    })
    await ledger.write([{ was: null, account, events: [], at: new Date() }])
    const [said] = (await activity('?kind=message')).entries
    expect(said).toMatchObject({ severity: 'error', folderName: 'Inbox' })
    expect(said!.sentence).toMatch(/^A message is not stored\. .* Tries so far: 2\.$/)
  })

  it('tells what is wrong now', async () => {
    const { db } = world.service.context
    const trouble = { action: 'admin', code: 'ErrorAccessDenied', since: new Date() }
    await mailboxModel(db).updateOne({ _id: id }, { trouble, paused: null })
    await folderModel(db).updateMany({ mailboxId: id }, { attempts: 3, lastErrorCode: 'throttled' })
    expect(await sentences('credential')).toEqual([expect.stringContaining('ErrorAccessDenied')])
    const [said] = (await activity('?kind=reading')).entries
    expect(said).toMatchObject({
      severity: 'error',
      sentence: expect.stringContaining('3 times in a row (throttled)'),
    })
  })

  it('is narrowed by time, and takes no kind that there is not', async () => {
    const later = new Date(Date.now() + 60_000).toISOString()
    expect((await activity(`?since=${encodeURIComponent(later)}`)).entries).toEqual([])
    await expect(activity('?kind=gossip')).rejects.toThrow('400')
  })
})
