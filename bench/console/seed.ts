import { emailModel } from '../../models/email.ts'
import type { Contact } from '../../models/wire/contacts/contact.ts'
import type { Session } from '../../models/wire/session.ts'
import type { Browserless } from '../../sandbox/browserless.ts'
import { aSighting, anEmail } from '../../test/support/builders.ts'
import { vaultOn } from '../../test/support/keys.ts'
import { mailboxOf } from '../../test/support/world.ts'
import { realClock } from '../../webhook/clock.ts'
import { MINUTE } from '../../webhook/duration.ts'
import { openDatabase } from '../../webhook/store/database.ts'
import { sealEmail } from '../../webhook/store/sealed-email.ts'
import { openFilling } from '../support/filling.ts'
import type { ServiceProcess } from '../support/service-process.ts'

const BATCH = 1_000
const OF_A_THREAD = 5

export type Sizes = { contacts: number; emails: number }

export type Filled = {
  /** Alice, signed in. */
  alice: Browserless
  /** Who wrote all the e-mails. */
  carol: Contact
}

/** The workspace of Alice with so many contacts, and one more with so many e-mails. */
export async function fillWorkspace(
  service: ServiceProcess,
  mongodbUrl: string,
  { contacts, emails }: Sizes,
): Promise<Filled> {
  const alice = await service.browser().signIn('alice')
  await alice.visit('/auth/connect', 'alice')
  await readIn(alice, contacts)
  const body = { name: 'Carol Jones', addresses: ['carol@customer.example'] }
  const carol = await alice.json<Contact>('/api/v1/contacts', { method: 'POST', body })
  await writeMail(alice, mongodbUrl, { carol, emails })
  return { alice, carol }
}

async function readIn(alice: Browserless, contacts: number): Promise<void> {
  const { csrfToken } = await alice.json<Session>('/api/v1/session')
  const rows = Array.from(
    { length: contacts },
    (_, row) => `${nameOf(row)},person-${row}@company-${row % 500}.example`,
  )
  const response = await alice.fetch('/api/v1/contacts/import', {
    method: 'POST',
    headers: { 'content-type': 'text/csv', 'x-csrf-token': csrfToken },
    body: ['Name,E-mail', ...rows].join('\n'),
  })
  if (!response.ok) throw new Error(`the contacts were not read in: ${await response.text()}`)
}

/** A few hundred first and last names, so that a search finds some and not all. */
export const nameOf = (row: number) => `First${row % 337} Last${row % 431}`

/** Past the service, as `EmailStore` would: a hundred thousand through it would take the time of a backfill. */
async function writeMail(
  alice: Browserless,
  mongodbUrl: string,
  { carol, emails }: { carol: Contact; emails: number },
): Promise<void> {
  const { workspaceId, user } = await alice.json<Session>('/api/v1/session')
  const { id: mailboxId } = await mailboxOf(alice)
  const db = await openDatabase(mongodbUrl)
  const keys = await vaultOn(db, realClock).of(workspaceId)
  await using filling = await openFilling(mongodbUrl)
  const now = Date.now()
  const mailOf = (number: number) => {
    const sighting = aSighting({
      ...{ key: `sync:${mailboxId}:${number}`, mailboxId, messageId: String(number) },
      ownerUserId: user.id,
    })
    const mail = anEmail({
      ...{ workspaceId, identity: `id:${number}`, sighting, subject: `Offer ${number}` },
      receivedAt: new Date(now - number * MINUTE),
      threadId: `thread-${Math.floor(number / OF_A_THREAD)}`,
    })
    return { ...sealEmail(keys, mail), contactIds: [carol.id] }
  }
  for (let at = 0; at < emails; at += BATCH) {
    const mails = Array.from({ length: Math.min(BATCH, emails - at) }, (_, of) => mailOf(at + of))
    await filling.insert(emailModel(db).collection.name, mails)
  }
  await db.close()
}
