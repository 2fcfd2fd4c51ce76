import { segmentsOf } from '../http/path.ts'
import { extensionError, invalidRequest } from './errors.ts'

/** A resource as written, before its names are looked up. */
export type ResourcePath = {
  /** `me`, or whatever stood after `users/`. */
  user: string
  folder?: string
  filter?: string
  select?: readonly string[]
  expand?: string
}

const FORBIDDEN = ['$top', '$skip', '$orderby']
const UNSELECTABLE = ['body', 'uniquebody']
const EXPANDABLE = /^(single|multi)ValueExtendedProperties(\(|$)/i

/** Reads `/users/{id}/mailFolders('inbox')/messages?$filter=…` in all the spellings Graph takes (graph-contract 1.3). */
export function readResource(resource: string): ResourcePath {
  const [path = '', query = ''] = splitOnce(resource, '?')
  const options = new URLSearchParams(query)
  refuseOptions(options)
  const select = list(options.get('$select'))
  const filter = options.get('$filter')
  const expand = options.get('$expand')
  return {
    ...readPath(path),
    ...(filter === null ? {} : { filter }),
    ...(select.length === 0 ? {} : { select }),
    ...(expand === null ? {} : { expand }),
  }
}

function readPath(path: string): { user: string; folder?: string } {
  const segments = /^https?:/i.test(path) ? [] : segmentsOf(path)
  const [first = '', ...rest] = segments
  const isMe = first.toLowerCase() === 'me'
  const user = isMe ? 'me' : rest.shift()
  const words = rest.map((word) => word.toLowerCase())
  if (
    (isMe || first.toLowerCase() === 'users') &&
    user !== undefined &&
    words.at(-1) === 'messages'
  ) {
    if (rest.length === 1) return { user }
    if (rest.length === 3 && words[0] === 'mailfolders') return { user, folder: rest[1] ?? '' }
  }
  throw invalidRequest(`Resource '${path}' is not supported for subscriptions.`)
}

/** graph-contract 1.3, literal text of 1.6. */
function refuseOptions(options: URLSearchParams): void {
  const bad =
    FORBIDDEN.some((name) => options.has(name)) ||
    list(options.get('$select')).some((name) => UNSELECTABLE.includes(name.toLowerCase())) ||
    !(options.get('$expand') === null || EXPANDABLE.test(options.get('$expand') ?? ''))
  if (!bad) return
  throw extensionError(
    'Create',
    400,
    '$top, $skip, $orderby, $select=body,uniqueBody and $expand other than SingleValueExtendedProperties and ' +
      'MultiValueExtendedProperties are not supported in subscription resource Url.',
  )
}

const list = (text: string | null) =>
  (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

function splitOnce(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark)
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
