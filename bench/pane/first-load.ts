import type { Request } from 'playwright-core'
import type { Report } from '../figures.ts'
import { isLook, type OutlookPage } from './outlook-page.ts'

/** What MSAL calls itself in each of its requests: so that its file is known by what is in it. */
const MSAL = 'msal.js.browser'

/** What comes behind, when the message's card is on show. */
const BEHIND_MS = 1_500

/**
 * Bytes over the wire, bodies alone, with nothing in the cache. What was asked for before the CRM answered about the open
 * message is the first load; the rest comes behind the message's card. Office.js, which is Microsoft's, is left out.
 */
export async function measureFirstLoad(report: Report, outlook: OutlookPage): Promise<void> {
  await outlook.devtools.send('Network.clearBrowserCache')
  const requests: Request[] = []
  const note = (request: Request) => void requests.push(request)
  outlook.page.on('requestfinished', note)
  await outlook.reload()
  await outlook.page.waitForTimeout(BEHIND_MS)
  outlook.page.off('requestfinished', note)
  const { origin } = new URL(outlook.pane.url())
  const begunAt = await outlook.pane.evaluate(() => Math.floor(performance.timeOrigin))
  const files = requests.filter(
    (request) => new URL(request.url()).origin === origin && startOf(request) >= begunAt,
  )
  const answeredAt = Math.max(...requests.filter(isLook).map(endOf))
  const loaded = await Promise.all(files.map((file) => read(file, answeredAt)))

  const show = (name: string, of: Loaded['of'], unit: string) => {
    const parts = loaded.filter((each) => each.of === of)
    const kB = (what: 'wire' | 'unpacked') =>
      parts.reduce((bytes, each) => bytes + each[what], 0) / 1_000
    report.figure(`pane.${name}.kB`, kB('wire'), `kB ${unit}, in ${parts.length} files`)
    report.figure(`pane.${name}.unpackedKB`, kB('unpacked'), 'kB of it, unpacked')
  }
  show('firstLoad', 'pane', 'of our own over the wire')
  show('firstLoad.msal', 'msal', 'besides, of MSAL')
  show('firstLoad.behind', 'behind', 'that come when the card is on show')
}

type Loaded = { of: 'pane' | 'msal' | 'behind'; wire: number; unpacked: number }

async function read(file: Request, answeredAt: number): Promise<Loaded> {
  const { responseBodySize: wire } = await file.sizes()
  const text = await (await fetch(file.url())).text()
  const of = text.includes(MSAL) ? 'msal' : startOf(file) < answeredAt ? 'pane' : 'behind'
  return { of, wire, unpacked: Buffer.byteLength(text) }
}

const startOf = (request: Request) => request.timing().startTime
const endOf = (request: Request) => startOf(request) + request.timing().responseEnd
