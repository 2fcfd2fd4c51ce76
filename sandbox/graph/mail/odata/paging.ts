import { badRequest } from '../../errors.ts'
import type { GraphRequest } from '../../http/route.ts'

export type Paging = { top: number; skip: number; count: boolean }

/** `$top` of a list: 1 to 1,000 (graph-contract 3.1). */
const MAX_TOP = 1_000

export function parsePaging(query: URLSearchParams, pageSize: number): Paging {
  const top = wholeNumber(query, '$top') ?? Math.min(pageSize, MAX_TOP)
  if (top < 1 || top > MAX_TOP)
    throw badRequest(`Invalid value '${top}' for $top: 1 to ${MAX_TOP}.`)
  return { top, skip: wholeNumber(query, '$skip') ?? 0, count: query.get('$count') === 'true' }
}

/** The link to the rest of a list: the same request, further on. Its `$skip` is nobody's business (graph-contract 4.1). */
export function nextPage({ origin, segments, query }: GraphRequest, skip: number): string {
  const next = new URLSearchParams(query)
  next.set('$skip', String(skip))
  return `${origin}/v1.0/${segments.map(encodeURIComponent).join('/')}?${next.toString()}`
}

/** Refuses query options this operation would otherwise ignore. */
export function allowOptions(query: URLSearchParams, known: readonly string[]): void {
  for (const name of query.keys()) {
    if (!known.includes(name)) throw badRequest(`The query option '${name}' is not supported here.`)
  }
}

function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  if (!/^\d+$/.test(text)) throw badRequest(`Invalid value '${text}' for ${name}.`)
  return Number(text)
}
