import { anOffice, asking } from '../../test/webhook/people/an-office.ts'
import { plantJane } from '../../test/webhook/people/jane.ts'
import { short, type Report, type Scale } from '../figures.ts'

const MAILS = 10_000

/**
 * What a person costs who is in so many e-mails, with contacts, files, notes and suggestions of theirs: their copy of it
 * all, then their erasure until its report is signed.
 */
export async function benchPeople(report: Report, { largest }: Scale): Promise<void> {
  report.heading('People (webhook/people)')
  const mails = Math.min(largest, MAILS)
  await using office = await anOffice()
  const { contactId } = await plantJane(office, { mails, canaries: 200, others: 5 })

  const secondsOf = async (work: () => Promise<unknown>) => {
    const begun = performance.now()
    await work()
    return (performance.now() - begun) / 1_000
  }
  const exporting = async () => {
    for await (const _ of await office.exportDesk.export(asking, { contactId }));
  }
  const erasing = async () => {
    await office.erasureDesk.begin(asking, { contactId })
    await office.finishErasures()
  }
  report.figure(`people.exportS.${short(mails)}`, await secondsOf(exporting), 's for their copy')
  report.figure(`people.eraseS.${short(mails)}`, await secondsOf(erasing), 's to the report')
  if (office.recorded.length === 0) throw new Error('nobody was erased')
}
