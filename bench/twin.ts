import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { GraphTwin } from '../sandbox/graph/twin.ts'
import { Random } from '../sandbox/random.ts'
import { bulkMime } from '../sandbox/seed/bulk.ts'
import { HOUR } from '../webhook/duration.ts'
import { realClock } from '../webhook/clock.ts'
import { figure, heading, ms, spread, timed } from './figures.ts'

const USER = 'a11ce000-0001-4a11-8ce0-00000000a11c'
const ADDRESS = 'alice@contoso.test'
const SIZES = [1_000, 20_000, 200_000]
const NOW = new Date('2026-11-20T09:00:00Z')
const MAX_PAGES = 200
const IDLE_MS = 200
const MEGABYTE = 1024 * 1024

/** Whether the Graph twin stays as quick with 200,000 messages in one folder as with 1,000, and what that weighs. */
export async function benchTwin(): Promise<void> {
  heading('The Graph twin, one folder')
  const twin = aTwin()
  const url = await twin.listen()
  const before = memoryBytes()
  let size = 0
  for (const target of SIZES) {
    const added = target - size
    const { totalMs } = await timed(added, 1, (index) => {
      const number = size + index
      const receivedAt = new Date(NOW.getTime() - number * 60_000)
      return twin.mailboxes.deliver(USER, {
        mime: () => bulkMime(number, ADDRESS, NOW),
        receivedAt,
      })
    })
    size = target
    await realClock.sleep(IDLE_MS) // the loading kept the server from closing idle connections; let it
    await reportSize(twin, `${url}/v1.0`, { size, perDeliveryMs: totalMs / added, before })
  }
  await twin[Symbol.asyncDispose]()
}

async function reportSize(
  twin: GraphTwin,
  graphUrl: string,
  { size, perDeliveryMs, before }: { size: number; perDeliveryMs: number; before: number },
): Promise<void> {
  const at = `at ${size.toLocaleString('en')}: `
  figure(`${at}load one message`, ms(perDeliveryMs))
  const megabytes = (memoryBytes() - before) / MEGABYTE
  figure(`${at}memory of the mail, unread`, `${Math.round(megabytes)} MB`)
  const arrivals = await timed(200, 1, (index) =>
    twin.mailboxes.deliver(USER, { mime: bulkMime(1_000_000 + size + index, ADDRESS, NOW) }),
  )
  figure(`${at}one mail arrives and is parsed`, spread(arrivals.eachMs))
  const pages = await walkPages(graphUrl)
  figure(`${at}delta page of 100, over HTTP`, `${spread(pages)} of ${pages.length}`)
}

/** The first pages of a delta round, each message read for the first time. In ms, ascending. */
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
  return eachMs.toSorted((a, b) => a - b)
}

function aTwin(): GraphTwin {
  const twin = GraphTwin.create({
    clock: realClock,
    random: new Random(1),
    tokenCheck: async () => ({
      aud: 'https://graph.microsoft.com',
      appId: 'bench',
      tid: 'bench',
      oid: USER,
      scopes: ['Mail.Read'],
      roles: [],
      capabilities: [],
      issuedAt: new Date(),
      expiresAt: new Date(Date.now() + HOUR),
    }),
    knobs: { http: { throttling: false } },
  })
  twin.mailboxes.addMailbox({ userId: USER, address: ADDRESS, displayName: 'Alice' })
  return twin
}

/** What is really held, after a collection. */
function memoryBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
