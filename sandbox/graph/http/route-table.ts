import type { PathParams, Route } from './route.ts'

type Compiled = { route: Route; parts: readonly string[] }
export type RouteMatch = { route: Route; params: PathParams }

/** Which operation a method and path name. Fixed words win over parameters, whatever the order of the routes. */
export class RouteTable {
  private readonly compiled: readonly Compiled[]

  constructor(routes: readonly Route[]) {
    this.compiled = routes
      .map((route) => ({ route, parts: route.pattern.split('/') }))
      .sort((a, b) => rank(a.parts).localeCompare(rank(b.parts)))
  }

  find(method: string, segments: readonly string[]): RouteMatch | 'wrong-method' | 'unknown' {
    let known = false
    for (const { route, parts } of this.compiled) {
      const params = match(parts, segments)
      if (!params) continue
      if (route.method === method) return { route, params }
      known = true
    }
    return known ? 'wrong-method' : 'unknown'
  }
}

/** Sorts `a/b` before `a/:id`, position by position. */
const rank = (parts: readonly string[]) => parts.map((part) => (isParam(part) ? '1' : '0')).join('')

const isParam = (part: string) => part.startsWith(':')

function match(parts: readonly string[], segments: readonly string[]): PathParams | undefined {
  if (parts.length !== segments.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? ''
    if (isParam(part)) params[part.slice(1)] = segment
    else if (part.toLowerCase() !== segment.toLowerCase()) return undefined
  }
  return params
}
