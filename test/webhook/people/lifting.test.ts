import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { emailModel } from '../../../models/email.ts'
import { LOOK_AGAIN_MS } from '../../../webhook/people/erasure/eraser.ts'
import { readRecord } from '../../../webhook/people/erasure/record.ts'
import { ALICE, untilTheEnd } from '../provider/graph/graphs.ts'
import { anOffice, asking, type Office } from './an-office.ts'
import { JANE, plantJane } from './jane.ts'

let office: Office
beforeAll(async () => {
  office = await anOffice()
  await plantJane(office, { mails: 4, canaries: 4 })
  await office.erasureDesk.begin(asking, { addresses: [JANE[0]] })
})
afterAll(() => office[Symbol.asyncDispose]())

const jane = { addresses: [JANE[0]] }
let key = ''
const janes = () => emailModel(office.db).countDocuments({ partyKeys: key })

describe('an erasure that is lifted', () => {
  beforeAll(async () => {
    key = (await office.vault.of(asking.workspaceId)).blind('address', JANE[0])
  })

  it('waits for one that is under way', async () => {
    await expect(office.erasureDesk.lift(asking, jane)).rejects.toMatchObject({ code: 'taken' })
    await office.finishErasures()
  })

  it('lets new mail in, brings nothing back, and is written down', async () => {
    expect(await office.erasureDesk.lift(asking, jane)).toBeGreaterThan(0)
    expect(office.audit.written.at(-1)).toMatchObject({ action: 'suppression-lifted' })
    await office.sync()
    expect(await janes()).toBe(0)
    const mime = `From: <${JANE[0]}>\r\nTo: <alice@flow.example>\r\nSubject: Again\r\n\r\nAgain`
    await office.graph.mailboxes.deliver(ALICE, { mime: Buffer.from(mime) })
    await office.sync()
    expect(await janes()).toBe(1)
    expect(await office.erasureDesk.lift(asking, jane)).toBe(0)
  })

  it('is not looked for again', async () => {
    for (const waitMs of LOOK_AGAIN_MS) {
      await office.clock.advance(waitMs)
      for (const chore of office.erasureChores) await chore(untilTheEnd)
    }
    expect(await janes()).toBe(1)
  })

  it('is not done again on a restored backup', async () => {
    const lines = office.recorded.map((each) => JSON.stringify(each)).join('\n')
    const keys = await office.signer.publicKeys()
    expect(await readRecord(lines, keys)).toEqual({ reports: [], lifted: 1 })
    const forged = lines.replace('"emails":4', '"emails":5')
    await expect(readRecord(forged, keys)).rejects.toMatchObject({ code: 'reports-unreadable' })
  })

  it('is followed by another erasure where that is asked for', async () => {
    const [, before] = await Promise.all([janes(), office.erasureDesk.list(asking)])
    const begun = await office.erasureDesk.begin(asking, jane)
    expect(before.map(({ id }) => id)).not.toContain(begun.id)
    await office.finishErasures()
    expect(await janes()).toBe(0)
  })
})

describe('the address of a mailbox that is read', () => {
  it('cannot be erased', async () => {
    const own = { addresses: ['alice@flow.example'] }
    await expect(office.erasureDesk.begin(asking, own)).rejects.toMatchObject({
      code: 'own-mailbox',
    })
  })
})
