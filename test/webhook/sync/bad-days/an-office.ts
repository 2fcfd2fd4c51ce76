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

/** Messages whose story says that they were gone, though they may be back. */
export const onceGone = (office: SimulatedOffice): Promise<number> =>
  ledgerEntryModel(dbOf(office)).countDocuments({ 'history.kind': 'gone' })

/** Told when folders were marked, in ms, from now on. */
export function marksOn({ world }: SimulatedOffice): number[] {
  const marks: number[] = []
  const seen = new Map<string, number>()
  world.store.onChange((change) => {
    if (change.kind !== 'replace' || !change.ns.endsWith('.folders')) return
    const { _id, dirtySeq } = change.doc as unknown as { _id: string; dirtySeq: number }
    if (dirtySeq > (seen.get(_id) ?? -1)) marks.push(world.clock.now().getTime())
    seen.set(_id, dirtySeq)
  })
  return marks
}

/** The immutable ids of what lies in a folder. */
export function idsIn({ mail }: SimulatedOffice, owner: PersonKey, folder: string): string[] {
  const { oid } = people[owner]
  const mailbox = mail.open(oid)
  return [...mail.folder(oid, folder).items].map((item) => refOf(mailbox, item).immutableId)
}
