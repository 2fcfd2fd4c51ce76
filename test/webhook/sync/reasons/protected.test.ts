import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { emailModel } from '../../../../models/email.ts'
import { aMime, type MimeMail } from '../../../../sandbox/seed/mime-builder.ts'
import { rightsManaged } from '../../../../sandbox/seed/mime/rights.ts'
import { encryptedFor, signedBy } from '../../../../sandbox/seed/mime/smime.ts'
import { DAY } from '../../../../webhook/duration.ts'
import { Explainer } from '../../../../webhook/explain/explainer.ts'
import { anArchive, type Archive } from '../../attachments/an-archive.ts'
import { ALICE, untilTheEnd } from '../../provider/graph/graphs.ts'

const ENCRYPTED = { protect: encryptedFor('Alice') }
const KINDS: [string, Partial<MimeMail>][] = [
  ['encrypted by S/MIME', ENCRYPTED],
  ['rights-managed', rightsManaged('Alice')],
]

let box: Archive
beforeEach(async () => {
  box = await anArchive()
})
afterEach(() => box[Symbol.asyncDispose]())

/** The id of a mail that has come, once a pass has seen it. */
const receive = async (mail: MimeMail) => {
  const mime = aMime({ subject: 'New bank details', text: 'Ring me first.', ...mail })
  const { immutableId } = await box.graph.mailboxes.deliver(ALICE, { mime })
  await box.sync()
  return immutableId
}
const accountOf = async (messageId: string) =>
  (await box.ledger.byMessageId(box.mailbox._id, messageId))!
const theEmail = async () => {
  const [email, ...more] = await box.storedEmails()
  expect(more).toEqual([])
  return email!
}
const compare = async () => {
  await box.clock.advance(DAY)
  await box.work()
  return (await box.folder(box.inbox)).proof!
}

describe.each(KINDS)('a mail that is %s', (_how, mail) => {
  it('is stored without its text, its package is listed and not fetched, and the ledger says why', async () => {
    const messageId = await receive(mail)
    const email = await theEmail()
    expect(email).toMatchObject({
      ...{ subject: 'New bank details', from: { address: 'nora@northwind.test' } },
      ...{ bodyHtml: '', preview: '', isProtected: true },
    })
    expect(await accountOf(messageId)).toMatchObject({
      ...{ state: 'failed', reason: 'protected', emailId: email._id, retryAt: null },
    })
    const explainer = new Explainer(box)
    expect(await explainer.explain(box.mailbox, { messageId }, untilTheEnd)).toMatchObject({
      answer: 'accounted',
      summary: 'Its text is encrypted, and only its recipients can read it.',
      accounts: [{ state: 'failed', retries: false, emailId: email._id }],
    })
    await box.fetchDue()
    expect(await box.attachmentsOf('New bank details')).toMatchObject([
      { state: 'failed', reason: 'protected', blobId: null },
    ])
    expect(box.asked('$value')).toBe(0)
    expect(await box.fetchDue()).toBe(0)
  })
})

describe('a protected mail', () => {
  it('is accounted for once: comparisons and new rounds change nothing and ask for nothing', async () => {
    const messageId = await receive(ENCRYPTED)
    const account = await accountOf(messageId)
    box.twin.seen.length = 0
    expect(await compare()).toMatchObject({ equal: true, counts: { failed: 1 }, repaired: 0 })
    await box.queue.startOver([box.inbox])
    await box.work()
    expect(await accountOf(messageId)).toEqual(account)
    expect(box.asked(encodeURIComponent(messageId))).toBe(0)
  })

  it('is fetched again when its e-mail is lost', async () => {
    const messageId = await receive(ENCRYPTED)
    await emailModel(box.db).deleteMany({})
    expect(await compare()).toMatchObject({ equal: true, lostEmails: 1 })
    expect(await accountOf(messageId)).toMatchObject({ state: 'failed', reason: 'protected' })
    expect(await theEmail()).toMatchObject({ isProtected: true })
  })

  it('is followed to another folder, and is read or unread there', async () => {
    const messageId = await receive(ENCRYPTED)
    const archive = await box.watch('archive')
    box.graph.mailboxes.patch(ALICE, messageId, { isRead: true })
    box.graph.mailboxes.move(ALICE, messageId, 'archive')
    await box.ringAndWork(box.inbox, archive)
    expect(await accountOf(messageId)).toMatchObject({ folderId: archive, reason: 'protected' })
    expect((await theEmail()).sightings).toMatchObject([{ folderId: archive, isRead: true }])
  })

  it('goes when it is marked to stay out, and comes back without its text', async () => {
    const messageId = await receive(ENCRYPTED)
    box.graph.mailboxes.patch(ALICE, messageId, { categories: ['No-CRM'] })
    await box.sync()
    expect(await accountOf(messageId)).toMatchObject({ reason: 'category-no-crm', emailId: null })
    expect(await box.storedEmails()).toEqual([])
    box.graph.mailboxes.patch(ALICE, messageId, { categories: [] })
    await box.sync()
    expect(await accountOf(messageId)).toMatchObject({ state: 'failed', reason: 'protected' })
    await theEmail()
  })
})

describe('a mail that is only signed', () => {
  it('is stored with its text', async () => {
    const messageId = await receive({ protect: signedBy('Ines Duarte') })
    expect(await accountOf(messageId)).toMatchObject({ state: 'stored', reason: 'new' })
    const email = await theEmail()
    expect(email.bodyHtml).toContain('Ring me first.')
    expect(email).not.toHaveProperty('isProtected')
  })

  it('has what hangs on it fetched, also a document that is signed the same way', async () => {
    const content = Buffer.from('a signed invoice')
    const type = 'application/pkcs7-mime'
    await receive({ attachments: [{ name: 'invoice.xml.p7m', type, content }] })
    await box.fetchDue()
    const [invoice] = await box.attachmentsOf('New bank details')
    expect(await box.contentOf(invoice!)).toEqual(content)
  })
})
