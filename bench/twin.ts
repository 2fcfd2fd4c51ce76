import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { GraphTwin } from '../sandbox/graph/twin.ts'
import { bulkMime } from '../sandbox/seed/bulk.ts'
import { realClock } from '../webhook/clock.ts'
import { short, type Report, type Scale } from './figures.ts'
import { aliceAlone } from './support/alice-alone.ts'
import { ALICE, ALICE_ID } from './support/alice.ts'
import { timed } from './timed.ts'

const SIZES = [1_000, 20_000, 200_000]
const NOW = new Date('2026-11-20T09:00:00Z')
const MAX_PAGES = 200
const IDLE_MS = 200
const MEGABYTE = 1024 * 1024

/** Whether the Graph twin stays as quick with 200,000 messages in one folder as with 1,000, and what that weighs. */
export async function benchTwin(report: Report, { largest }: Scale): Promise<void> {
  report.heading('The Graph twin, one folder')
  const twin = aliceAlone()
  const url = await twin.listen()
  const before = memoryBytes()
  let size = 0
  for (const target of SIZES.filter((size) => size <= largest)) {
    const added = target - size
    const { totalMs } = await timed(added, 1, (index) => {
      const number = size + index
      const receivedAt = new Date(NOW.getTime() - number * 60_000)
      return twin.mailboxes.deliver(ALICE_ID, {
        mime: () => bulkMime(number, ALICE, NOW),
        receivedAt,
      })
    })
    size = target
    await realClock.sleep(IDLE_MS) // the loading kept the server from closing idle connections; let it
    await reportSize(report, twin, {
      url: `${url}/v1.0`,
      size,
      perDeliveryMs: totalMs / added,
      before,
    })
  }
  await twin[Symbol.asyncDispose]()
}

async function reportSize(
  report: Report,
  twin: GraphTwin,
  {
    url,
    size,
    perDeliveryMs,
    before,
  }: { url: string; size: number; perDeliveryMs: number; before: number },
): Promise<void> {
  const figure = (name: string, value: number, unit: string) =>
    report.figure(`twin.${name}.${short(size)}`, value, unit)
  figure('loadMs', perDeliveryMs, 'ms a message')
  figure('memoryMB', (memoryBytes() - before) / MEGABYTE, 'MB')
  const arrivals = await timed(200, 1, (index) =>
    twin.mailboxes.deliver(ALICE_ID, { mime: bulkMime(1_000_000 + size + index, ALICE, NOW) }),
  )
  report.spread(`twin.arrival.${short(size)}`, arrivals.eachMs)
  report.spread(`twin.page100.${short(size)}`, await walkPages(url))
}

/** The first pages of a delta round, each message read for the first time. In ms. */
async function walkPages(graphUrl: string): Promise<number[]> {
  const headers = { authorization: 'Bearer bench', prefer: 'odata.maxpagesize=100' }
  const eachMs: number[] = []
  let url: string | undefined = `${graphUrl}/me/mailFolders/inbox/messages/delta`
  while (url !== undefined && eachMs.length < MAX_PAGES) {
    const begun = performance.now()
    const response = await fetch(url, { headers })
    if (!response.ok) throw new Error(`the twin answered ${response.status}`)
    const page = (await response.json()) as { '@odata.nextLink'?: string }
    eachMs.push(performance.now() - begun)
    url = page['@odata.nextLink']
  }
  return eachMs
}

/** What is really held, after a collection. */
function memoryBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
