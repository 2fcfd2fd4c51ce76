import { bulkMime } from '../../sandbox/seed/bulk.ts'
import type { Report } from '../figures.ts'
import { ALICE } from '../support/alice.ts'
import type { Inside } from '../support/inside.ts'
import type { ServiceProcess } from '../support/service-process.ts'
import { countRequests, mustHold, quiet } from './count.ts'

const SINGLES = 5
const BURST = 50
/** Apart from the numbers of the mails that are there. */
const FIRST_NUMBER = 1_000_000

type Parts = { service: ServiceProcess; inside: Inside }

/** What mail costs that arrives while the folder is watched: one by one, and 50 at the same moment. */
export async function benchNewMail(report: Report, parts: Parts): Promise<void> {
  let requests = 0
  for (let number = 0; number < SINGLES; number++) requests += await arrive(parts, [number])
  report.figure('requests.newMail', requests / SINGLES, `requests, mean of ${SINGLES}`)
  const burst = await arrive(
    parts,
    Array.from({ length: BURST }, (_, at) => SINGLES + at),
  )
  report.figure('requests.burst50', burst, `requests for ${BURST} mails`)
}

/** Everything that Graph was asked for because of them, subscriptions included. */
async function arrive({ service, inside }: Parts, numbers: number[]): Promise<number> {
  const before = await inside.emails.countDocuments()
  service.graph.requests.clear()
  for (const number of numbers)
    await service.graph.mailboxes.deliver(ALICE, {
      mime: bulkMime(FIRST_NUMBER + number, ALICE, new Date()),
      receivedAt: new Date(),
    })
  await inside.until(({ dirtySeq, doneSeq }) => dirtySeq === doneSeq)
  await quiet(service.graph.requests)
  await mustHold(inside, before + numbers.length)
  const made = countRequests(service.graph.requests.find())
  return made.mail + made.subscriptions + made.tree
}
