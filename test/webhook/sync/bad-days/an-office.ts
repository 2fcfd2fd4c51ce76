import { emailModel } from '../../../../models/email.ts'
import { ledgerEntryModel } from '../../../../models/ledger-entry.ts'
import { refOf } from '../../../../sandbox/graph/store/message-view.ts'
import { people, type PersonKey } from '../../../../sandbox/sign-in/directory.ts'
import { SimulatedOffice } from '../../../simulation/office.ts'
import { asInLife } from '../../../simulation/world.ts'

type Options = NonNullable<Parameters<typeof SimulatedOffice.open>[1]>

/** An office whose service is set as in life: two instances, connected mailboxes, all mail read and compared. */
export const anOffice = (owners: PersonKey[], options: Options = {}): Promise<SimulatedOffice> =>
  SimulatedOffice.open(owners, {
    ...options,
    environment: { ...asInLife, ...options.environment },
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
