import type { Message } from '@microsoft/microsoft-graph-types'
import {
  parseFilter,
  type Comparison,
  type Filter,
  type Literal,
  type TextMatch,
} from '../../mail/odata/filter-parse.ts'

/** Whether a message, as Graph shows it, satisfies a `$filter`; the mail store's own filters test items instead. */
export const matchesFilter = (message: Message, filter: string): boolean =>
  holds(parseFilter(filter), { '': message })

/** What a path may begin with: the message itself under no name, and the variables of `any`. */
type Scope = Readonly<Record<string, unknown>>

function holds(filter: Filter, scope: Scope): boolean {
  switch (filter.kind) {
    case 'and':
      return holds(filter.left, scope) && holds(filter.right, scope)
    case 'or':
      return holds(filter.left, scope) || holds(filter.right, scope)
    case 'not':
      return !holds(filter.of, scope)
    case 'compare':
      return compares(filter.operator, valueAt(filter.path, scope), filter.value)
    case 'match':
      return TEXT_TESTS[filter.operator](
        folded(valueAt(filter.path, scope)),
        folded(filter.value.text),
      )
    case 'any': {
      const list = valueAt(filter.path, scope)
      return (
        Array.isArray(list) &&
        list.some((item: unknown) => holds(filter.of, { ...scope, [filter.variable]: item }))
      )
    }
  }
}

/** Steps from property to property, in any case: paths come in lower case. */
function valueAt(path: string, scope: Scope): unknown {
  const [first = '', ...rest] = path.split('/')
  const isVariable = first in scope
  const steps = isVariable ? rest : [first, ...rest]
  return steps.reduce<unknown>(propertyOf, scope[isVariable ? first : ''])
}

function propertyOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value as Record<string, unknown>).find(
    ([candidate]) => candidate.toLowerCase() === name,
  )?.[1]
}

function compares(operator: Comparison, value: unknown, { kind, text }: Literal): boolean {
  const isTime = kind === 'bare' && !Number.isNaN(Date.parse(text)) && typeof value === 'string'
  const [left, right] = isTime
    ? [Date.parse(value), Date.parse(text)]
    : [folded(value), folded(text)]
  switch (operator) {
    case 'eq':
      return left === right
    case 'ne':
      return left !== right
    case 'gt':
      return left > right
    case 'ge':
      return left >= right
    case 'lt':
      return left < right
    case 'le':
      return left <= right
  }
}

const TEXT_TESTS: Record<TextMatch, (value: string, wanted: string) => boolean> = {
  contains: (value, wanted) => value.includes(wanted),
  startswith: (value, wanted) => value.startsWith(wanted),
  endswith: (value, wanted) => value.endsWith(wanted),
}

/** Text, booleans and numbers as text without regard to case; what is absent is empty. */
const folded = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number'
    ? String(value).toLowerCase()
    : ''
