import type { Report } from '../figures.ts'
import { benchBackfill } from './backfill.ts'
import { benchIdleDay } from './idle-day.ts'
import { benchNaive } from './naive.ts'

/** What Graph is asked for, counted by the twin itself; the naive loop in the same run. */
export async function benchRequests(report: Report): Promise<void> {
  report.heading('Requests to Graph')
  await benchBackfill(report, 100, { thenNewMail: true })
  await benchBackfill(report, 500)
  await benchNaive(report)
  await benchIdleDay(report)
}
