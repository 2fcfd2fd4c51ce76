import type { Connection } from 'mongoose'
import { emailModel, type EmailHead } from '../models/email.ts'
import { aNewMailbox, anEmail } from '../test/support/builders.ts'
import { vaultOn } from '../test/support/keys.ts'
import { realClock } from '../webhook/clock.ts'
import { EmailAccess } from '../webhook/crm/access/email-access.ts'
import { MINUTE } from '../webhook/duration.ts'
import { openDatabase } from '../webhook/store/database.ts'
import { EmailStore } from '../webhook/store/email-store.ts'
import { MailboxStore } from '../webhook/store/mailbox-store.ts'
import { sealEmail } from '../webhook/store/sealed-email.ts'
import { addressForms } from '../webhook/crm/decide/addresses.ts'
import { DEFAULT_RULES, type Rules } from '../webhook/sync/decide/rules.ts'
import { verdictOn, type VerdictFacts } from '../webhook/sync/decide/verdict.ts'
import { ThreadedEmails } from '../webhook/threads/threaded-emails.ts'
import { short, type Report, type Scale } from './figures.ts'
import { openFilling, type Filling } from './support/filling.ts'
import { DatabaseProcess } from './support/database-process.ts'
import { callsPerSecond, timed } from './timed.ts'

const SIZES = [1_000, 10_000, 100_000, 1_000_000]
/** The stand-in holds all documents and the keys of all indexes in memory. */
const DATABASE_HEAP_MB = 12_288
const BATCH = 1_000
const QUESTIONS = 200
const PAGE = 25
/** E-mails of each contact, and of each thread: what a page shows stays the same as the store grows. */
const OF_A_CONTACT = 100
const OF_A_THREAD = 5
const NEWEST = Date.parse('2026-11-20T09:00:00Z')

const personOf = (number: number) => `person-${Math.floor(number / OF_A_CONTACT)}`
const threadOf = (number: number) => `thread-${Math.floor(number / OF_A_THREAD)}`

/** Whether a contact's page and a thread stay quick as e-mails grow, and what a verdict costs. */
export async function benchCrm(report: Report, { largest }: Scale): Promise<void> {
  report.heading('Contacts and threads')
  report.figure('crm.verdictsPerS', callsPerSecond(aVerdict), 'verdicts with 20 never-log rules')
  await using database = await DatabaseProcess.start({ heapMB: DATABASE_HEAP_MB })
  const { href: url } = new URL('/crm', database.url)
  const db = await openDatabase(url)
  await using filling = await openFilling(url)
  const desk = await openDesk(db, filling)
  let size = 0
  for (const target of SIZES.filter((each) => each <= largest)) {
    for (; size < target; size += BATCH) await desk.add(size)
    const middle = (index: number) => Math.floor((index / QUESTIONS) * size)
    for (const [name, ask] of Object.entries({ contactPage: desk.page, thread: desk.thread })) {
      const { eachMs } = await timed(QUESTIONS, 1, (index) => ask(middle(index)))
      report.spread(`crm.${name}`, eachMs, { shares: ['p95'], of: short(size) })
    }
  }
  await db.close()
}

/** What the desks of contacts and threads ask the stores, for one member. */
async function openDesk(db: Connection, filling: Filling) {
  const vault = vaultOn(db, realClock)
  const emails = new EmailStore({ db, vault })
  const mailboxes = new MailboxStore({ db, vault })
  const access = new EmailAccess({ emails, mailboxes })
  const threaded = new ThreadedEmails(db)
  const { workspaceId, ownerUserId: userId } = await mailboxes.connect(aNewMailbox())
  const keys = await vault.of(workspaceId)
  const person = { workspaceId, userId, displayName: 'Alice', roles: ['member'] as const }
  const mailOf = (number: number) => {
    const receivedAt = new Date(NEWEST - number * MINUTE)
    const mail = anEmail({ identity: `id:${number}`, receivedAt, threadId: threadOf(number) })
    return { ...sealEmail(keys, mail), contactIds: [personOf(number)] }
  }
  const expect = async (found: EmailHead[], count: number) => {
    await access.levels(person, found)
    if (found.length !== count) throw new Error('not all of it was found')
  }
  return {
    add: async (from: number) => {
      const mails = Array.from({ length: BATCH }, (_, at) => mailOf(from + at))
      await filling.insert(emailModel(db).collection.name, mails)
    },
    page: async (number: number) => {
      const reader = { ...(await access.readerOf(person)), contactId: personOf(number) }
      const asked = { limit: PAGE, before: null }
      const [found] = await Promise.all([emails.page(reader, asked), emails.count(reader)])
      await expect(found, PAGE)
    },
    thread: async (number: number) => {
      const of = { threadId: threadOf(number), reader: await access.readerOf(person) }
      const places = await threaded.page(of, { limit: PAGE, behind: null })
      await expect(await emails.findMany(places.map(({ id }) => id)), OF_A_THREAD)
    },
  }
}

const parties = [
  'alice@contoso.example',
  'carol@customer.example',
  'dave@customer.example',
].flatMap((address) => addressForms(address) ?? [])
const rules: Rules = {
  ...DEFAULT_RULES,
  neverLog: Array.from({ length: 20 }, (_, rule) => ({
    id: `rule-${rule}`,
    kind: rule % 2 ? ('any-party' as const) : ('all-parties' as const),
    entries: [{ of: 'address' as const, value: `nobody-${rule}@elsewhere.example` }],
  })),
}
const workspace = {
  ...{ ownAddress: 'alice@contoso.example', ownDomains: new Set(['contoso.example']) },
  ...{ known: new Set<string>(), erased: new Set<string>(), limit: null, now: new Date() },
}

function aVerdict(number: number): unknown {
  const facts: VerdictFacts = {
    ...{ folder: { id: 'inbox', watched: true }, isDraft: false, receivedAt: new Date(number) },
    ...{ bytes: 12_000, windowStart: null, parties, recipients: parties, categories: [] },
    conversationId: null,
    ...{ sensitivity: 'normal', machine: null, byHand: false },
  }
  return verdictOn(facts, rules, workspace)
}
