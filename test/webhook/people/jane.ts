import { aFile } from '../attachments/an-archive.ts'
import { ALICE, untilTheEnd } from '../provider/graph/graphs.ts'
import { alice, type Office } from './an-office.ts'

/** Who is erased, in her spellings; the last one at another domain of her company. */
export const JANE = ['jane@person.example', 'Jane+news@person.example', 'jane@person.test'] as const
export const OTHER = 'oscar@other.example'

/** Words that are in Jane's traces and nowhere else. */
export class Canaries {
  readonly planted: string[] = []

  plant(kind: string): string {
    const word = `canary${kind}${((this.planted.length + 1) * 7_919).toString(36)}x`
    this.planted.push(word)
    return word
  }

  foundIn(text: string): string[] {
    return this.planted.filter((word) => text.includes(word))
  }
}

const ROLES = ['From', 'To', 'Cc', 'Reply-To'] as const

/** Mail n with Jane in it, each time as another party and in another spelling; what it says is planted while words last. */
function mailOf(n: number, word: (kind: string) => string): Buffer {
  const role = ROLES[n % ROLES.length]
  const address = JANE[Math.floor(n / 4) % JANE.length]
  const jane = `Jane ${word('name')} <${address}>`
  const headers = {
    From: `Oscar <${OTHER}>`,
    To: 'Alice <alice@flow.example>',
    ...(role !== undefined && { [role]: jane }),
    Subject: `About ${n} ${word('subject')}`,
    'Message-ID': `<${word('id')}.${n}@person.example>`,
    Date: new Date(Date.parse('2026-11-20T08:00:00Z') - n * 60_000).toUTCString(),
    'Content-Type': 'text/html; charset=utf-8',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from([...lines, '', `<p>Dear Jane ${word('body')}</p>`, ''].join('\r\n'))
}

const othersMail = (n: number): Buffer =>
  Buffer.from(
    [
      `From: Oscar <${OTHER}>`,
      'To: Alice <alice@flow.example>',
      `Subject: Business of others ${n}`,
      `Message-ID: <others.${n}@other.example>`,
      'Date: Fri, 20 Nov 2026 08:59:30 +0000',
      'Content-Type: text/html; charset=utf-8',
      '',
      `<p>others${n}stay</p>`,
      '',
    ].join('\r\n'),
  )

export type Planting = { mails: number; canaries: number; others?: number }

/** Jane's mail with files, her contact, a merge, suggestions; mail of others; all of it synced and fetched. */
export async function plantJane(office: Office, { mails, canaries, others = 5 }: Planting) {
  const words = new Canaries()
  const word = (kind: string) =>
    words.planted.length < canaries ? words.plant(kind) : `plain${kind}`
  const deliver = (mime: Buffer) => office.graph.mailboxes.deliver(ALICE, { mime: () => mime })
  const known = knownOf(word)
  for (let n = 0; n < mails; n++) {
    const { immutableId } = await deliver(mailOf(n, word))
    if (n % 7 !== 0 || n >= 70) continue
    const bytes = Buffer.from(`file ${word('file')} ${n}`)
    const file = aFile({ name: `${word('fn')}.pdf`, bytes })
    await office.graph.mailboxes.attach(ALICE, immutableId, file)
  }
  for (let n = 0; n < others; n++) {
    const { immutableId } = await deliver(othersMail(n))
    const bytes = Buffer.from('a file of others')
    if (n === 0) await office.graph.mailboxes.attach(ALICE, immutableId, aFile({ bytes }))
  }
  await office.sync()
  await office.fetchDue()
  const contactId = await plantContacts(office, known)
  for (const chore of office.contacts.chores) await chore(untilTheEnd)
  return { words, contactId }
}

/** What is known of Jane beside her mail, in two records. */
const knownOf = (word: (kind: string) => string) => ({
  kept: {
    ...{ name: `Jane ${word('contact')}`, jobTitle: word('job'), phone: word('phone') },
    addresses: [JANE[0]],
  },
  absorbed: {
    ...{ name: `J. ${word('twin')}`, jobTitle: word('job'), phone: word('phone') },
    addresses: [`${word('old')}@elsewhere.example`],
  },
  note: word('note'),
  task: word('task'),
  meeting: word('meeting'),
})

/** Two contacts that are Jane, one merged into the other; her company, by which she has a further address; and Oscar. */
async function plantContacts(
  { contacts: { desks }, followUps: { followUpDesks } }: Office,
  known: ReturnType<typeof knownOf>,
): Promise<string> {
  const domains = ['person.example', 'person.test']
  await desks.companies.create(alice, { name: 'Person Ltd', domains })
  const kept = await desks.contacts.create(alice, known.kept)
  const absorbed = await desks.contacts.create(alice, known.absorbed)
  const { id: contactId } = absorbed
  await followUpDesks.notes.write(alice, {
    ...{ contactIds: [contactId], emailId: null, text: known.note },
  })
  await followUpDesks.tasks.create(alice, { contactId, title: known.task, dueOn: null })
  await followUpDesks.stages.move(alice, { contactId, version: 0 }, 'lead')
  await desks.merges.merge(alice, { keptId: kept.id, absorbedId: contactId })
  await followUpDesks.meetings.log(alice, {
    ...{ mailboxAddress: 'alice@flow.example', subject: known.meeting, contactIds: [], note: '' },
    ...{ startsAt: '2026-11-23T09:00:00.000Z', endsAt: '2026-11-23T10:00:00.000Z' },
    ...{ organizer: null, attendees: [{ name: 'Jane', address: JANE[1] }] },
  })
  const oscar = { name: 'Oscar', jobTitle: 'Clerk', phone: '', addresses: [OTHER] }
  await desks.contacts.create(alice, oscar)
  return kept.id
}
