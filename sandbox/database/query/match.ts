import { BSONRegExp } from 'bson'
import { CommandError, notImplemented } from '../errors.ts'
import { compileExpression, isTruthy } from './expression.ts'
import { valuesAt } from './paths.ts'
import { typeTest } from './type-names.ts'
import { compare, type Doc, isDocument, isSame, rankOf } from './values.ts'

export type Predicate = (doc: Doc) => boolean
type Test = (values: readonly unknown[]) => boolean
type ValueTest = (value: unknown) => boolean

const LOGICAL = new Set(['$and', '$or', '$nor', '$expr', '$comment'])
const badValue = (message: string): CommandError => new CommandError('BadValue', message)

/** The query language of `find`; an operator that is not here is refused when the query is read. */
export function compileQuery(query: Doc, now: Date): Predicate {
  const predicates = Object.entries(query).map(([name, condition]) =>
    name.startsWith('$') ? logical(name, condition, now) : field(name, condition, now),
  )
  return (doc) => predicates.every((predicate) => predicate(doc))
}

function logical(name: string, operand: unknown, now: Date): Predicate {
  if (!LOGICAL.has(name)) throw unknownOperator(name, 'top level operator')
  if (name === '$comment') return () => true
  if (name === '$expr') {
    const expression = compileExpression(operand, now)
    return (doc) => isTruthy(expression(doc))
  }
  if (!Array.isArray(operand) || operand.length === 0 || !operand.every(isDocument))
    throw badValue(`${name} argument must be a nonempty array of objects`)
  const branches = operand.map((branch) => compileQuery(branch, now))
  if (name === '$and') return (doc) => branches.every((branch) => branch(doc))
  const some: Predicate = (doc) => branches.some((branch) => branch(doc))
  return name === '$or' ? some : (doc) => !some(doc)
}

function field(path: string, condition: unknown, now: Date): Predicate {
  const parts = path.split('.')
  const test = conditionTest(condition, now)
  return (doc) => test(valuesAt(doc, parts))
}

/** True for `{$gt: 1}`, false for a sub-document to be compared as a whole. */
export const isOperators = (condition: unknown): condition is Doc =>
  isDocument(condition) && (Object.keys(condition)[0]?.startsWith('$') ?? false)

function conditionTest(condition: unknown, now: Date): Test {
  if (!isOperators(condition)) return some(equalTo(condition))
  const tests = Object.entries(condition)
    .filter(([name]) => name !== '$options')
    .map(([name, operand]) => operator(name, operand, condition, now))
  return (values) => tests.every((test) => test(values))
}

/** An operator looks at the value and, in an array, at each element. */
const some =
  (test: ValueTest): Test =>
  (values) =>
    values.some((value) => test(value) || (Array.isArray(value) && value.some(test)))

function equalTo(operand: unknown): ValueTest {
  if (operand === null || operand === undefined)
    return (value) => value === null || value === undefined
  if (operand instanceof BSONRegExp) return matching(operand, '')
  return (value) => isSame(value, operand)
}

/** `$lt` and its kin compare within one type; NaN is only ever equal to NaN. */
function ordered(operand: unknown, accepts: (order: number) => boolean): ValueTest {
  const rank = rankOf(operand)
  const isExtreme = ['MinKey', 'MaxKey'].includes((operand as Doc | null)?._bsontype as string)
  return (value) => {
    if (isExtreme) return accepts(compare(value, operand))
    if (rankOf(value) !== rank) return false
    if (Number.isNaN(value) !== Number.isNaN(operand)) return false
    return accepts(compare(value, operand))
  }
}

function matching(pattern: unknown, options: unknown): ValueTest {
  const source = pattern instanceof BSONRegExp ? pattern.pattern : pattern
  const flags = options || (pattern instanceof BSONRegExp ? pattern.options : '')
  if (typeof source !== 'string' || typeof flags !== 'string')
    throw badValue('$regex has to be a string')
  if (/[^imsu]/.test(flags)) throw notImplemented(`The regular expression option in "${flags}"`)
  let expression: RegExp
  try {
    expression = new RegExp(source, flags.includes('u') ? flags : `${flags}u`)
  } catch {
    throw notImplemented(`The regular expression ${source}`)
  }
  return (value) => typeof value === 'string' && expression.test(value)
}

const listOf = (name: string, operand: unknown): unknown[] => {
  if (!Array.isArray(operand)) throw badValue(`${name} needs an array`)
  return operand
}

function operator(name: string, operand: unknown, siblings: Doc, now: Date): Test {
  switch (name) {
    case '$eq':
      return some(
        operand instanceof BSONRegExp ? (value) => isSame(value, operand) : equalTo(operand),
      )
    case '$ne':
      return not(some(equalTo(operand)))
    case '$gt':
      return some(ordered(operand, (order) => order > 0))
    case '$gte':
      return some(ordered(operand, (order) => order >= 0))
    case '$lt':
      return some(ordered(operand, (order) => order < 0))
    case '$lte':
      return some(ordered(operand, (order) => order <= 0))
    case '$in':
      return anyOf(listOf(name, operand))
    case '$nin':
      return not(anyOf(listOf(name, operand)))
    case '$not':
      if (!isOperators(operand) && !(operand instanceof BSONRegExp))
        throw badValue('$not needs a regex or a document')
      return not(conditionTest(operand, now))
    case '$regex':
      return some(matching(operand, siblings.$options))
    default:
      return structural(name, operand, now)
  }
}

function structural(name: string, operand: unknown, now: Date): Test {
  switch (name) {
    case '$exists':
      return (values) => values.some((value) => value !== undefined) === isTruthy(operand)
    case '$type':
      return some(typeTest(operand))
    case '$size':
      return (values) => values.some((value) => Array.isArray(value) && value.length === operand)
    case '$mod': {
      const [divisor, remainder] = listOf(name, operand)
      if (typeof divisor !== 'number' || typeof remainder !== 'number' || Math.trunc(divisor) === 0)
        throw badValue('malformed mod, divisor and remainder have to be numbers')
      return some((value) => typeof value === 'number' && Math.trunc(value) % divisor === remainder)
    }
    case '$all': {
      const tests = listOf(name, operand).map((item) =>
        isDocument(item) && '$elemMatch' in item ? conditionTest(item, now) : some(equalTo(item)),
      )
      return (values) => tests.length > 0 && tests.every((test) => test(values))
    }
    case '$elemMatch':
      return elementMatch(operand, now)
    default:
      throw unknownOperator(name, 'operator')
  }
}

const not =
  (test: Test): Test =>
  (values) =>
    !test(values)

/** Scalars are looked up in a set: a list of thousands costs no more than one value. */
function anyOf(operands: unknown[]): Test {
  const strings = new Set(operands.filter((operand) => typeof operand === 'string'))
  const others = operands.filter((operand) => typeof operand !== 'string').map(equalTo)
  return some(
    (value) =>
      (typeof value === 'string' && strings.has(value)) || others.some((test) => test(value)),
  )
}

function elementMatch(operand: unknown, now: Date): Test {
  if (!isDocument(operand)) throw badValue('$elemMatch needs an Object')
  const isValueTest = isOperators(operand) && !LOGICAL.has(Object.keys(operand)[0] ?? '')
  const condition = isValueTest ? conditionTest(operand, now) : compileQuery(operand, now)
  const matches: ValueTest = isValueTest
    ? (element) => (condition as Test)([element])
    : (element) => isDocument(element) && (condition as Predicate)(element)
  return (values) => values.some((value) => Array.isArray(value) && value.some(matches))
}

const LACKING = new Set([
  ...['$where', '$text', '$jsonSchema', '$near', '$nearSphere', '$geoWithin', '$geoIntersects'],
  ...[
    '$bitsAllSet',
    '$bitsAnySet',
    '$bitsAllClear',
    '$bitsAnyClear',
    '$alwaysTrue',
    '$alwaysFalse',
  ],
])

const unknownOperator = (name: string, kind: string): CommandError =>
  LACKING.has(name)
    ? notImplemented(`Query operator ${name}`)
    : badValue(`unknown ${kind}: ${name}`)
