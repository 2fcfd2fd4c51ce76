import { emailModel } from '../../../../models/email.ts'
import { ledgerEntryModel } from '../../../../models/ledger-entry.ts'
import { refOf } from '../../../../sandbox/graph/store/message-view.ts'
import { people, type PersonKey } from '../../../../sandbox/sign-in/directory.ts'
import { SimulatedOffice } from '../../../simulation/office.ts'

/** As the service is set in life, but for how often its workers look up. */
const AS_IN_LIFE = {
  SYNC_WORKERS: '1',
  SYNC_POLL_MS: '30000',
  SYNC_COALESCE_MS: '500',
  SYNC_LEASE_SECONDS: '60',
  SYNC_PAGE_SIZE: '100',
  SYNC_PAGE_SIZE_MIN: '25',
  SYNC_PAGE_SIZE_MAX: '500',
  SYNC_SAFETY_POLL_MINUTES: '360',
  RECONCILE_HOURS: '24',
  HOUSEKEEPING_SECONDS: '120',
  SUBSCRIPTION_LIFE_MINUTES: '10065',
}

type Options = NonNullable<Parameters<typeof SimulatedOffice.open>[1]>

/** An office whose service is set as in life: two instances, connected mailboxes, all mail read and compared. */
export const anOffice = (owners: PersonKey[], options: Options = {}): Promise<SimulatedOffice> =>
  SimulatedOffice.open(owners, {
    ...options,
    environment: { ...AS_IN_LIFE, ...options.environment },
  })

const dbOf = ({ world }: SimulatedOffice) => world.alive[0]!.service.context.db

export const storedEmails = (office: SimulatedOffice): Promise<number> =>
  emailModel(dbOf(office)).countDocuments()

/** How long after its receipt each message was stored, in ms; of those that came when the folder had been read before. */
export async function delays(office: SimulatedOffice): Promise<{ all: number; ours: number }[]> {
  const entries = await ledgerEntryModel(dbOf(office)).find({ state: 'stored' }).lean()
  return entries.flatMap(({ delay }) =>
    delay ? [{ all: delay.providerMs + delay.oursMs, ours: delay.oursMs }] : [],
  )
}

/** The immutable ids of what lies in a folder. */
export function idsIn({ mail }: SimulatedOffice, owner: PersonKey, folder: string): string[] {
  const { oid } = people[owner]
  const mailbox = mail.open(oid)
  return [...mail.folder(oid, folder).items].map((item) => refOf(mailbox, item).immutableId)
}
