import { bulkMime } from '../../sandbox/seed/bulk.ts'
import { realClock } from '../../webhook/clock.ts'
import type { Report } from '../figures.ts'
import { ALICE } from '../support/alice.ts'
import type { Inside } from '../support/inside.ts'
import type { ServiceProcess } from '../support/service-process.ts'

const MAILS = 60
const EVERY_MS = 350
const LOOK_EVERY_MS = 5
const FIRST_NUMBER = 2_000_000

/** From the POST of a notification to its mail being there for anybody to read, with production's settings. */
export async function benchDelay(
  report: Report,
  { service, inside }: { service: ServiceProcess; inside: Inside },
  folders: string[],
): Promise<void> {
  const { graph } = service
  graph.notifications.clear()
  const waiting = new Set<string>()
  const storedAt = new Map<string, number>()
  let more = true
  const deliver = async () => {
    for (let number = 0; number < MAILS; number++) {
      const { immutableId } = await graph.mailboxes.deliver(ALICE, {
        mime: bulkMime(FIRST_NUMBER + number, ALICE, new Date()),
        folder: folders[number % folders.length] ?? 'inbox',
        receivedAt: new Date(),
      })
      waiting.add(immutableId)
      await realClock.sleep(EVERY_MS)
    }
    more = false
  }
  const look = async () => {
    while (more || waiting.size > 0) {
      const there = await inside.ledger
        .find({ messageId: { $in: [...waiting] }, state: 'stored' })
        .select({ messageId: 1 })
        .lean()
      for (const { messageId } of there) {
        storedAt.set(messageId, Date.now())
        waiting.delete(messageId)
      }
      await realClock.sleep(LOOK_EVERY_MS)
    }
  }
  await Promise.all([deliver(), look()])
  const delays = graph.notifications.posts.flatMap(({ at, items }) =>
    items.map(({ resourceData }) => (storedAt.get(idOf(resourceData)) ?? NaN) - at.getTime()),
  )
  report.spread('stored.afterNotification', delays.filter(Number.isFinite))
}

const idOf = (resourceData: unknown) => (resourceData as { id: string }).id
