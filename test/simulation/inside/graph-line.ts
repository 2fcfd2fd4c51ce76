import type { GraphTwin } from '../../../sandbox/graph/twin.ts'
import type { GraphResponse } from '../../../sandbox/graph/http/route.ts'
import type { Random } from '../../../sandbox/random.ts'
import type { Clock } from '../../../webhook/clock.ts'
import { SECOND } from '../../../webhook/duration.ts'
import type { CursorHistory } from '../../checker/cursor-history.ts'
import type { Power } from './power.ts'
import type { Away, Rest } from './rest.ts'

export const GRAPH_URL = 'https://graph.simulation'

/** What can befall a request on its way: the answers of a sick Graph, and a sick line. */
export const mishaps = [
  ...['429', '503', '504', '500', '429-odd'],
  ...['hang', 'slow', 'reset', 'reset-after', 'truncated', 'not-json', 'wrong-type'],
] as const
export type Mishap = (typeof mishaps)[number]

/** How much is wrong with the line to Graph; shared by all processes. */
export type Weather = { rate: number; mishaps: readonly Mishap[] }
export const fairWeather: Weather = { rate: 0, mishaps: [] }

export type GraphLineParts = {
  twin: GraphTwin
  clock: Clock
  /** Each kind of request has its own. */
  random: Random
  rest: Rest
  cursors: CursorHistory
  weather: () => Weather
}

const ODD_RETRY_AFTER = ['0', '-1', '0.5', '1e9', 'soon', 'Fri, 20 Nov 2026 09:00:00 GMT']

/** `fetch` for one process: Graph without a network, as it is on its bad days. */
export function graphFetch(parts: GraphLineParts, power: Power): typeof fetch {
  return (input, init = {}) =>
    parts.rest.during((away) => carry(parts, { power, away, url: input as string, init }))
}

type Call = { power: Power; away: Away; url: string; init: RequestInit }

async function carry(parts: GraphLineParts, { power, away, url, init }: Call): Promise<Response> {
  const { clock } = parts
  const random = parts.random.stream(`${init.method ?? 'GET'} ${new URL(url).pathname}`)
  await away(power.pass())
  const { rate, mishaps } = parts.weather()
  const mishap = random.chance(rate) ? random.pick(mishaps) : null
  if (mishap === 'slow') await away(clock.sleep(random.between(1, 20) * SECOND))
  if (mishap === 'hang') await away(clock.sleep(70 * SECOND, init.signal ?? undefined))
  if (mishap === 'hang' || mishap === 'reset' || init.signal?.aborted)
    throw new TypeError('fetch failed')
  const early = mishap && refusal(mishap, random)
  if (early) return early
  const reply = await parts.twin.dispatcher.handle(incoming(url, init))
  await away(power.pass())
  if (mishap === 'reset-after') throw new TypeError('fetch failed')
  return asResponse(reply, mishap, parts.cursors)
}

function incoming(url: string, { method = 'GET', headers, body }: RequestInit) {
  const { pathname, search } = new URL(url)
  return {
    method: method.toUpperCase(),
    path: pathname.replace(/^\/v1\.0/, '') + search,
    headers: Object.fromEntries(new Headers(headers)),
    body: Buffer.from(typeof body === 'string' ? body : ''),
    origin: GRAPH_URL,
  }
}

function refusal(mishap: Mishap, random: Random): Response | null {
  if (mishap === '429-odd') return failure(429, random.pick(ODD_RETRY_AFTER))
  if (mishap === '429') return failure(429, String(random.between(1, 120)))
  if (/^5/.test(mishap)) return failure(Number(mishap), random.chance(0.5) ? '5' : null)
  return null
}

const failure = (status: number, retryAfter: string | null) =>
  Response.json(
    { error: { code: 'Sick', message: 'Graph is not well.' } },
    { status, headers: retryAfter === null ? {} : { 'retry-after': retryAfter } },
  )

function asResponse(
  { status, headers = {}, body, bytes }: GraphResponse,
  mishap: Mishap | null,
  cursors: CursorHistory,
): Response {
  for (const link of linksIn(body)) cursors.gave(link)
  if (bytes instanceof Uint8Array) return new Response(coming(bytes, mishap), { status, headers })
  const text = body === undefined ? '' : JSON.stringify(body)
  const type = { ...headers, 'content-type': 'application/json' }
  if (mishap === 'truncated')
    return new Response(text.slice(0, text.length / 2) || '{', { status: 200, headers: type })
  if (mishap === 'not-json') return new Response('<html>Bad gateway</html>', { headers })
  if (mishap === 'wrong-type') return new Response('{"value":{"it":7}}', { headers: type })
  return new Response(text === '' ? null : text, { status, headers })
}

/** Bytes as they come: nobody can tell a wrong one, but everybody that they broke off. */
const coming = (bytes: Uint8Array, mishap: Mishap | null): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(line) {
      const isBroken = mishap === 'truncated'
      line.enqueue(isBroken ? bytes.slice(0, bytes.length / 2) : bytes)
      if (!isBroken) line.close()
    },
    pull: (line) => line.error(new TypeError('terminated')),
  })

function linksIn(body: unknown): string[] {
  const links = body as { '@odata.nextLink'?: string; '@odata.deltaLink'?: string } | undefined
  return [links?.['@odata.nextLink'], links?.['@odata.deltaLink']].filter(
    (link) => link !== undefined,
  )
}
