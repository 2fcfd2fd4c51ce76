import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { folderModel, type Folder } from '../../../../models/folder.ts'
import type { Finding, Findings } from '../../../../models/wire/health/findings.ts'
import type { Mailbox } from '../../../../models/wire/mailbox.ts'
import type { Browserless } from '../../../../sandbox/browserless.ts'
import { bulkMime } from '../../../../sandbox/seed/bulk.ts'
import { people } from '../../../../sandbox/sign-in/directory.ts'
import { DAY, HOUR, SECOND } from '../../../../webhook/duration.ts'
import {
  connectAndWatch,
  eventually,
  mailboxOf,
  startWorld,
  watch,
} from '../../../support/world.ts'

const ALICE = people.alice

let world: Awaited<ReturnType<typeof startWorld>>
let alice: Browserless
let bob: Browserless
let ada: Browserless
let hers: Mailbox
beforeAll(async () => {
  world = await startWorld()
  await world.graph.mailboxes.deliver(ALICE.mail, { mime: bulkMime(1, ALICE.mail, new Date()) })
  const connected = await connectAndWatch(world, 'alice', ['Inbox', 'Sent Items'])
  alice = connected.browser
  hers = connected.mailbox
  await eventually(
    () => mailboxOf(alice),
    ({ light }) => light.colour === 'green',
  )
  ada = await world.signIn('admin')
  await ada.visit('/auth/admin-consent', 'admin')
  bob = (await connectAndWatch(world, 'bob', ['Inbox'])).browser
})
afterAll(() => world[Symbol.asyncDispose]())

const findingsOf = async (browser: Browserless): Promise<Finding[]> =>
  (await browser.json<Findings>('/api/v1/health/findings')).findings
/** Those of one kind, by the folder. */
const foldersWith = async (code: Finding['code'], browser: Browserless) =>
  (await findingsOf(browser)).filter((found) => found.code === code).map((one) => one.folderName)

/** As time would have made it, for one folder that nobody works on meanwhile. */
async function setInbox(folder: Partial<Folder>): Promise<void> {
  const { db, folders } = world.service.context
  const inbox = (await folders.watchedOf(hers.id)).find(
    ({ displayName }) => displayName === 'Inbox',
  )
  await folderModel(db).updateOne({ _id: inbox!._id }, { $set: folder })
}
const quiet = (): Partial<Folder> => ({
  rhythm: { lastChangeAt: new Date(Date.now() - DAY), meanGapMs: HOUR, emptyProbes: 3 },
  lastSyncAt: new Date(),
  dueAt: new Date(Date.now() + DAY),
})

describe('what is found about mailboxes', () => {
  it('is nothing where mail comes and goes', async () => {
    expect(await findingsOf(alice)).toEqual([])
    expect(await findingsOf(ada)).toEqual([])
  })

  it('is a quiet folder, for its owner and for administrators, and for nobody else', async () => {
    await setInbox(quiet())
    const [found] = await findingsOf(alice)
    expect(found).toMatchObject({
      ...{ code: 'silence-asked', severity: 'info', folderName: 'Inbox', todo: null },
      mailbox: { id: hers.id, address: ALICE.mail },
      ...{ since: expect.any(String), askedAt: expect.any(String) },
    })
    expect(await findingsOf(ada)).toEqual([found])
    expect(await findingsOf(bob)).toEqual([])
  })

  it('is not the silence of a mailbox that somebody paused', async () => {
    await alice.json(`/api/v1/mailboxes/${hers.id}/pause`, { method: 'POST' })
    expect(await findingsOf(alice)).toEqual([])
    await alice.json(`/api/v1/mailboxes/${hers.id}/resume`, { method: 'POST' })
  })

  it('is new mail that was found by asking, until one is announced', async () => {
    const { db } = world.service.context
    const late = { providerMs: HOUR, oursMs: 5 }
    await world.graph.mailboxes.deliver(ALICE.mail, { mime: bulkMime(2, ALICE.mail, new Date()) })
    const { entries } = await eventually(
      async () => ({
        entries: await db
          .collection('ledgerEntries')
          .find({ delay: { $ne: null } })
          .toArray(),
      }),
      ({ entries }) => entries.length > 0,
    )
    expect(await foldersWith('not-announced', alice)).toEqual([])
    const { _id } = entries[0]!
    // Mail bears whole seconds: what came in the second in which Microsoft 365 agreed to ring may have come before it.
    const receivedAt = new Date(Date.now() + SECOND)
    const change = { receivedAt, delay: late, 'history.0.via': 'delta' }
    await db.collection('ledgerEntries').updateOne({ _id }, { $set: change })
    expect(await foldersWith('not-announced', alice)).toEqual(['Inbox'])
  })
})

describe('a mailbox that its person and an administrator have connected', () => {
  it('is two, as an app that may not read the directory cannot know whose an address is', async () => {
    const byAddress = { method: 'POST', body: { address: ALICE.mail.toUpperCase() } } as const
    const other = await ada.json<Mailbox>('/api/v1/mailboxes', byAddress)
    expect(other.id).not.toBe(hers.id)
    const overlapping = async (browser: Browserless) =>
      (await findingsOf(browser)).filter(({ code }) => /twice/.test(code))
    expect((await overlapping(ada)).map(({ code }) => code)).toEqual(['connected-twice'])

    await watch(ada, other.id, ['Inbox'])
    const [found, ...more] = await overlapping(ada)
    expect(more).toEqual([])
    expect(found).toMatchObject({ code: 'read-twice', severity: 'warning', since: null })
    expect(found?.sentence).toContain('Read more than once: Inbox.')
    const [told] = await overlapping(alice)
    expect(told).toEqual({ ...found, mailbox: { ...found!.mailbox, id: hers.id } })
    expect(await overlapping(bob)).toEqual([])

    await ada.json(`/api/v1/mailboxes/${other.id}/pause`, { method: 'POST' })
    expect(await overlapping(alice)).toEqual([])
  })
})
