import { CommandError, notImplemented } from '../errors.ts'
import { isArrayIndex } from './paths.ts'
import { type Doc, isDocument } from './values.ts'

type Container = Doc | unknown[]
/** One place in a document: what an operator reads and writes. */
export type Place = { container: Container; key: string | number }
export type ArrayFilters = Map<string, (element: unknown) => boolean>
type Walk = { create: boolean; filters: ArrayFilters }

/** Every place an update path means. With `create` missing parents are made; without, the path may lead nowhere. */
export function placesAt(root: Doc, path: string, walk: Walk): Place[] {
  return descend(root, path.split('.'), walk)
}

function descend(container: Container, parts: string[], walk: Walk): Place[] {
  const [part = '', ...rest] = parts
  return keysOf(container, part, walk).flatMap((key): Place[] => {
    if (rest.length === 0) return [{ container, key }]
    const child = childOf({ container, key }, rest, walk)
    return child ? descend(child, rest, walk) : []
  })
}

/** A field's own name; in an array a number, `$[]` for all or `$[name]` for those a filter chooses. */
function keysOf(container: Container, part: string, walk: Walk): (string | number)[] {
  if (part === '$') throw notImplemented('The positional operator $ in an update')
  if (!part.startsWith('$[')) {
    if (!Array.isArray(container)) return [part]
    if (isArrayIndex(part)) return [Number(part)]
    if (!walk.create) return []
    throw cannotCreate(part, container)
  }
  if (!Array.isArray(container))
    throw new CommandError('BadValue', `Cannot apply array updates to non-array element ${part}`)
  const name = part.slice(2, -1)
  const chosen = name === '' ? () => true : walk.filters.get(name)
  if (!chosen) throw new CommandError('BadValue', `No array filter found for identifier '${name}'`)
  return [...container.keys()].filter((at) => chosen(container[at]))
}

function childOf(place: Place, rest: string[], walk: Walk): Container | undefined {
  const child = read(place)
  if (isDocument(child) || Array.isArray(child)) return child
  if (!walk.create) return undefined
  if (child !== undefined) throw cannotCreate(rest[0] ?? '', { [place.key]: child })
  const made: Doc = {}
  write(place, made)
  return made
}

const cannotCreate = (field: string, element: unknown): CommandError =>
  new CommandError(
    'PathNotViable',
    `Cannot create field '${field}' in element ${JSON.stringify(element)}`,
  )

export function read({ container, key }: Place): unknown {
  return Object.hasOwn(container, key) ? (container as Doc)[key] : undefined
}

export function write({ container, key }: Place, value: unknown): void {
  if (Array.isArray(container)) while (container.length < Number(key)) container.push(null)
  ;(container as Doc)[key] = value
}

/** An array keeps its length: the element becomes null. */
export function erase({ container, key }: Place): void {
  if (Array.isArray(container)) container[Number(key)] = null
  else delete container[key]
}
