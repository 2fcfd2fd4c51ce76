import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { emailModel } from '../../../models/email.ts'
import { erasureModel } from '../../../models/people/erasure.ts'
import { erasureCrashPoints } from '../../../webhook/crash-points.ts'
import { HOUR, MINUTE } from '../../../webhook/duration.ts'
import type { ErasureDryRun } from '../../../models/wire/people/erasure.ts'
import { untilTheEnd } from '../provider/graph/graphs.ts'
import { anOffice, asking, backupOf, type Office } from './an-office.ts'
import { JANE, plantJane, type Canaries } from './jane.ts'

const MAILS = 12

let office: Office
let words: Canaries
let contactId: string
let foretold: ErasureDryRun
let backup: Awaited<ReturnType<typeof backupOf>>
beforeAll(async () => {
  office = await anOffice()
  ;({ words, contactId } = await plantJane(office, { mails: MAILS, canaries: 50 }))
  foretold = await office.erasureDesk.dryRun(asking, { contactId })
  backup = await backupOf(office.url)
})
afterAll(() => office[Symbol.asyncDispose]())
beforeEach(() => backup.restore())

async function expectAllGone() {
  const [done, ...others] = await office.finishErasures()
  expect(others).toEqual([])
  expect(done).toMatchObject({ state: 'done', figures: foretold.figures })
  await office.clock.advance(3 * HOUR)
  await office.finishErasures()
  expect(words.foundIn(await office.openedDump())).toEqual([])
  expect(await office.blobFiles()).toHaveLength(1)
}

describe('an instance that dies while it erases somebody', () => {
  it.each(erasureCrashPoints)('at %s leaves nothing half, and another goes on', async (point) => {
    let dead = false
    const dying = office.instance({
      erasureCrash: (at) => {
        if (dead || at !== point) return
        dead = true
        throw new Error(`dies at ${point}`)
      },
    })
    await dying.erasureDesk.begin(asking, { contactId }).catch(() => undefined)
    for (let rounds = 0; rounds < 3 && !dead; rounds++) {
      for (const chore of dying.erasureChores) await chore(untilTheEnd).catch(() => undefined)
      await office.clock.advance(3 * MINUTE)
    }
    expect(dead).toBe(true)
    await office.clock.advance(6 * MINUTE)
    await expectAllGone()
  })
})

describe('two administrators who erase the same person', () => {
  it('make one erasure, which two instances carry out as one', async () => {
    const [one, other] = [office.instance(), office.instance()]
    const begun = await Promise.all(
      [one, other].map(({ erasureDesk }) => erasureDesk.begin(asking, { contactId })),
    )
    expect(new Set(begun.map(({ id }) => id)).size).toBe(1)
    const { id } = begun[0]!
    const signal = untilTheEnd
    await Promise.all(
      [one, other, office].map(({ erasureDesk }) => erasureDesk.carryOn(asking, id, { signal })),
    )
    await office.clock.advance(2 * MINUTE)
    expect(await erasureModel(office.db).countDocuments()).toBe(1)
    await expectAllGone()
  })
})

describe('a backfill that is under way while somebody is erased', () => {
  it('brings nobody back, though it had decided before', async () => {
    const mail = ['emails', 'attachments', 'attachmentWork', 'fs.files', 'fs.chunks']
    for (const name of [...mail, 'ledgerEntries']) await office.db.collection(name).deleteMany({})
    let isFirst = true
    const policies = Object.create(office.policies) as Office['policies']
    policies.factsFor = async (...about) => {
      const facts = await office.policies.factsFor(...about)
      if (isFirst) {
        isFirst = false
        await office.erasureDesk.begin(asking, { contactId })
        for (const chore of office.erasureChores) await chore(untilTheEnd)
      }
      return facts // as of before the erasure
    }
    await office.db.collection('folders').updateMany({}, { $set: { cursor: null } })
    await office.sync({ policies, pageSize: { first: 10, min: 10, max: 10 } })
    expect(isFirst).toBe(false)
    const { blind } = await office.vault.of(asking.workspaceId)
    const janes = { partyKeys: blind('address', JANE[0]) }
    expect(await emailModel(office.db).countDocuments(janes)).toBeGreaterThan(0)
    await office.finishErasures()
    expect(await emailModel(office.db).countDocuments(janes)).toBe(0)
    await office.fetchDue()
    await office.clock.advance(3 * HOUR)
    await office.finishErasures()
    expect(words.foundIn(await office.openedDump())).toEqual([])
  })
})
