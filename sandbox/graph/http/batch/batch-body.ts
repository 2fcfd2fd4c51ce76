import { z } from 'zod'
import { badRequest } from '../../errors.ts'
import { BATCH_SIZE } from '../throttle/limits.ts'

const Item = z.object({
  id: z.string().min(1),
  method: z.string().transform((method) => method.toUpperCase()),
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
  dependsOn: z.array(z.string()).default([]),
})
const Body = z.object({ requests: z.array(Item).min(1) })

/** One request in a `$batch`; its header names are in lower case. */
export type BatchItem = z.output<typeof Item>

/** Reads a `$batch`; whatever is malformed fails it as a whole with 400 (graph-contract 6.3). */
export function readBatch(bytes: Uint8Array): BatchItem[] {
  const body = Body.safeParse(readJson(bytes))
  if (!body.success) throw badRequest('Invalid batch payload format.')
  const items = body.data.requests.map((item) => ({ ...item, headers: lowerCased(item.headers) }))
  const problem = problemOf(items)
  if (problem) throw badRequest(problem)
  return items
}

function problemOf(items: readonly BatchItem[]): string | undefined {
  if (items.length > BATCH_SIZE)
    return `Number of batch request steps exceeds the maximum value of ${BATCH_SIZE}.`
  const ids = items.map(({ id }) => id.toLowerCase())
  if (new Set(ids).size < ids.length) return 'Request Id property values must be unique.'
  if (items.some(({ url }) => /^[a-z]+:\/\//i.test(url))) return 'Request URLs must be relative.'
  if (
    items.some(({ body, headers }) => body !== undefined && headers['content-type'] === undefined)
  ) {
    return 'The Content-Type header is required when a body is present.'
  }
  return dependencyProblem(items, ids)
}

/** Fully parallel or fully sequential, nothing between (graph-contract 6.3). */
function dependencyProblem(
  items: readonly BatchItem[],
  ids: readonly string[],
): string | undefined {
  if (items.every(({ dependsOn }) => dependsOn.length === 0)) return undefined
  const isSequential = items.every(({ dependsOn }, index) =>
    index === 0
      ? dependsOn.length === 0
      : dependsOn.length > 0 &&
        dependsOn.every((id) => ids.slice(0, index).includes(id.toLowerCase())),
  )
  return isSequential ? undefined : 'Requests must be all parallel or all sequential by dependsOn.'
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}

const lowerCased = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
