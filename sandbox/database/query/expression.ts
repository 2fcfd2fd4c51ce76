import { Context, evalExpr, ProcessingMode } from 'mingo/core'
import * as mingo from 'mingo/operators/expression'
import { CommandError, notImplemented } from '../errors.ts'
import { isArrayIndex } from './paths.ts'
import { type Doc, encode, isDocument } from './values.ts'

type Operands = Parameters<typeof evalExpr>
type Operator = (...operands: Operands) => unknown
export type Expression = (doc: Doc) => unknown

/** What mingo computes as MongoDB does (test/contract/database pins it). Anything else is refused by name. */
const FROM_MINGO = [
  ...['$and', '$or', '$cond', '$ifNull', '$switch', '$literal', '$add', '$subtract', '$multiply'],
  ...['$divide', '$abs', '$ceil', '$floor', '$concat', '$toLower', '$toUpper', '$strLenCP'],
  ...['$substrCP', '$size', '$arrayElemAt', '$concatArrays', '$filter', '$map', '$isArray'],
  ...['$mergeObjects', '$dateToString'],
] as const

/** In an expression a missing field is less than null, not equal to it. */
const MISSING = '\u0004'
const keyOf = (value: unknown): string => (value === undefined ? MISSING : encode(value))

const ordered =
  (accepts: (left: string, right: string) => unknown): Operator =>
  (doc, operands, options) => {
    const pair = evalExpr(doc, operands, options)
    if (!Array.isArray(pair) || pair.length !== 2)
      throw new CommandError('BadValue', 'A comparison takes exactly 2 arguments')
    return accepts(keyOf(pair[0]), keyOf(pair[1]))
  }

/** mingo compares loosely (null is missing, types apart are never less): these compare as MongoDB does. */
const OWN: Record<string, Operator> = {
  $eq: ordered((left, right) => left === right),
  $ne: ordered((left, right) => left !== right),
  $gt: ordered((left, right) => left > right),
  $gte: ordered((left, right) => left >= right),
  $lt: ordered((left, right) => left < right),
  $lte: ordered((left, right) => left <= right),
  $cmp: ordered((left, right) => (left < right ? -1 : left > right ? 1 : 0)),
  $not: (doc, operand, options) => {
    const value: unknown = evalExpr(doc, operand, options)
    return !isTruthy(Array.isArray(operand) && Array.isArray(value) ? value[0] : value)
  },
  $in: (doc, operands, options) => {
    const [value, list] = evalExpr(doc, operands, options) as [unknown, unknown]
    if (!Array.isArray(list))
      throw new CommandError('BadValue', '$in requires an array as a second argument')
    return list.some((item) => keyOf(item) === keyOf(value))
  },
}

const operators: Record<string, unknown> = {
  ...Object.fromEntries(FROM_MINGO.map((name) => [name, mingo[name]])),
  ...OWN,
}
const OPTIONS = {
  idKey: '_id',
  processingMode: ProcessingMode.CLONE_OFF,
  useStrictMode: true,
  scriptEnabled: false,
  failOnError: true,
  context: Context.init().addExpressionOps(operators as Parameters<Context['addExpressionOps']>[0]),
}

/** Only false, null, missing, zero and NaN are false in MongoDB. */
export const isTruthy = (value: unknown): boolean => value === '' || Boolean(value)

/** A field of the document itself. A million of them are grouped within the 5 s after which the service gives a server up. */
const FIELD = /^\$([A-Za-z_]\w*)$/

/** Reads an expression once, refusing what is not known; `$$NOW` is the time the command began. */
export function compileExpression(source: unknown, now: Date): Expression {
  if (typeof source === 'number') return () => source
  const [, field] = typeof source === 'string' ? (FIELD.exec(source) ?? []) : []
  if (field !== undefined) return (doc) => (Object.hasOwn(doc, field) ? doc[field] : undefined)
  const prepared = prepare(source, now)
  return (doc) => {
    try {
      return evalExpr(doc, prepared, OPTIONS)
    } catch (error) {
      if (error instanceof CommandError) throw error
      throw new CommandError('BadValue', error instanceof Error ? error.message : String(error))
    }
  }
}

function prepare(source: unknown, now: Date): unknown {
  if (source === '$$NOW') return now
  if (typeof source === 'string' && source.startsWith('$')) {
    if (source.split('.').slice(1).some(isArrayIndex)) throw notImplemented(`The path ${source}`)
    return source
  }
  if (Array.isArray(source)) return source.map((item) => prepare(item, now))
  if (!isDocument(source)) return source
  if ('$literal' in source) return source
  const prepared: Doc = {}
  for (const [name, operand] of Object.entries(source)) {
    if (name.startsWith('$') && !Object.hasOwn(operators, name))
      throw name in mingo
        ? notImplemented(`Expression ${name}`)
        : new CommandError('InvalidPipelineOperator', `Unrecognized expression '${name}'`)
    prepared[name] = prepare(operand, now)
  }
  return prepared
}
