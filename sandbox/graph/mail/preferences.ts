import type { GraphRequest } from '../http/route.ts'
import type { IdType } from '../store/mail-store.ts'

export type Preferences = {
  idType: IdType
  bodyType: 'html' | 'text'
  maxPageSize?: number
  /** What `Preference-Applied` says; empty when nothing was asked for (graph-contract 4.1, 4.2). */
  applied: Record<string, string>
}

/** What the `Prefer` header asks of mail; what it does not know is left out of `Preference-Applied`. */
export function preferencesOf({ headers }: GraphRequest): Preferences {
  const wanted = new Map(
    (headers.prefer ?? '').split(',').map((part) => {
      const [name = '', value = ''] = part.split('=')
      return [name.trim().toLowerCase(), value.trim().replace(/^"|"$/g, '').toLowerCase()]
    }),
  )
  const idType = wanted.get('idtype') === 'immutableid' ? 'immutable' : 'default'
  const bodyType = wanted.get('outlook.body-content-type') === 'text' ? 'text' : 'html'
  const maxPageSize = Number(wanted.get('odata.maxpagesize'))
  const hasPageSize = Number.isInteger(maxPageSize) && maxPageSize > 0
  const applied = [
    ...(idType === 'immutable' ? ['IdType=ImmutableId'] : []),
    ...(wanted.has('outlook.body-content-type') ? [`outlook.body-content-type="${bodyType}"`] : []),
    ...(hasPageSize ? [`odata.maxpagesize=${maxPageSize}`] : []),
  ]
  return {
    idType,
    bodyType,
    ...(hasPageSize ? { maxPageSize } : {}),
    applied: applied.length > 0 ? { 'preference-applied': applied.join(', ') } : {},
  }
}
