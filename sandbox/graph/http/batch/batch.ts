import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Random } from '../../../random.ts'
import { GraphFault } from '../../errors.ts'
import { readBatch, type BatchItem } from './batch-body.ts'
import type { Incoming } from '../dispatcher.ts'
import { BATCH_PARALLEL } from '../throttle/limits.ts'
import type { GraphRequest, GraphResponse, Route } from '../route.ts'

type SubResponse = { id: string; status: number; headers: Record<string, string>; body?: unknown }

export type BatchParts = {
  /** The same way in that HTTP takes: each item is checked, throttled and logged on its own. */
  handle: (incoming: Incoming) => Promise<GraphResponse>
  random: Random
}

/** `POST /$batch`: outer 200 whatever happens to the items, replies in any order (graph-contract 6.3). */
export const batchRoute = (parts: BatchParts): Route => ({
  method: 'POST',
  pattern: '$batch',
  permissions: [],
  handle: async (request) => {
    const items = readBatch(request.body)
    const isSequential = items.some(({ dependsOn }) => dependsOn.length > 0)
    const responses = isSequential
      ? await inSequence(items, request, parts)
      : await inParallel(items, request, parts)
    return { status: 200, body: { responses: parts.random.shuffle(responses) } }
  },
})

async function inParallel(
  items: readonly BatchItem[],
  request: GraphRequest,
  parts: BatchParts,
): Promise<SubResponse[]> {
  const waiting = [...items]
  const responses: SubResponse[] = []
  const work = async () => {
    for (let item = waiting.shift(); item; item = waiting.shift()) {
      responses.push(await runItem(item, request, parts))
    }
  }
  await Promise.all(Array.from({ length: BATCH_PARALLEL }, work))
  return responses
}

/** An item whose forerunner failed is not tried: 424 (graph-contract 6.3). */
async function inSequence(
  items: readonly BatchItem[],
  request: GraphRequest,
  parts: BatchParts,
): Promise<SubResponse[]> {
  const responses: SubResponse[] = []
  const failed = new Set<string>()
  for (const item of items) {
    const isOrphan = item.dependsOn.some((id) => failed.has(id.toLowerCase()))
    const response = isOrphan ? failedDependency(item) : await runItem(item, request, parts)
    if (response.status >= 400) failed.add(item.id.toLowerCase())
    responses.push(response)
  }
  return responses
}

const failedDependency = ({ id }: BatchItem): SubResponse => ({
  id,
  status: 424,
  headers: {},
  body: {
    error: { code: 'FailedDependency', message: 'A request this one depends on has failed.' },
  },
})

async function runItem(
  item: BatchItem,
  outer: GraphRequest,
  { handle }: BatchParts,
): Promise<SubResponse> {
  const { authorization } = outer.headers
  const response = await handle({
    method: item.method,
    path: item.url.startsWith('/') ? item.url : `/${item.url}`,
    headers: { ...(authorization === undefined ? {} : { authorization }), ...item.headers },
    body: bodyBytes(item),
    origin: outer.origin,
    inBatch: true,
  })
  const body = await bodyOf(response)
  return {
    id: item.id,
    status: response.status,
    headers: response.headers ?? {},
    ...(body === undefined ? {} : { body }),
  }
}

/** JSON bodies come as JSON, all others in base64. */
function bodyBytes({ body, headers }: BatchItem): Uint8Array {
  if (body === undefined) return new Uint8Array()
  if (headers['content-type']?.includes('json')) return Buffer.from(JSON.stringify(body))
  if (typeof body === 'string') return Buffer.from(body, 'base64')
  throw new GraphFault(400, 'BadRequest', 'Invalid batch payload format.')
}

async function bodyOf({ body, bytes }: GraphResponse): Promise<unknown> {
  if (bytes === undefined) return body
  return (bytes instanceof Readable ? await buffer(bytes) : Buffer.from(bytes)).toString('base64')
}
