import { badRequest } from '../errors.ts'
import { parseExpand } from '../mail/odata/expand.ts'
import { allowOptions } from '../mail/odata/paging.ts'
import { FOLDER_PROPERTIES, MESSAGE_PROPERTIES, parseSelect } from '../mail/odata/select.ts'

export type ChangeType = 'created' | 'updated' | 'deleted'

/** What the first call of a delta asks for. It is baked into every link that follows (graph-contract 3.1). */
export type DeltaQuery = {
  select?: string
  expand?: string
  /** Only messages received at or after this instant, in milliseconds since 1970. */
  since?: number
  newestFirst?: true
  changeType?: ChangeType
  /** `$top` caps the round as a whole; it is no page size (graph-contract 9 #24). */
  top?: number
  /** Of folders: hidden ones too. */
  hidden?: true
}

const OPTIONS = [
  '$select',
  '$expand',
  '$top',
  '$filter',
  '$orderby',
  'changetype',
  '$deltatoken',
  '$skiptoken',
]
const CHANGE_TYPES: readonly string[] = ['created', 'updated', 'deleted'] satisfies ChangeType[]

/** Of folders, `$select` alone (graph-contract 3.4), and whether hidden ones are wanted. */
export function parseFolderQuery(query: URLSearchParams): DeltaQuery {
  allowOptions(query, ['$select', '$deltatoken', 'includeHiddenFolders'])
  const select = query.get('$select')
  parseSelect(select, FOLDER_PROPERTIES)
  const hidden = query.get('includeHiddenFolders')?.toLowerCase() === 'true'
  return { ...(select ? { select } : {}), ...(hidden ? { hidden: true } : {}) }
}

/** Takes what graph-contract 3.1 lists and refuses all else. */
export function parseDeltaQuery(query: URLSearchParams): DeltaQuery {
  const options = new Map([...query].map(([name, value]) => [name.toLowerCase(), value]))
  for (const name of options.keys()) {
    if (!OPTIONS.includes(name))
      throw badRequest(`The query option '${name}' is not supported by delta.`)
  }
  const [select, expand, top] = ['$select', '$expand', '$top'].map((name) => options.get(name))
  parseSelect(select ?? null, MESSAGE_PROPERTIES)
  parseExpand(expand ?? null)
  return {
    ...(select ? { select } : {}),
    ...(expand ? { expand } : {}),
    ...sinceOf(options.get('$filter')),
    ...orderOf(options.get('$orderby')),
    ...changeTypeOf(options.get('changetype')),
    ...(top === undefined ? {} : { top: wholeNumber(top) }),
  }
}

function sinceOf(filter: string | undefined): Pick<DeltaQuery, 'since'> {
  if (filter === undefined) return {}
  const [, operator, value = ''] =
    /^\s*receivedDateTime\s+(ge|gt)\s+'?([^\s']+)'?\s*$/i.exec(filter) ?? []
  const at = Date.parse(value)
  if (!operator || Number.isNaN(at)) {
    throw badRequest(
      'Delta takes no $filter but receivedDateTime ge or gt.',
      'ErrorInvalidUrlQueryFilter',
    )
  }
  // Received times are whole seconds, so "later than" begins with the next millisecond.
  return { since: operator.toLowerCase() === 'gt' ? at + 1 : at }
}

function orderOf(orderBy: string | undefined): Pick<DeltaQuery, 'newestFirst'> {
  if (orderBy === undefined) return {}
  if (!/^\s*receivedDateTime\s+desc\s*$/i.test(orderBy)) {
    throw badRequest('Delta takes no $orderby but receivedDateTime desc.', 'ErrorInvalidUrlQuery')
  }
  return { newestFirst: true }
}

function changeTypeOf(value: string | undefined): Pick<DeltaQuery, 'changeType'> {
  if (value === undefined) return {}
  if (!isChangeType(value)) throw badRequest(`Invalid changeType '${value}'.`)
  return { changeType: value }
}

const isChangeType = (value: string): value is ChangeType => CHANGE_TYPES.includes(value)

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw badRequest(`Invalid value '${text}' for $top.`)
  return value
}
