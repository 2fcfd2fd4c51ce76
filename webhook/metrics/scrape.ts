import { SECOND } from '../duration.ts'
import { StoreUnavailableError } from '../errors.ts'
import type { Events } from '../events.ts'
import type { Metrics } from './metrics.ts'
import { takeSurvey, type SurveyParts } from './survey.ts'

export type ScrapeParts = SurveyParts & { metrics: Metrics; events: Pick<Events, 'storeFailed'> }

/** Prometheus waits ten seconds by default; our own figures must come out when the database hangs, too. */
const SURVEY_WITHIN_MS = 5 * SECOND

/** Everything in Prometheus' text format. Without the database: what the process itself knows, and `store_up` 0. */
export async function scrape(parts: ScrapeParts): Promise<{ contentType: string; text: string }> {
  const { registry, instruments } = parts.metrics
  try {
    await inTime(parts, takeSurvey(parts, instruments))
    instruments.storeUp.set(1)
  } catch {
    parts.events.storeFailed({ where: 'scrape' })
    instruments.storeUp.set(0)
    // What was true once is not shown as if it were now.
    for (const gauge of ['folders', 'backfill', 'subscriptions', 'mailboxes', 'instances'] as const)
      instruments[gauge].reset()
  }
  return { contentType: registry.contentType, text: await registry.metrics() }
}

async function inTime({ clock }: ScrapeParts, work: Promise<void>): Promise<void> {
  const done = new AbortController()
  const tooLate = clock.sleep(SURVEY_WITHIN_MS, done.signal).then(() => {
    if (!done.signal.aborted) throw new StoreUnavailableError('The database does not answer.')
  })
  await Promise.race([work, tooLate]).finally(() => done.abort())
}
