import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Readable } from 'node:stream'
import { DAY, HOUR } from '../../../webhook/duration.ts'
import { AuditDesk } from '../../../webhook/audit/audit-desk.ts'
import { openEnding } from '../../../webhook/ending/open-ending.ts'
import { fetchAttachments } from '../../../webhook/attachments/fetch-attachments.ts'
import { blobChunkModel, blobFileModel } from '../../../models/attachments/blob.ts'
import { WorkspaceRules } from '../../../models/wire/rules.ts'
import { mergeRules, NO_MAILBOX_RULES } from '../../../webhook/rules/merge.ts'
import { dryRun } from '../../../webhook/rules/dry-run.ts'
import { aLogRequest, anEmail, WORKSPACE } from '../../support/builders.ts'
import { untilTheEnd } from '../provider/graph/graphs.ts'
import { admin, alice } from '../rules/a-ruled-mailbox.ts'
import { anEndingMailbox, type EndingMailbox } from './an-ending-mailbox.ts'

let box: EndingMailbox
let inbox = ''
beforeEach(async () => {
  box = await anEndingMailbox()
  inbox = await box.watchIn(box.mailbox)
  await box.work()
})
afterEach(() => box[Symbol.asyncDispose]())

const arrives = async (subject: string) => {
  await box.deliver({ subject })
  await box.ringAndWork(inbox)
}
const subjects = async () => (await box.storedEmails()).map(({ subject }) => subject)
const applied = async () => {
  const desk = new AuditDesk(box)
  const filter = { action: 'retention-applied' } as const
  const { entries } = await desk.page(WORKSPACE, filter, { limit: 100, before: null })
  return entries.map(({ details }) => details)
}

describe('mail that is kept for so many days', () => {
  it('is there until its day, and gone within the hour after it', async () => {
    await box.policy({ retentionDays: 1 })
    const arrivedAt: [string, number][] = []
    for (let hour = 0; hour < 48; hour++) {
      const now = box.clock.now().getTime()
      if (hour % 4 === 0 && hour < 20) {
        arrivedAt.push([`Mail ${String(hour).padStart(3, '0')}`, now])
        await arrives(arrivedAt.at(-1)![0])
      }
      await box.chores()
      const there = await subjects()
      const age = ([, at]: [string, number]) => box.clock.now().getTime() - at
      const [due, alive] = [
        arrivedAt.filter((one) => age(one) > DAY + 2 * HOUR),
        arrivedAt.filter((one) => age(one) <= DAY),
      ].map((some) => some.map(([subject]) => subject))
      expect(there).toEqual(expect.arrayContaining(alive!))
      expect(there.filter((subject) => due!.includes(subject))).toEqual([])
      await box.clock.advance(HOUR)
    }
    expect(await subjects()).toEqual([])
    expect(await box.told(box.mailbox._id)).toEqual({ 'excluded retention-passed': 5 })
  })

  it('does not come back with the next pass, a comparison, or a log by hand', async () => {
    await arrives('Old')
    await box.policy({ retentionDays: 30 })
    await box.clock.advance(31 * DAY)
    await arrives('New')
    await box.chores()
    expect(await subjects()).toEqual(['New'])
    await box.queue.doubt(inbox)
    await box.work()
    expect((await box.folder(inbox)).proof).toMatchObject({
      equal: true,
      lostEmails: 0,
      repaired: 0,
    })
    await box.apply()
    expect(await subjects()).toEqual(['New'])
    const sentAt = new Date(box.clock.now().getTime() - 31 * DAY).toISOString()
    const log = (over: object) => box.handLog.check(alice, aLogRequest(over))
    await expect(log({ sentAt })).rejects.toMatchObject({ reason: 'retention-passed' })
    await log({ sentAt: null })
  })

  it('comes back with a longer time once the rules are applied, as far as the mailbox has it', async () => {
    await arrives('Old')
    await arrives('Deleted in the mailbox')
    await box.policy({ retentionDays: 30 })
    await box.clock.advance(31 * DAY)
    await box.chores()
    expect(await subjects()).toEqual([])
    const { messageId } = (await box.accounts()).find(({ messageId: id }) => {
      const message = box.graph.mailboxes.findMessage(box.mailbox.providerUserId, id, 'immutable')
      return message?.subject !== 'Old'
    })!
    box.graph.desk.delete(box.mailbox.providerUserId, messageId)
    await box.policy({ retentionDays: 60 })
    await box.ringAndWork(inbox)
    expect(await subjects()).toEqual([])
    await box.apply()
    expect(await subjects()).toEqual(['Old'])
    expect((await box.reasons())['Old']).toBe('stored re-evaluated')
  })

  it('takes what hung on it along', async () => {
    await arrives('With a file')
    const [email] = await box.storedEmails()
    const { blobId, size } = await box.blobs.keep(WORKSPACE, Readable.from([Buffer.from('A file')]))
    await box.attachmentStore.note([
      {
        ...{ _id: 'a', workspaceId: WORKSPACE, emailId: email!._id, position: 0, kind: 'file' },
        ...{ state: 'stored', reason: null, isInline: false, name: 'f', contentType: 'x/y' },
        ...{ contentId: null, link: null, blobId, size },
      },
    ])
    await box.attachmentQueue.want([{ emailId: email!._id, workspaceId: WORKSPACE }])
    const work = (await box.attachmentQueue.claim())!
    await box.attachmentQueue.end(work, { dueAt: null })
    await box.policy({ retentionDays: 30 })
    await box.clock.advance(31 * DAY)
    await box.chores()
    const told = { onAttachmentsFailed: () => undefined, onAttachmentSettled: () => undefined }
    const context = { ...box, ...told, random: () => 0, attachmentLimit: async () => 1_000 }
    await fetchAttachments(context, (await box.attachmentQueue.claim())!, untilTheEnd)
    await box.clock.advance(3 * HOUR)
    await box.blobs.sweep((id) => box.attachmentStore.needs(id), untilTheEnd)
    expect(await box.attachmentStore.of(WORKSPACE, email!._id)).toEqual([])
    expect(await blobFileModel(box.db).countDocuments({})).toBe(0)
    expect(await blobChunkModel(box.db).countDocuments({})).toBe(0)
  })

  it('goes from everybody who has it', async () => {
    const bobs = await box.watchIn(box.bobs)
    await box.deliverToBoth({ subject: 'Both' })
    await box.ringAndWork(inbox, bobs)
    await box.policy({ retentionDays: 30 })
    await box.clock.advance(31 * DAY)
    await box.chores()
    expect(await subjects()).toEqual([])
    for (const { _id } of [box.mailbox, box.bobs])
      expect(await box.told(_id)).toEqual({ 'excluded retention-passed': 1 })
  })
})

describe('removing what is past its time', () => {
  it('is written down before it is done, once for each time that there is something', async () => {
    for (const n of [1, 2, 3]) await arrives(`Mail ${n}`)
    await box.policy({ retentionDays: 30 })
    for (let day = 0; day < 33; day++) {
      await box.chores()
      await box.clock.advance(DAY)
    }
    expect(await applied()).toEqual([{ receivedBefore: expect.any(String), emails: 3 }])
  })

  it('does not happen when it cannot be written down', async () => {
    await arrives('Old')
    await box.policy({ retentionDays: 30 })
    await box.clock.advance(31 * DAY)
    const audit = { write: () => Promise.reject(new Error('the audit log is down')) }
    const ending = openEnding({ ...box.parts, audit })
    await expect(box.chores(untilTheEnd, ending)).rejects.toThrow('is down')
    expect(await subjects()).toEqual(['Old'])
  })

  it('goes on where somebody died, and stops at once where mail is to be kept longer', async () => {
    for (let n = 0; n < 4; n++) await arrives(`Mail ${n}`)
    await box.policy({ retentionDays: 30 })
    await box.clock.advance(31 * DAY)
    let dies = true
    const sightings = new Proxy(box.sightings, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name)
        if (name !== 'withdraw')
          return typeof value === 'function' ? (value.bind(target) as unknown) : value
        return async (all: Parameters<typeof target.withdraw>[0]) => {
          if (!dies) return target.withdraw(all)
          await target.withdraw(all.slice(0, 1))
          throw new Error('killed')
        }
      },
    })
    const dying = openEnding({ ...box.parts, sightings })
    await expect(box.chores(untilTheEnd, dying)).rejects.toThrow('killed')
    dies = false
    expect(await subjects()).toHaveLength(3)
    await box.policy({ retentionDays: 60 })
    await box.clock.advance(HOUR)
    await box.chores()
    expect(await subjects()).toHaveLength(3)
    await box.policy({ retentionDays: 30 })
    await box.clock.advance(2 * HOUR)
    await box.chores()
    expect(await subjects()).toEqual([])
  })

  it('is foretold exactly, for the workspace and for each mailbox', async () => {
    for (let n = 0; n < 6; n++) {
      await arrives(`Mail ${n}`)
      await box.clock.advance(2 * DAY)
    }
    const preview = await box.ending.desk.retentionPreview(admin, { retentionDays: 7 })
    const policy = { version: 1, rules: WorkspaceRules.parse({ retentionDays: 7 }) }
    const rules = mergeRules(policy, NO_MAILBOX_RULES, { windowDays: null })
    const question = { person: alice, mailbox: box.mailbox, rules, newest: 100 }
    const foretold = await dryRun(box, question, untilTheEnd)
    expect(foretold).toMatchObject({
      ...{ looked: 6, removed: preview.emails, added: 0, hidden: 0 },
      reasons: [{ reason: 'retention-passed', messages: preview.emails }],
    })
    await box.policy({ retentionDays: 7 })
    await box.chores()
    expect(preview).toMatchObject({ emails: 3, of: 6 })
    expect(await subjects()).toHaveLength(6 - preview.emails)
  })

  it('leaves other workspaces alone', async () => {
    await box.emails.see([anEmail({ workspaceId: 'other', receivedAt: new Date(0) })])
    await box.policy({ retentionDays: 1 })
    await box.chores()
    expect(await subjects()).toEqual(['Offer'])
  })
})

describe('a message that is gone from its mailbox', () => {
  const vanishes = async () => {
    const [entry] = await box.accounts()
    box.graph.desk.delete(box.mailbox.providerUserId, entry!.messageId)
    await box.ringAndWork(inbox)
  }
  const goneAt = async () =>
    (await box.storedEmails()).map(({ sightings }) => sightings[0]?.goneAt ?? null)

  it.each([
    ['keep', [null]],
    ['mark', [expect.any(Date)]],
    ['remove', []],
  ] as const)('leaves behind what the organization wants (%s)', async (whenGone, left) => {
    await box.policy({ whenGone })
    await arrives('One')
    await vanishes()
    expect(await box.told(box.mailbox._id)).toEqual({ 'gone moved-out': 1 })
    expect(await goneAt()).toEqual(left)
    box.graph.desk.restore(box.mailbox.providerUserId)
    await box.ringAndWork(inbox)
    expect(await goneAt()).toEqual([null])
  })
})
