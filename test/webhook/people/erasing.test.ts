import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { BSON, MongoClient } from 'mongodb'
import { emailModel } from '../../../models/email.ts'
import { ledgerEntryModel } from '../../../models/ledger-entry.ts'
import type { ErasureDryRun } from '../../../models/wire/people/erasure.ts'
import { DAY, HOUR } from '../../../webhook/duration.ts'
import { OPERATOR } from '../../../webhook/audit/audit.ts'
import { readRecord } from '../../../webhook/people/erasure/record.ts'
import { verifyReport } from '../../../webhook/people/erasure/report.ts'
import { anEmail } from '../../support/builders.ts'
import { ALICE } from '../provider/graph/graphs.ts'
import { alice, anOffice, asking, backupOf, type Office } from './an-office.ts'
import { JANE, plantJane, type Canaries } from './jane.ts'

const MAILS = Number(process.env.ERASED ?? 64)
const OTHERS = 5

let office: Office
let words: Canaries
let contactId: string
let backup: Awaited<ReturnType<typeof backupOf>>
let foretold: ErasureDryRun
let took = 0
beforeAll(async () => {
  office = await anOffice()
  ;({ words, contactId } = await plantJane(office, { mails: MAILS, canaries: 200, others: OTHERS }))
  backup = await backupOf(office.url)
}, 600_000)
afterAll(() => office[Symbol.asyncDispose]())

const found = async () => words.foundIn(await office.openedDump())
const reports = () => office.recorded.flatMap((each) => ('report' in each ? [each] : []))
const latest = () => reports().at(-1)!
const stored = () => emailModel(office.db).countDocuments()
const sincerely = { timeout: 600_000 }

/** L1. */
describe(`a person with ${MAILS} mails who is erased`, () => {
  it('is all over the place before', async () => {
    expect(words.planted).toHaveLength(200)
    expect(await found()).toEqual(words.planted)
  })

  it('is told of first, in figures, and nothing is changed', async () => {
    foretold = await office.erasureDesk.dryRun(asking, { contactId })
    expect(foretold).toMatchObject({
      figures: {
        emails: MAILS,
        attachments: 10,
        contactsDeleted: 2,
        merges: 1,
        suggestions: 2,
        followUps: 4,
      },
      rulesNaming: 0,
    })
    expect(foretold.figures.ledgerEntries).toBe(MAILS)
    expect(foretold.emailsOfOthersToo).toBeGreaterThan(MAILS / 2)
    expect(await stored()).toBe(MAILS + OTHERS)
  })

  it(
    'goes, as it was foretold, and is written down before',
    async () => {
      const began = performance.now()
      const begun = await office.erasureDesk.begin(asking, { contactId })
      expect(begun).toMatchObject({ state: 'running', done: 0, total: MAILS })
      expect(office.audit.written.at(-1)).toMatchObject({ action: 'person-erased' })
      expect(JSON.stringify(office.audit.written)).not.toMatch(/\bjane\b|person\.example/i)
      const [done] = await office.finishErasures()
      took = performance.now() - began
      expect(done).toMatchObject({ state: 'done', figures: foretold.figures })
      if (process.env.ERASED)
        process.stderr.write(`erased ${MAILS} mails in ${Math.round(took)} ms\n`)
      expect(took).toBeLessThan(5 * 60_000)
    },
    sincerely.timeout,
  )

  it('is nowhere in the database then, whoever has its keys', async () => {
    await office.fetchDue()
    await office.clock.advance(3 * HOUR)
    await office.finishErasures()
    expect(await found()).toEqual([])
    // A word of its own: sealed bytes, told in base64, hold any four letters sooner or later.
    expect(await office.openedDump()).not.toMatch(/\bjane\b/i)
  })

  it('leaves the mail, contacts and files of others', async () => {
    expect(await stored()).toBe(OTHERS)
    expect(await office.openedDump()).toContain('others4stay')
    expect(await office.openedDump()).toContain('a file of others')
    expect(await office.blobFiles()).toHaveLength(1)
    const { contacts } = await office.contacts.desks.contacts.page(alice, {
      ...{ q: null, companyId: null, limit: 10, cursor: null },
    })
    expect(contacts.map(({ name }) => name)).toEqual(['Oscar'])
  })

  it('leaves accounts that say that something was left out, and of nobody whom', async () => {
    const accounts = await ledgerEntryModel(office.db).find({ reason: 'erased-person' }).lean()
    expect(accounts).toHaveLength(MAILS)
    for (const { state, emailId, senderKey, messageIdKey, partyKeys, history } of accounts) {
      const traces = { state, emailId, senderKey, messageIdKey, partyKeys }
      expect(traces).toEqual({
        ...{ state: 'excluded', emailId: null, senderKey: null, messageIdKey: null, partyKeys: [] },
      })
      expect(history.map(({ kind }) => kind)).toContain('stored')
    }
  })

  it('is reported without an address, signed so that anybody can check it', async () => {
    const keys = await office.signer.publicKeys()
    expect(await verifyReport(latest(), keys)).toMatchObject({ isGood: true })
    expect(latest().report.remaining).toEqual({ files: 0, rulesNaming: 0 })
    expect(JSON.stringify(latest())).not.toMatch(/\bjane\b|@/i)
    const { report, signature } = latest()
    const figures = { ...report.figures, emails: 1 }
    const forged = { report: { ...report, figures }, signature }
    expect(await verifyReport(forged, keys)).toEqual({ isGood: false, fault: 'altered' })
    const other = await office.signer.signJson('flowcrm-statement', report)
    expect(await verifyReport({ report, signature: other }, keys)).toMatchObject({ isGood: false })
  })

  it('does not come back when the mailbox is read again, with or without our accounts', async () => {
    await office.readAnew()
    expect(await stored()).toBe(OTHERS)
    await ledgerEntryModel(office.db).deleteMany({})
    await office.readAnew()
    expect(await stored()).toBe(OTHERS)
    expect(await found()).toEqual([])
  })

  it.each(JANE)('does not come in as %s, nor as a contact', async (address) => {
    const mime = [
      `From: <${address}>`,
      'To: <alice@flow.example>',
      'Subject: Back',
      '',
      'Back',
    ].join('\r\n')
    await office.graph.mailboxes.deliver(ALICE, { mime: Buffer.from(mime) })
    await office.sync()
    expect(await stored()).toBe(OTHERS)
    const contact = { name: 'Jane', jobTitle: '', phone: '', addresses: [address] }
    await expect(office.contacts.desks.contacts.create(alice, contact)).rejects.toMatchObject({
      code: 'erased-person',
    })
    const file = Buffer.from(`email\r\n${address}\r\n`)
    const { counts } = await office.contacts.desks.imports.preview(alice, file)
    expect(counts).toMatchObject({ created: 0, failed: 1 })
  })

  it(
    'goes again from a backup that was made before',
    async () => {
      await backup.restore()
      expect(await found()).toEqual(words.planted)
      const lines = office.recorded.map((each) => JSON.stringify(each)).join('\n')
      const read = await readRecord(lines, await office.signer.publicKeys())
      expect(read.reports).toHaveLength(1)
      for (const report of read.reports) await office.erasureDesk.repeat(OPERATOR, report)
      const [done] = await office.finishErasures()
      expect(done).toMatchObject({ state: 'done', figures: foretold.figures })
      await office.clock.advance(3 * HOUR)
      await office.finishErasures()
      expect(await found()).toEqual([])
      await office.readAnew()
      expect(await found()).toEqual([])
    },
    sincerely.timeout,
  )

  it('is looked for again for some days, in case a process had stood still', async () => {
    const before = reports().length
    const late = await office.emails.see([
      anEmail({
        ...{ identity: 'id:late', subject: words.planted[0]! },
        from: { name: '', address: JANE[0] },
      }),
    ])
    expect(late).toHaveLength(1)
    await office.clock.advance(DAY)
    await office.finishErasures()
    await office.clock.advance(7 * DAY)
    await office.finishErasures()
    expect(await found()).toEqual([])
    const again = reports().slice(before)
    expect(again).toMatchObject([{ report: { figures: { emails: MAILS + 1 } } }])
  })
})

describe('what left the service of an erased person', () => {
  it('is in no raw byte of the database either', async () => {
    const client = await MongoClient.connect(office.url)
    const parts: Uint8Array[] = []
    for (const { collectionName } of await client.db().collections())
      for await (const document of client.db().collection(collectionName).find())
        parts.push(BSON.serialize(document))
    await client.close()
    const raw = Buffer.concat(parts).toString('latin1')
    expect(words.foundIn(raw)).toEqual([])
    expect(raw).not.toMatch(/person\.example/)
  })
})
