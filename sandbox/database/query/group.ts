import { CommandError, notImplemented } from '../errors.ts'
import { compileExpression } from './expression.ts'
import { compare, type Doc, encode, isDocument } from './values.ts'

type Accumulator = (values: unknown[]) => unknown

const numbers = (values: unknown[]): number[] => {
  if (values.some((value) => typeof value === 'object' && value !== null && '_bsontype' in value))
    throw notImplemented('Summing 64-bit integers beyond 2^53')
  return values.filter((value) => typeof value === 'number')
}
const sum = (values: unknown[]): number =>
  numbers(values).reduce((total, value) => total + value, 0)
const orNull = (value: unknown): unknown => (value === undefined ? null : value)
const present = (values: unknown[]): unknown[] => values.filter((value) => value !== undefined)

const extreme =
  (sign: 1 | -1): Accumulator =>
  (values) => {
    const candidates = values.filter((value) => value !== null && value !== undefined)
    if (candidates.length === 0) return null
    return candidates.reduce((best, value) => (compare(value, best) * sign > 0 ? value : best))
  }

const ACCUMULATORS: Record<string, Accumulator> = {
  $sum: sum,
  $avg: (values) => (numbers(values).length === 0 ? null : sum(values) / numbers(values).length),
  $min: extreme(-1),
  $max: extreme(1),
  $push: present,
  $addToSet: (values) => [
    ...new Map(present(values).map((value) => [encode(value), value])).values(),
  ],
  $first: (values) => orNull(values[0]),
  $last: (values) => orNull(values.at(-1)),
  $count: (values) => values.length,
}

/** `$group`: groups come in the order in which they were first met. */
export function compileGroup(spec: Doc, now: Date): (docs: Doc[]) => Doc[] {
  if (!('_id' in spec))
    throw new CommandError('BadValue', 'a group specification must include an _id')
  const idOf = compileExpression(spec._id, now)
  const fields = Object.entries(spec)
    .filter(([name]) => name !== '_id')
    .map(([name, accumulator]) => compileField(name, accumulator, now))
  return (docs) => {
    const groups = new Map<string, { id: unknown; docs: Doc[] }>()
    for (const doc of docs) {
      const id = orNull(idOf(doc))
      const key = encode(id)
      const group = groups.get(key)
      if (group) group.docs.push(doc)
      else groups.set(key, { id, docs: [doc] })
    }
    return [...groups.values()].map((group) => ({
      _id: group.id,
      ...Object.fromEntries(fields.map(({ name, compute }) => [name, compute(group.docs)])),
    }))
  }
}

function compileField(name: string, spec: unknown, now: Date) {
  const [entry, ...more] = isDocument(spec) ? Object.entries(spec) : []
  if (!entry || more.length > 0)
    throw new CommandError('BadValue', `The field '${name}' must be an accumulator object`)
  const [operator, operand] = entry
  const accumulate = Object.hasOwn(ACCUMULATORS, operator) ? ACCUMULATORS[operator] : undefined
  if (!accumulate) throw notImplemented(`Group operator ${operator}`)
  const valueOf = compileExpression(operand, now)
  return { name, compute: (docs: Doc[]) => accumulate(docs.map(valueOf)) }
}
