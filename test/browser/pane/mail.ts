import { inlinePng, xlsx } from '../../../sandbox/seed/files/attach.ts'
import { aMime, type MimeMail } from '../../../sandbox/seed/mime-builder.ts'
import { people } from '../../../sandbox/sign-in/directory.ts'
import type { World } from '../../../sandbox/world.ts'
import { connectAndWatch, emailsOf, eventually } from '../../support/world.ts'

const HOUR_MS = 3_600_000
const ALICE = { name: people.alice.name, address: people.alice.mail }
const BOB = { name: people.bob.name, address: people.bob.mail }
export const DORA = { name: 'Dora Dreyer', address: 'dora@fabrikam.test' }
const FINN = { name: 'Finn Fischer', address: 'finn@fabrikam.test' }

/** What lies in Alice's mailbox, by subject. */
export const QUOTE = 'Quote for forty seats'
export const KICK_OFF = 'Kick-off on Monday'
export const PLAN = 'Floor plan and prices'
export const LUNCH = 'Lunch on Friday?'
export const HEBREW = 'הזמנה: 500 כוסות לקפה'
export const KEY = 'Where is the key?'

type Mail = MimeMail & { hoursAgo: number; folder?: string }

/** The Inbox is watched and the Archive is not, so that what lies there is in no CRM yet. */
const MAILS: Mail[] = [
  { from: DORA, to: ALICE, subject: QUOTE, text: 'Could you send us one?', hoursAgo: 52 },
  {
    ...{ from: ALICE, to: DORA, subject: `RE: ${QUOTE}`, text: 'Here it is.', hoursAgo: 30 },
    inReplyTo: '<quote@fabrikam.test>',
  },
  { from: DORA, to: ALICE, subject: KICK_OFF, text: 'Nine o’clock?', hoursAgo: 5 },
  { from: BOB, to: ALICE, subject: LUNCH, text: 'The usual place?', hoursAgo: 4 },
  {
    ...{ from: DORA, to: ALICE, cc: [FINN, BOB], subject: PLAN, folder: 'archive', hoursAgo: 3 },
    html: '<p>Both as promised.</p><img src="cid:logo@fabrikam.test" alt="">',
    attachments: [
      { name: 'Floor plan.pdf', type: 'application/pdf', content: new Uint8Array(184_000) },
      xlsx('Prices.xlsx', [['Seats', 40]]),
      inlinePng('logo@fabrikam.test', 'logo.png', new Uint8Array(2_400)),
    ],
  },
  {
    ...{ from: { name: 'נועה גפן', address: 'noa@gefen.test' }, to: ALICE, subject: HEBREW },
    ...{ text: 'שלום אליס,\n\nנשמח להזמין.', folder: 'archive', hoursAgo: 2 },
  },
  { from: DORA, to: ALICE, subject: KEY, text: 'Not here.', folder: 'archive', hoursAgo: 1 },
]

/** Alice connects and watches her Inbox, knows Dora, and has something to do for her. */
export async function fillMailbox(world: World): Promise<void> {
  for (const { hoursAgo, folder, ...mail } of MAILS) {
    const receivedAt = new Date(Date.now() - hoursAgo * HOUR_MS)
    const messageId = mail.subject === QUOTE ? '<quote@fabrikam.test>' : undefined
    const mime = aMime({ date: receivedAt, ...mail, ...(messageId && { messageId }) })
    const filed = { receivedAt, isRead: true, ...(folder && { folder }) }
    await world.graph.mailboxes.deliver(people.alice.mail, { mime, ...filed })
  }
  const order = {
    from: DORA,
    to: people.sales.mail,
    subject: 'Where is our order?',
    text: 'And when?',
  }
  await world.graph.mailboxes.deliver(people.sales.mail, { mime: aMime(order) })
  const { browser } = await connectAndWatch(world, 'alice', ['Inbox', 'Sent Items'])
  const post = <T>(path: string, body: unknown) =>
    browser.json<T>(`/api/v1/${path}`, { method: 'POST', body })
  await post('companies', { name: 'Fabrikam', domains: ['fabrikam.test'] })
  const { id: contactId } = await post<{ id: string }>('contacts', {
    ...{ name: DORA.name, jobTitle: 'Head of Purchasing', addresses: [DORA.address] },
  })
  await post('contacts', { name: 'Gina Garcia', addresses: ['gina@litware.test'] })
  await post('tasks', { contactId, title: 'Send the signed quote', dueOn: today() })
  await post(`contacts/${contactId}/notes`, { text: 'Prefers to be called before ten.' })
  await eventually(
    () => emailsOf(browser, 10),
    ({ emails }) => emails.some(({ subject }) => subject === KICK_OFF),
  )
}

const today = () => new Date().toISOString().slice(0, 10)
