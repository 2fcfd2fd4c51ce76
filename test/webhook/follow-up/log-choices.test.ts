import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { LogEmailRequest } from '../../../models/wire/log-email.ts'
import { Emails } from '../../../webhook/crm/email-desk.ts'
import { leftOutAmong } from '../../../webhook/attachments/decide/left-out.ts'
import { aFile } from '../attachments/an-archive.ts'
import { alice, anOffice, type Office } from '../people/an-office.ts'

let office: Office
let emailDesk: Emails
let subjects = 0
beforeAll(async () => {
  office = await anOffice()
  const { logChoices } = office.followUps
  emailDesk = new Emails({ ...office, logChoices, onLogged: () => undefined })
})
afterAll(() => office[Symbol.asyncDispose]())

const offer = { name: 'offer.pdf', bytes: Buffer.from('%PDF an offer') }
const logo = { name: 'logo.png', bytes: Buffer.from('a logo') }
const sizeOf = ({ name, bytes }: typeof offer) => ({ name, size: bytes.length })

/** Alice's copy of a mail with two files is stored, and nothing is fetched of it yet. */
async function received() {
  const subject = `Files ${++subjects}`
  await office.receive(subject, [aFile(offer), aFile(logo)])
  await office.sync()
  const reader = { workspaceId: alice.workspaceId, userId: alice.userId }
  const page = await office.emails.page(reader, { limit: 50, before: null })
  const email = page.find((each) => each.subject === subject)!
  const { bodyHtml } = (await office.emails.find(email._id))!
  const request: LogEmailRequest = {
    ...{ internetMessageId: email.internetMessageId ?? '', mailboxAddress: 'alice@flow.example' },
    ...{ subject, from: email.from, to: email.to, cc: email.cc, bodyHtml },
    sentAt: email.sentAt?.toISOString() ?? null,
  }
  return { subject, emailId: email._id, request }
}

const statesOf = async (subject: string) =>
  Object.fromEntries(
    (await office.attachmentsOf(subject)).map(({ name, state, size }) => [name, [state, size]]),
  )

describe('what a person chooses when logging', () => {
  it('leaves out the files that they did not want, with their size, until they want them', async () => {
    const { subject, request } = await received()
    await emailDesk.log(alice, { ...request, leftOut: [sizeOf(logo)] })
    await office.fetchDue()
    const size = logo.bytes.length
    expect(await statesOf(subject)).toEqual({
      ...{ 'offer.pdf': ['stored', offer.bytes.length], 'logo.png': ['left-out', size] },
    })
    await office.clock.advance(1_000)
    await emailDesk.log(alice, { ...request, leftOut: [] })
    await office.fetchDue()
    expect((await statesOf(subject))['logo.png']).toEqual(['stored', size])
  })

  it('pins the contacts, keeps one note however often it is sent, and says nothing of strangers', async () => {
    const { request, emailId } = await received()
    const made = { name: 'Dora', jobTitle: '', phone: '', addresses: [] }
    const { id: contactId } = await office.contacts.desks.contacts.create(alice, made)
    const chosen = { ...request, pins: [{ contactId, belongs: true }], note: 'Wants 40 seats.' }
    for (let times = 0; times < 2; times++) await emailDesk.log(alice, chosen)
    const { notes } = office.followUps.followUpDesks
    const page = await notes.page(alice, contactId, { limit: 10, cursor: null })
    expect(page.notes).toMatchObject([
      { text: 'Wants 40 seats.', emailId, contactIds: [contactId] },
    ])
    const email = await office.emails.find(emailId)
    expect(email?.contactIds).toEqual([contactId])
  })

  it('stores nothing when a contact is not there', async () => {
    const { request } = await received()
    const logged = office.audit.written.filter(({ action }) => action === 'email-logged').length
    const pins = [{ contactId: 'never-was', belongs: true }]
    await expect(emailDesk.log(alice, { ...request, pins })).rejects.toMatchObject({
      code: 'not-found',
    })
    const now = office.audit.written.filter(({ action }) => action === 'email-logged').length
    expect(now).toBe(logged)
  })
})

describe('a file that is left out', () => {
  const listed = [
    { nameKey: 'a', size: 100 },
    { nameKey: 'b', size: 100 },
    { nameKey: 'a', size: 5_000 },
  ]
  it('is the one of that name whose size is nearest, each once', () => {
    const at = (...leftOut: typeof listed) => [...leftOutAmong(listed, leftOut)].toSorted()
    expect(at({ nameKey: 'a', size: 4_800 })).toEqual([2])
    expect(at({ nameKey: 'a', size: 90 }, { nameKey: 'a', size: 90 })).toEqual([0, 2])
    expect(at({ nameKey: 'c', size: 100 })).toEqual([])
  })
})
