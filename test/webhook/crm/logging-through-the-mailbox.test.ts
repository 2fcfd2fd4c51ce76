import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { LogEmailRequest } from '../../../models/wire/log-email.ts'
import type { ItemRef } from '../../../sandbox/graph/store/item.ts'
import { Emails } from '../../../webhook/crm/email-desk.ts'
import type { CrashPoint } from '../../../webhook/crash-points.ts'
import { StoreUnavailableError } from '../../../webhook/errors.ts'
import { EmailStore } from '../../../webhook/store/email-store.ts'
import { SECOND } from '../../../webhook/duration.ts'
import { HandLog } from '../../../webhook/rules/hand-log.ts'
import { OwnCopies } from '../../../webhook/rules/own-copy.ts'
import { ruleSetModel } from '../../../models/rule-set.ts'
import { ALICE, aLogRequest, aPerson, BOB, NOW, WORKSPACE } from '../../support/builders.ts'
import { aFile, anArchive, type Archive } from '../attachments/an-archive.ts'
import { aMime } from '../provider/graph/graphs.ts'

const alice = aPerson()
const bob = aPerson({ userId: BOB, displayName: 'Bob' })

const onQuarantined = ({ error }: { error: unknown }) => {
  throw error
}

let box: Archive
let desk: Emails
beforeEach(async () => {
  box = await anArchive()
  await box.work()
  const copies = new OwnCopies({ ...box, random: () => 1, onQuarantined })
  desk = new Emails({ ...box, handLog: new HandLog({ ...box, copies }), onLogged: () => undefined })
})
afterEach(() => box[Symbol.asyncDispose]())

const deliver = (folder: string, over: { categories?: string[] } = {}) =>
  box.graph.mailboxes.deliver(ALICE, {
    mime: aMime('Offer', 'Seven <b>crates</b>.'),
    folder,
    ...over,
  })
/** What the pane sends of that mail: less, and a little else. */
const request = (over: Partial<LogEmailRequest> = {}) =>
  aLogRequest({
    ...{ internetMessageId: '<Offer@customer.example>', bodyHtml: '<div>Seven crates.</div>' },
    sentAt: NOW.toISOString(),
    ...over,
  })
const without = (name: 'itemId' | 'internetMessageId', over: Partial<LogEmailRequest>) => {
  const { [name]: _none, ...rest } = request(over)
  return rest
}
const vias = async () =>
  (await box.storedEmails()).map(({ sightings }) => sightings.map(({ via }) => via).toSorted())
const openIn = (ref: ItemRef) => ({ itemId: ref.defaultId })

describe('a message that is logged from a connected mailbox', () => {
  it('is stored as the mailbox has it, wherever it lies', async () => {
    const ref = await deliver('archive')
    const status = await desk.log(alice, request(openIn(ref)))
    expect(status).toMatchObject({
      state: 'stored',
      sightings: [{ via: 'add-in', byName: 'Alice' }],
    })
    const [email, ...others] = await box.storedEmails()
    expect(others).toEqual([])
    expect(email).toMatchObject({
      bodyHtml: expect.stringContaining('Seven <b>crates</b>.'),
      cc: [{ address: 'bob@flow.example' }],
      sentAt: new Date('2026-11-20T08:59:30Z'),
      sightings: [{ via: 'add-in', messageId: ref.immutableId }],
    })
    expect(await box.accounts()).toEqual([]) // nobody watches that folder
  })

  it('is there as the sync sees it, too, where its folder is watched', async () => {
    const ref = await deliver('inbox')
    const status = await desk.log(alice, request(openIn(ref)))
    expect(status).toMatchObject({ sightings: [{ via: 'add-in' }, { via: 'sync', isRead: false }] })
    const [account] = await box.accounts()
    expect(account).toMatchObject({ state: 'stored', messageId: ref.immutableId })
    expect(account?.history[0]).toMatchObject({ kind: 'seen', via: 'hand' })
    const before = [await box.storedEmails(), await box.accounts()]
    expect(await desk.log(alice, request(openIn(ref)))).toEqual(status)
    await box.sync()
    expect([await box.storedEmails(), await box.accounts()]).toEqual(before)
    expect((await box.folder(box.inbox)).proof?.equal).toBe(true)
  })

  it('is one e-mail when it is logged while the sync reads it', async () => {
    const ref = await deliver('inbox')
    await Promise.all([
      ...Array.from({ length: 5 }, () => desk.log(alice, request(openIn(ref)))),
      box.sync(),
    ])
    await box.sync()
    expect(await vias()).toEqual([['add-in', 'sync']])
    expect(await box.accounts()).toMatchObject([{ state: 'stored' }])
  })

  it.each(['page-known-read', 'emails-inserted', 'emails-written'] as const)(
    'is one e-mail, accounted for, though the service dies at %s and nobody asks again',
    async (deadly) => {
      const ref = await deliver('inbox')
      const crash = (point: CrashPoint) => {
        if (point === deadly) throw new StoreUnavailableError('The service has died.')
      }
      const emails = new EmailStore({ ...box, crash })
      const copies = new OwnCopies({ ...box, emails, crash, random: () => 1, onQuarantined })
      const handLog = new HandLog({ ...box, copies })
      const dying = new Emails({ ...box, handLog, onLogged: () => undefined })
      await expect(dying.log(alice, request(openIn(ref)))).rejects.toThrow('died')
      await box.sync()
      expect(await vias()).toEqual([['add-in', 'sync']])
      expect(await box.accounts()).toMatchObject([{ state: 'stored' }])
    },
  )

  it.each<[string, (ref: ItemRef) => LogEmailRequest]>([
    ['by its Message-ID alone', () => without('itemId', {})],
    ['by its id alone', (ref) => without('internetMessageId', openIn(ref))],
    ['by an id that Graph cannot read', () => request({ itemId: 'AAMk/ews+format==' })],
    ['by an id that is no longer its own', () => request({ itemId: 'AAMkADkz' })],
  ])('is found %s', async (_how, asked) => {
    await desk.log(alice, asked(await deliver('inbox')))
    expect(await vias()).toEqual([['add-in', 'sync']])
  })

  it('is not taken for another one that its id names', async () => {
    const other = await box.graph.mailboxes.deliver(ALICE, {
      mime: aMime('Other'),
      folder: 'archive',
    })
    await desk.log(alice, request(openIn(other)))
    expect(await box.storedEmails()).toMatchObject([{ preview: 'Seven crates.', sentAt: null }])
  })

  it('brings its attachments, also from a folder that is not watched', async () => {
    const ref = await deliver('archive')
    await box.graph.mailboxes.attach(ALICE, ref.immutableId, aFile())
    await desk.log(alice, request(openIn(ref)))
    expect(await box.fetchDue()).toBe(1)
    expect(await box.attachmentsOf('Offer')).toMatchObject([{ name: 'offer.pdf', state: 'stored' }])
  })

  it('is refused for what only the mailbox knows of it, though no pass has read it yet', async () => {
    const ref = await deliver('inbox', { categories: ['No-CRM'] })
    await expect(desk.log(alice, request(openIn(ref)))).rejects.toMatchObject({
      ...{ code: 'kept-out', reason: 'category-no-crm' },
    })
    expect(await box.storedEmails()).toEqual([])
  })

  it('joins a colleague’s copy without comparing words: their own mailbox has it', async () => {
    const ref = await deliver('archive')
    await desk.log(bob, request({ mailboxAddress: 'bob@flow.example', bodyHtml: 'Seven crates.' }))
    await desk.log(alice, request({ ...openIn(ref), bodyHtml: 'as another client shows it' }))
    expect(await vias()).toEqual([['add-in', 'add-in']])
  })
})

describe('what the pane has read is stored', () => {
  const fromThePane = { bodyHtml: '<div>Seven crates.</div>', sentAt: null }

  it('when the mailbox is paused', async () => {
    const ref = await deliver('inbox')
    await box.mailboxes.pause(box.mailbox._id, { at: NOW, byName: 'Alice' })
    box.graph.requests.clear()
    await desk.log(alice, request(openIn(ref)))
    expect(await box.storedEmails()).toMatchObject([fromThePane])
    expect(box.graph.requests.count()).toBe(0)
  })

  it('when the mailbox is a colleague’s', async () => {
    const ref = await deliver('inbox')
    box.graph.requests.clear()
    await desk.log(bob, request(openIn(ref)))
    expect(await box.storedEmails()).toMatchObject([fromThePane])
    expect(box.graph.requests.count()).toBe(0)
  })

  it('when the mailbox has no such message', async () => {
    await desk.log(alice, request())
    expect(await box.storedEmails()).toMatchObject([fromThePane])
  })

  it.each<[string, () => void]>([
    ['does not answer', () => box.graph.desk.damageReplies('hang', 1)],
    ['refuses again and again', () => box.graph.desk.failRequests(503, 20)],
    [
      'wants to be left alone for an hour',
      () => box.graph.desk.failRequests(429, 20, { retryAfterSeconds: 3_600 }),
    ],
  ])('after five seconds when Graph %s, and the next pass mends it', async (_what, trouble) => {
    const ref = await deliver('inbox')
    trouble()
    const logged = desk.log(alice, request(openIn(ref)))
    for (let second = 0; second < 6; second++) await box.clock.advance(SECOND, settled)
    await logged
    expect(await box.storedEmails()).toMatchObject([fromThePane])
    box.graph.desk.clear()
    await box.clock.advance(3_600 * SECOND)
    await box.sync()
    expect(await vias()).toEqual([['add-in', 'sync']])
    expect((await box.storedEmails())[0]?.sentAt).toEqual(new Date('2026-11-20T08:59:30Z'))
  })
  /** Loopback requests take their real time. */
  const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 20))
})

describe('where e-mails are not de-duplicated', () => {
  beforeEach(async () => {
    const rules = {
      neverLog: [],
      locked: [],
      ownDomains: [],
      privacyAddresses: [],
      timeZone: 'UTC',
    }
    const set = { version: 1, savedAt: NOW, byUserId: ALICE, restored: null, byName: 'Ada' }
    const owner = { workspaceId: WORKSPACE, ownerId: WORKSPACE }
    await box.ruleStore.add(owner, { ...set, rules: { ...rules, deduplicate: false } })
    expect(await ruleSetModel(box.db).countDocuments()).toBe(1)
  })

  it('each sighting is an e-mail of its own', async () => {
    const ref = await deliver('inbox')
    box.graph.mailboxes.copy(ALICE, ref.defaultId, 'inbox')
    await box.sync()
    expect(await vias()).toEqual([['sync'], ['sync']])
    const status = await desk.log(alice, request(openIn(ref)))
    expect(await desk.log(alice, request(openIn(ref)))).toEqual(status)
    expect((await vias()).flat().toSorted()).toEqual(['add-in', 'sync', 'sync'])
    await box.sync()
    expect(await box.storedEmails()).toHaveLength(3)
  })
})
