import type { GraphRequest } from '../http/route.ts'
import { writeToken, type DeltaToken } from './token.ts'

/** A delta link's address may be spelled unlike the one first called; clients follow it and never build it (graph-contract 3.1). */
export function linkTo(
  { origin }: GraphRequest,
  path: string,
  token: DeltaToken,
  complete: boolean,
): Record<string, string> {
  const [annotation, option] = complete
    ? ['@odata.deltaLink', '$deltatoken']
    : ['@odata.nextLink', '$skiptoken']
  return { [annotation]: `${origin}/v1.0/${path}/delta?${option}=${writeToken(token)}` }
}

export const keyed = (collection: string, key: string) =>
  `${collection}('${encodeURIComponent(key.replaceAll("'", "''"))}')`

/** The token of a follow-up call; undefined on a first call, which an empty token is too (graph-contract 3.3 "reset"). */
export function tokenText(
  query: URLSearchParams,
): { text: string; beginsRound: boolean } | undefined {
  for (const [name, value] of query) {
    const option = name.toLowerCase()
    if (value === '') continue
    if (option === '$deltatoken') return { text: value, beginsRound: true }
    if (option === '$skiptoken') return { text: value, beginsRound: false }
  }
  return undefined
}
