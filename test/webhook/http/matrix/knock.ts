import type { World } from '../../../../sandbox/world.ts'
import type { Row } from './row.ts'
import type { Objects } from './objects.ts'

export type Knocked = { status: number; headers: Headers; text: string }

/** The address of a row, with Alice's objects or with others put in. */
export const addressOf = (
  { route, params, query }: Row,
  objects: Objects,
  other?: string,
): string =>
  route
    .slice(route.indexOf(' ') + 1)
    .replace(/\{(\w+)\}/g, (_, name: string) => other ?? objects[params[name] ?? 'mailbox']) + query

/** Calls a row's route. Of an answer without end only the beginning is waited for. */
export async function knock(
  { serviceUrl }: Pick<World, 'serviceUrl'>,
  row: Row,
  { address, headers, body }: { address: string; headers: Record<string, string>; body?: string },
): Promise<Knocked> {
  const [method = ''] = row.route.split(' ')
  const enough = new AbortController()
  const response = await fetch(serviceUrl + address, {
    ...{ method, redirect: 'manual', signal: enough.signal },
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body }),
  })
  const isEndless = response.headers.get('content-type')?.startsWith('text/event-stream')
  const text = isEndless ? '' : await response.text()
  enough.abort()
  return { status: response.status, headers: response.headers, text }
}

/** The body as JSON, where the route takes one. */
export const bodyOf = (row: Row, objects: Objects): { body?: string } =>
  row.body ? { body: JSON.stringify(row.body(objects)) } : {}

/** The version that is there now, as this caller reads it; of what they may not read, any. */
export async function versionOf(
  world: Pick<World, 'serviceUrl'> & { objects: Objects },
  row: Row,
  headers: Record<string, string>,
): Promise<string | null> {
  if (row.versionFrom === null) return null
  const reading = { ...row, route: `GET ${row.versionFrom}`, query: '' }
  const address = addressOf(reading, world.objects)
  const { headers: answered } = await knock(world, reading, { address, headers })
  return answered.get('etag') ?? '"0"'
}
