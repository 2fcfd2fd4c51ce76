import { CommandError, notImplemented } from '../errors.ts'
import { compileExpression } from './expression.ts'
import { copyContainers } from './paths.ts'
import { type Doc, isDocument } from './values.ts'

export type Projection = (doc: Doc) => Doc

/** Field name to what becomes of it: kept or dropped (`true`), or the same question one level down. */
type Tree = Map<string, Tree | true>

const isFlag = (value: unknown): value is boolean | number =>
  typeof value === 'boolean' || typeof value === 'number'

/** Inclusion, exclusion and computed fields, as `find` and `$project` know them. */
export function compileProjection(spec: Doc, now: Date): Projection {
  const flat = flatten(spec)
  const flags = flat.filter(([, value]) => isFlag(value))
  const computed = flat.filter(([, value]) => !isFlag(value))
  const kept = flags.filter(([, value]) => value).map(([path]) => path)
  const dropped = flags.filter(([, value]) => !value).map(([path]) => path)
  const droppedFields = dropped.filter((path) => path !== '_id')
  const isInclusion = kept.some((path) => path !== '_id') || computed.length > 0
  if (isInclusion && droppedFields.length > 0)
    throw new CommandError(
      'Location31254',
      `Cannot do exclusion on field ${String(droppedFields[0])} in inclusion projection`,
    )
  if (!isInclusion && (droppedFields.length > 0 || kept.length === 0)) {
    const tree = treeOf(dropped)
    return (doc) => without(doc, tree) as Doc
  }
  const tree = treeOf(dropped.includes('_id') ? kept : [...new Set(['_id', ...kept])])
  const add = compileAssignments(computed, now)
  return (doc) => add(doc, only(doc, tree) as Doc)
}

/** `{a: {b: 1}}` says the same as `{'a.b': 1}`. */
export function flatten(spec: Doc, prefix = ''): [string, unknown][] {
  return Object.entries(spec).flatMap(([name, value]): [string, unknown][] => {
    if (name.split('.').some((part) => part.startsWith('$') || part === ''))
      throw notImplemented(`The path "${prefix}${name}" in a projection`)
    const isNested =
      isDocument(value) && Object.keys(value).length > 0 && !Object.keys(value)[0]?.startsWith('$')
    return isNested ? flatten(value, `${prefix}${name}.`) : [[prefix + name, value]]
  })
}

/** Computes each field from the document as it came in and sets it on `target`. */
export function compileAssignments(
  fields: [string, unknown][],
  now: Date,
): (doc: Doc, target: Doc) => Doc {
  const assignments = fields.map(([path, source]) => ({
    parts: path.split('.'),
    compute: compileExpression(source, now),
  }))
  return (doc, target) => {
    if (assignments.length === 0) return target
    const result = copyContainers(target)
    for (const { parts, compute } of assignments) assign(result, parts, compute(doc))
    return result
  }
}

function assign(target: Doc, parts: string[], value: unknown): void {
  const [first = '', ...rest] = parts
  if (rest.length === 0) {
    if (value === undefined) delete target[first]
    else target[first] = value
    return
  }
  const child = target[first]
  if (Array.isArray(child)) throw notImplemented(`Setting "${parts.join('.')}" inside an array`)
  const next: Doc = isDocument(child) ? child : {}
  target[first] = next
  assign(next, rest, value)
}

function treeOf(paths: string[]): Tree {
  const tree: Tree = new Map()
  for (const path of paths) {
    const parts = path.split('.')
    let level = tree
    parts.forEach((part, at) => {
      const existing = level.get(part)
      const isLeaf = at === parts.length - 1
      if (existing === true || (existing && isLeaf))
        throw new CommandError('Location31249', `Path collision at ${path}`)
      if (isLeaf) level.set(part, true)
      else {
        const next: Tree = existing ?? new Map<string, Tree | true>()
        level.set(part, next)
        level = next
      }
    })
  }
  return tree
}

function only(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value))
    return value
      .filter((item) => isDocument(item) || Array.isArray(item))
      .map((item) => only(item, tree))
  if (!isDocument(value)) return undefined
  const kept: Doc = {}
  for (const [name, child] of Object.entries(value)) {
    const branch = tree.get(name)
    const result = branch === true ? child : branch ? only(child, branch) : undefined
    if (result !== undefined) kept[name] = result
  }
  return kept
}

function without(value: unknown, tree: Tree): unknown {
  if (tree.size === 0) return value
  if (Array.isArray(value)) return value.map((item) => without(item, tree))
  if (!isDocument(value)) return value
  const rest: Doc = {}
  for (const [name, child] of Object.entries(value)) {
    const branch = tree.get(name)
    if (branch !== true) rest[name] = branch ? without(child, branch) : child
  }
  return rest
}
