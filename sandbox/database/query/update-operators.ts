import { Long } from 'bson'
import { CommandError, notImplemented } from '../errors.ts'
import { compileQuery, isOperators } from './match.ts'
import { parseSort, sortBy } from './sort.ts'
import { typeName } from './type-names.ts'
import { compare, type Doc, encode, isDocument, isSame } from './values.ts'

/** What a field becomes: `undefined` removes it, the same value means no change. */
export type UpdateOperator = (old: unknown, operand: unknown, context: OperatorContext) => unknown
export type OperatorContext = { now: Date; path: string; id: unknown }

const badValue = (message: string): CommandError => new CommandError('BadValue', message)

function arrayIn(old: unknown, { path, id }: OperatorContext): unknown[] {
  if (old === undefined) return []
  if (Array.isArray(old)) return old
  throw badValue(
    `The field '${path}' must be an array but is of type ${typeName(old)} in document {_id: ${String(id)}}`,
  )
}

const isNumeric = (value: unknown): value is number | Long =>
  typeof value === 'number' || value instanceof Long

/** Exact for integers: what leaves the range of a double goes on as a 64-bit integer. */
const arithmetic =
  (
    verb: string,
    float: (a: number, b: number) => number,
    exact: (a: bigint, b: bigint) => bigint,
  ) =>
  (old: unknown, operand: unknown, context: OperatorContext): unknown => {
    if (!isNumeric(operand))
      throw new CommandError(
        'TypeMismatch',
        `Cannot ${verb} with non-numeric argument: {${context.path}: ${JSON.stringify(operand)}}`,
      )
    const start = old === undefined ? 0 : old
    if (!isNumeric(start))
      throw new CommandError(
        'TypeMismatch',
        `Cannot apply $${verb === 'increment' ? 'inc' : 'mul'} to a value of non-numeric type. {_id: ${String(context.id)}} has the field '${context.path}' of non-numeric type ${typeName(start)}`,
      )
    if (typeof start === 'number' && typeof operand === 'number') {
      const result = float(start, operand)
      const isExact =
        Number.isSafeInteger(result) || !Number.isInteger(start) || !Number.isInteger(operand)
      if (isExact) return result
    }
    const result = exact(toBigInt(start), toBigInt(operand))
    if (BigInt.asIntN(64, result) !== result)
      throw badValue(`Failed to apply ${verb}: 64-bit overflow`)
    return Number.isSafeInteger(Number(result)) ? Number(result) : Long.fromBigInt(result)
  }

const toBigInt = (value: number | Long): bigint =>
  typeof value === 'number' ? BigInt(Math.trunc(value)) : value.toBigInt()

function push(old: unknown, operand: unknown, context: OperatorContext): unknown {
  const array = arrayIn(old, context)
  if (!isDocument(operand) || !('$each' in operand)) return [...array, operand]
  const { $each, $slice, $position, $sort, ...unknown } = operand
  const [wrong] = Object.keys(unknown)
  if (wrong) throw badValue(`Unrecognized clause in $push: ${wrong}`)
  const added = eachOf($each)
  const at = typeof $position === 'number' ? $position : array.length
  const grown = array.toSpliced(at, 0, ...added)
  return slice(sortElements(grown, $sort), $slice)
}

function sortElements(array: unknown[], sort: unknown): unknown[] {
  if (sort === undefined) return array
  if (sort === 1 || sort === -1) return [...array].sort((a, b) => compare(a, b) * sort)
  if (!isDocument(sort)) throw badValue('The $sort is invalid: use 1/-1 to sort the whole element')
  return sortBy(array, parseSort(sort), (element) => (isDocument(element) ? element : {}))
}

function slice(array: unknown[], count: unknown): unknown[] {
  if (count === undefined) return array
  if (typeof count !== 'number') throw badValue('The value for $slice must be an integer value')
  return count < 0 ? array.slice(count) : array.slice(0, count)
}

function eachOf(operand: unknown): unknown[] {
  if (!Array.isArray(operand)) throw badValue('The argument to $each must be an array')
  return operand
}

function addToSet(old: unknown, operand: unknown, context: OperatorContext): unknown {
  const array = arrayIn(old, context)
  const candidates = isDocument(operand) && '$each' in operand ? eachOf(operand.$each) : [operand]
  const known = new Set(array.map(encode))
  const added = candidates.filter((value) => known.size < known.add(encode(value)).size)
  return added.length > 0 || old === undefined ? [...array, ...added] : old
}

function pull(old: unknown, operand: unknown, context: OperatorContext): unknown {
  if (old === undefined) return undefined
  const matches = isOperators(operand)
    ? compileQuery({ element: operand }, context.now)
    : isDocument(operand)
      ? compileQuery(operand, context.now)
      : null
  const goes = (element: unknown): boolean => {
    if (!matches) return isSame(element, operand)
    if (isOperators(operand)) return matches({ element })
    return isDocument(element) && matches(element)
  }
  return without(arrayIn(old, context), goes)
}

const without = (array: unknown[], goes: (element: unknown) => boolean): unknown[] =>
  array.some(goes) ? array.filter((element) => !goes(element)) : array

const OPERATORS: Record<string, UpdateOperator> = {
  $set: (_old, operand) => operand,
  $setOnInsert: (_old, operand) => operand,
  $unset: () => undefined,
  $inc: arithmetic(
    'increment',
    (a, b) => a + b,
    (a, b) => a + b,
  ),
  $mul: arithmetic(
    'multiply',
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  $min: (old, operand) => (old === undefined || compare(operand, old) < 0 ? operand : old),
  $max: (old, operand) => (old === undefined || compare(operand, old) > 0 ? operand : old),
  $currentDate: (_old, operand, { now }) => {
    if (operand === true || (isDocument(operand) && operand.$type === 'date')) return now
    throw notImplemented('$currentDate with anything but a date')
  },
  $push: push,
  $addToSet: addToSet,
  $pull: pull,
  $pullAll: (old, operand, context) => {
    if (old === undefined) return undefined
    const unwanted = new Set(eachOf(operand).map(encode))
    return without(arrayIn(old, context), (element) => unwanted.has(encode(element)))
  },
  $pop: (old, operand, context) => {
    if (old === undefined) return undefined
    const array = arrayIn(old, context)
    if (operand !== 1 && operand !== -1)
      throw badValue(`$pop expects 1 or -1, found: ${String(operand)}`)
    return array.length === 0 ? array : operand === 1 ? array.slice(0, -1) : array.slice(1)
  },
}

/** Operators that make a missing field; the others leave a path that leads nowhere alone. */
const REMOVERS = new Set(['$unset', '$pull', '$pullAll', '$pop'])
export const createsFields = (name: string): boolean => !REMOVERS.has(name)

export function updateOperator(name: string): UpdateOperator {
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined
  if (operator) return operator
  if (name === '$rename' || name === '$bit') throw notImplemented(`Update operator ${name}`)
  throw new CommandError(
    'FailedToParse',
    `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
  )
}

export const operandsOf = (name: string, fields: unknown): Doc => {
  if (isDocument(fields)) return fields
  throw new CommandError(
    'FailedToParse',
    `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${name}: ...}`,
  )
}
