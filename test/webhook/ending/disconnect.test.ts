import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { attachmentWorkModel } from '../../../models/attachments/work.ts'
import { MINUTE } from '../../../webhook/duration.ts'
import { openEnding } from '../../../webhook/ending/open-ending.ts'
import type { MailProvider, Providers } from '../../../webhook/provider/provider.ts'
import { finishHandovers } from '../../../webhook/upkeep/finish-handovers.ts'
import { ALICE, aPerson } from '../../support/builders.ts'
import { untilTheEnd } from '../provider/graph/graphs.ts'
import { admin, alice } from '../rules/a-ruled-mailbox.ts'
import { KEPT, REMOVED, twoMailboxes, WHOLE, type TwoMailboxes } from './two-mailboxes.ts'

let box: TwoMailboxes
beforeEach(async () => {
  box = await twoMailboxes()
})
afterEach(() => box[Symbol.asyncDispose]())

describe('a mailbox that is disconnected', () => {
  it('takes its own sightings along, and leaves those of others', async () => {
    expect(await box.seen()).toEqual(WHOLE)
    await box.disconnect()
    await box.settle()
    expect(await box.seen()).toEqual(KEPT)
    expect(await box.told(box.mailbox._id)).toEqual({ 'gone mailbox-disconnected': 5 })
    const bobs = Object.entries(await box.told(box.bobs._id))
    expect(bobs.filter(([words]) => !words.startsWith('stored '))).toEqual([])
    const entry = (await box.accounts()).find(({ mailboxId }) => mailboxId === box.mailbox._id)
    expect(entry!.history.map(({ kind }) => kind)).toEqual(['seen', 'decided', 'stored', 'gone'])
  })

  it('takes along, when that is wanted, what nobody else has seen', async () => {
    const ids = (await box.storedEmails()).map(({ _id: emailId, workspaceId }) => ({
      ...{ emailId, workspaceId },
    }))
    await box.attachmentQueue.want(ids)
    const inAYear = new Date('2027-11-20T09:00:00Z')
    await attachmentWorkModel(box.db).updateMany({}, { $set: { dueAt: inAYear } })
    await box.disconnect('remove')
    await box.settle()
    expect(await box.seen()).toEqual(REMOVED)
    const due = await attachmentWorkModel(box.db)
      .find({ dueAt: { $lt: inAYear } })
      .lean()
    expect(due.map(({ _id }) => _id).toSorted()).toEqual(
      ids
        .map(({ emailId }) => emailId)
        .filter((id) => due.some(({ _id }) => _id === id))
        .toSorted(),
    )
    expect(due).toHaveLength(3)
  })

  it('is asked for nothing more and rings no more, from that moment on', async () => {
    expect(box.rings()).toBe(2)
    await box.disconnect()
    await box.chores()
    expect(box.rings()).toBe(1)
    expect(await box.subscriptionStore.ofMailbox(box.mailbox._id)).toEqual([])
    await box.settle()
    const asked = box.twin.seen.length
    await box.deliver({ subject: 'Later' })
    expect(await box.ringAndWork(box.alicesInbox)).toBe(0)
    await box.subscriptions.renewDue(untilTheEnd)
    await box.subscriptions.searchStrays(untilTheEnd)
    expect(box.twin.seen).toHaveLength(asked)
  })

  it('is shown as disconnected until all is put away, and can no longer be changed', async () => {
    const shown = async () => (await box.mailboxDesk.of(alice)).map(({ light }) => light)
    await box.disconnect()
    expect(await shown()).toMatchObject([
      { colour: 'off', sentence: expect.stringMatching(/^Disconnected\..* 0 of 10\.$/) },
    ])
    await box.chores()
    expect((await shown())[0]?.sentence).toMatch(/ 10 of 10\.$/)
    await expect(box.mailboxDesk.find(alice, box.mailbox._id)).rejects.toThrow('no such mailbox')
    await box.settle()
    expect(await shown()).toEqual([])
    expect(await box.mailboxDesk.of(admin)).toHaveLength(1)
    expect(await box.mailboxes.withAddress('alice@flow.example')).toEqual([])
  })

  it('shares nothing with colleagues any more', async () => {
    const settings = { pollEveryMinutes: null, windowDays: null, sharing: 'full' as const }
    await box.mailboxes.saveSettings(box.mailbox._id, settings)
    expect([...(await box.mailboxes.sharingIn(box.mailbox.workspaceId)).keys()]).toEqual([
      box.mailbox._id,
    ])
    await box.disconnect()
    expect((await box.mailboxes.sharingIn(box.mailbox.workspaceId)).size).toBe(0)
  })

  it('is written down before anything is done', async () => {
    await box.disconnect('remove')
    const [entry] = await box.audits.page(box.mailbox.workspaceId, {}, { before: null, limit: 1 })
    expect(entry).toMatchObject({
      ...{ action: 'mailbox-disconnected', objectId: box.mailbox._id, userId: ALICE },
    })
    const audit = { write: () => Promise.reject(new Error('the audit log is down')) }
    const { desk } = openEnding({ ...box.parts, audit })
    await expect(desk.disconnect(aPerson(), box.bobs, 'keep')).rejects.toThrow('is down')
    expect((await box.mailboxes.find(box.bobs._id))?.status).toBe('connected')
  })

  it('that another person had before goes to its owner all the same', async () => {
    await box.mailboxes.giveTo('new-owner', await box.alices(), box.clock.now())
    await box.disconnect()
    await box.settle()
    await finishHandovers(box, untilTheEnd)
    const owners = (await box.storedEmails()).flatMap(({ sightings }) => sightings)
    expect(owners.filter(({ ownerUserId }) => ownerUserId === ALICE)).toEqual([])
    expect(await box.mailboxes.handingOver()).toEqual([])
  })
})

describe('a pass that is under way', () => {
  /** Somebody disconnects the mailbox when the pass has read a page, and not written it yet. */
  const inTheMiddle = (): Providers => ({
    forMailbox: (of) =>
      new Proxy(box.providers.forMailbox(of), {
        get(target, name) {
          const value: unknown = Reflect.get(target, name)
          if (name !== 'changes')
            return typeof value === 'function' ? (value.bind(target) as unknown) : value
          return async function* (...args: Parameters<MailProvider['changes']>) {
            for await (const page of target.changes(...args)) {
              await box.disconnect()
              yield page
            }
          }
        },
      }),
  })

  it.each([
    ['has claimed its folder', () => ({})],
    ['has read a page', () => ({ providers: inTheMiddle() })],
  ])('writes nothing more when it %s', async (_when, over) => {
    await box.deliver({ subject: 'Just now' })
    await box.queue.ring([box.alicesInbox])
    await box.clock.advance(2_000)
    const claimed = await box.queue.claim()
    const { providers } = { providers: null, ...over() }
    if (!providers) await box.disconnect()
    await box.run(claimed!, untilTheEnd, providers ? { providers } : {})
    expect(await box.work()).toBe(0)
    await box.settle()
    expect(await box.seen()).toEqual(KEPT)
    expect(await box.told(box.mailbox._id)).toEqual({ 'gone mailbox-disconnected': 5 })
    expect(box.rings()).toBe(1)
  })
})

describe('a mailbox that is connected again', () => {
  const readAgain = async () => {
    await box.reconnect()
    await box.watchIn(box.mailbox)
    await box.work()
    await box.settle()
    await box.work()
  }
  const whole = async () => {
    expect(await box.seen()).toEqual(WHOLE)
    const told = await box.told(box.mailbox._id)
    expect(Object.keys(told).every((words) => words.startsWith('stored '))).toBe(true)
    expect((await box.folder(box.alicesInbox)).proof).toMatchObject({ equal: true, lostEmails: 0 })
    expect(await box.mailboxDesk.of(alice)).toMatchObject([{ status: 'connected' }])
  }

  it.each(['keep', 'remove'] as const)(
    'is read from the start, and nothing is there twice (%s)',
    async (mail) => {
      await box.disconnect(mail)
      await box.settle()
      await readAgain()
      await whole()
    },
  )

  it('while it is still being put away, is whole all the same', async () => {
    for (const mail of ['keep', 'remove'] as const) {
      await box.disconnect(mail)
      await box.chores()
      await box.clock.advance(MINUTE)
      await readAgain()
      await whole()
    }
  })

  it('at once, before anything was put away, loses nothing', async () => {
    await box.disconnect('remove')
    await readAgain()
    await whole()
  })
})
