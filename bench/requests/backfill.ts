import { short, type Report } from '../figures.ts'
import { aliceWatches, fillInbox } from '../support/alice.ts'
import { DatabaseProcess } from '../support/database-process.ts'
import { Inside } from '../support/inside.ts'
import { ServiceProcess } from '../support/service-process.ts'
import { countRequests, mustHold, quiet } from './count.ts'
import { benchNewMail } from './new-mail.ts'

const MAILS = 1_000

/** What 1,000 mails cost Graph at a fixed page size; with `thenNewMail` also what each further one costs. */
export async function benchBackfill(
  report: Report,
  pageSize: number,
  { thenNewMail = false } = {},
): Promise<void> {
  const size = String(pageSize)
  await using database = await DatabaseProcess.start()
  await using service = await ServiceProcess.start(database.url, {
    SYNC_PAGE_SIZE: size,
    SYNC_PAGE_SIZE_MIN: size,
    SYNC_PAGE_SIZE_MAX: size,
  })
  await using inside = await Inside.open(database.url)
  await fillInbox(service.graph, MAILS)
  await aliceWatches(service, ['Inbox'])
  await inside.settled()
  await quiet(service.graph.requests)
  await mustHold(inside, MAILS)
  const made = countRequests(service.graph.requests.find())
  const name = `requests.backfill${MAILS}.page${size}`
  report.figure(name, made.mail, `requests for ${short(MAILS)} mails`)
  report.figure(`${name}.delta`, made.delta, 'of them delta pages')
  report.figure(`${name}.proof`, made.proof, 'of them id-only pages, to compare')
  report.figure(`${name}.subscriptions`, made.subscriptions, 'besides, for subscriptions')
  report.figure(`${name}.tree`, made.tree, 'besides, for the choice of folders')
  report.figure(`${name}.throttleOps`, made.charged, 'charged to the mailbox, with all of these')
  if (thenNewMail) await benchNewMail(report, { service, inside })
}
