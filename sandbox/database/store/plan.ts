import { BSONRegExp } from 'bson'
import { isOperators } from '../query/match.ts'
import type { SortSpec } from '../query/sort.ts'
import { type Doc, encode, invert, isDocument, TOP } from '../query/values.ts'
import type { CollectionIndex } from './collection-index.ts'

/** What a filter surely demands of one path: one of the keys `equals`, or keys from `low` up to, not with, `high`. */
type Demand = { equals?: string[]; low?: string; high?: string }
type Demands = Map<string, Demand>
type Range = { from: string; to: string }
export type Plan = {
  index: CollectionIndex
  ranges: Range[]
  /** Set when the entries come in the wanted order already. */
  order?: 'forwards' | 'backwards'
}

/** A compound `$in` is multiplied out up to here; beyond, the index is used up to the field before. */
const MOST_RANGES = 10_000

/**
 * The index that narrows a filter most, or null for a walk through everything; of those alike by their shape the one that
 * offers fewer documents. A plan may offer too many, never too few: the filter is asked about each of them again.
 */
export function choosePlan(
  indexes: Iterable<CollectionIndex>,
  filter: Doc,
  sort: SortSpec,
): Plan | null {
  const demands = demandsOf(filter)
  const [sortedFirst] = sort[0] ?? []
  const plans = [...indexes]
    .filter(
      ({ fields: [first] }) => first && (demands.has(first.path) || first.path === sortedFirst),
    )
    .map((index) => planFor(index, demands, sort))
    .filter(({ score }) => score > 0)
  const highest = Math.max(...plans.map(({ score }) => score))
  const [first, ...others] = plans.filter(({ score }) => score === highest)
  if (!first || others.length === 0) return first?.plan ?? null
  return [first, ...others]
    .map(({ plan }) => ({ plan, count: offered(plan) }))
    .reduce((best, other) => (other.count < best.count ? other : best)).plan
}

const offered = ({ index, ranges }: Plan): number =>
  ranges.reduce((sum, { from, to }) => sum + index.entries.count(from, to), 0)

function demandsOf(filter: Doc, demands: Demands = new Map<string, Demand>()): Demands {
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and') for (const part of documentsIn(condition)) demandsOf(part, demands)
    else if (path === '$or')
      addCommon(
        demands,
        documentsIn(condition).map((part) => demandsOf(part)),
      )
    else if (!path.startsWith('$')) {
      const demand = demands.get(path) ?? {}
      demands.set(path, demand)
      const operators = isOperators(condition) ? condition : { $eq: condition }
      for (const [name, operand] of Object.entries(operators)) narrow(demand, name, operand)
    }
  }
  return demands
}

const documentsIn = (value: unknown): Doc[] =>
  Array.isArray(value) ? value.filter(isDocument) : []

/** What every branch of an `$or` demands: the way a list is paged, "earlier, or as early with a smaller id". */
function addCommon(demands: Demands, branches: Demands[]): void {
  for (const path of branches[0]?.keys() ?? []) {
    const lows = branches.map((branch) => lowOf(branch.get(path)))
    const highs = branches.map((branch) => highOf(branch.get(path)))
    if (!lows.every((key) => key !== undefined) || !highs.every((key) => key !== undefined))
      continue
    const demand = demands.get(path) ?? {}
    demand.low ??= lows.reduce((least, key) => (key < least ? key : least))
    demand.high ??= highs.reduce((most, key) => (key > most ? key : most))
    demands.set(path, demand)
  }
}

const lowOf = (demand: Demand | undefined): string | undefined =>
  demand?.equals ? demand.equals[0] : (demand?.low ?? demand?.high?.charAt(0))

function highOf(demand: Demand | undefined): string | undefined {
  const last = demand?.equals?.at(-1)
  if (last !== undefined) return last + TOP
  return demand?.high ?? (demand?.low && demand.low.charAt(0) + TOP)
}

/** An array is indexed by its elements and a pattern by nothing: neither can be looked up. */
function canLookUp(value: unknown): boolean {
  const isExtreme = ['MinKey', 'MaxKey'].includes(
    String((value as Doc | null | undefined)?._bsontype),
  )
  return !Array.isArray(value) && !(value instanceof BSONRegExp) && !isExtreme
}

function narrow(demand: Demand, operator: string, operand: unknown): void {
  const values = operator === '$in' && Array.isArray(operand) ? operand : [operand]
  if (!values.every(canLookUp)) return
  const keys = [...new Set(values.map(encode))].sort()
  const [key = ''] = keys
  if (operator === '$eq' || operator === '$in') demand.equals ??= keys
  else if (operator === '$gt') demand.low ??= key + TOP
  else if (operator === '$gte') demand.low ??= key
  else if (operator === '$lt') demand.high ??= key
  else if (operator === '$lte') demand.high ??= key + TOP
}

function planFor(
  index: CollectionIndex,
  demands: Demands,
  sort: SortSpec,
): { plan: Plan; score: number } {
  let prefixes = ['']
  let used = 0
  for (const { path, direction } of index.fields) {
    const equals = demands.get(path)?.equals
    if (!equals || prefixes.length * equals.length > MOST_RANGES) break
    const keys = direction === 1 ? equals : equals.map(invert)
    prefixes = prefixes.flatMap((prefix) => keys.map((key) => prefix + key))
    used++
  }
  const next = index.fields[used]
  const demand = next && demands.get(next.path)
  const bounds =
    next && demand && boundsOf(demand, next.direction, index.multikeyPaths.has(next.path))
  const ranges = prefixes.sort().map((prefix) => ({
    from: prefix + (bounds?.from ?? ''),
    to: prefix + (bounds?.to ?? TOP),
  }))
  const order = ranges.length === 1 ? orderOf({ index, used }, sort) : undefined
  const score = used * 4 + (bounds ? 1 : 0) + (order ? 2 : 0)
  return { plan: { index, ranges, ...(order && { order }) }, score }
}

/** Comparisons stay within one type, so a bound alone reaches to that type's end. */
function boundsOf(demand: Demand, direction: 1 | -1, isMultikey: boolean): Range | undefined {
  const { low, high } = demand
  if (low === undefined && high === undefined) return undefined
  // Two elements of an array may each meet one bound, so only one of the two may be trusted.
  const isOpen = isMultikey && low !== undefined && high !== undefined
  const [from, to] = [lowOf(demand) ?? '', isOpen ? TOP : (highOf(demand) ?? TOP)]
  return direction === 1 ? { from, to } : { from: invertBound(to), to: invertBound(from) }
}

/** Upside down, "up to and with" becomes "from" and "from" becomes "up to and with". */
const invertBound = (bound: string): string =>
  bound.endsWith(TOP) ? invert(bound.slice(0, -TOP.length)) : invert(bound) + TOP

/**
 * A sort is free when its fields, but for those that are fixed, follow the used ones in the index. Below one value of an
 * array each document comes once, so only arrays among what is sorted by, or not yet fixed, stand against it.
 */
function orderOf(
  { index, used }: { index: CollectionIndex; used: number },
  sort: SortSpec,
): 'forwards' | 'backwards' | undefined {
  const fixed = index.fields.slice(0, used).map(({ path }) => path)
  const sorted = sort.map(([path]) => path)
  const open = sort.filter(([path]) => !fixed.includes(path))
  const arrays = [...index.multikeyPaths].filter(
    (path) => sorted.includes(path) || !fixed.includes(path),
  )
  if (sort.length === 0 || arrays.length > 0) return undefined
  const signs = open.map(([path, direction], at) => {
    const field = index.fields[used + at]
    return field?.path === path ? field.direction * direction : 0
  })
  if (signs.every((sign) => sign === 1)) return 'forwards'
  return signs.every((sign) => sign === -1) ? 'backwards' : undefined
}
