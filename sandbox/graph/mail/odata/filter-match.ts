import type { Item } from '../../store/item.ts'
import type { MailboxFacts } from '../../store/message-view.ts'
import { extendedKey } from '../message/extended-properties.ts'
import { fieldAt, folded, type Field, type FieldValue } from './fields.ts'
import { invalidFilter } from './filter-lex.ts'
import type { Comparison, Filter, Literal, TextMatch } from './filter-parse.ts'

/** A filter made ready: all that can be wrong with it was found before the first message. */
export type Predicate = {
  test: (item: Item) => boolean
  /** Whether messages must have been read inside before they are tested. */
  inside: boolean
}

export function compileFilter(filter: Filter, mailbox: MailboxFacts): Predicate {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const [left, right] = [
        compileFilter(filter.left, mailbox),
        compileFilter(filter.right, mailbox),
      ]
      const test =
        filter.kind === 'and'
          ? (item: Item) => left.test(item) && right.test(item)
          : (item: Item) => left.test(item) || right.test(item)
      return { test, inside: left.inside || right.inside }
    }
    case 'not': {
      const { test, inside } = compileFilter(filter.of, mailbox)
      return { test: (item) => !test(item), inside }
    }
    case 'compare':
    case 'match': {
      const field = fieldAt(filter.path)
      const holds = valueTest(field.type, filter)
      return { test: (item) => holds(field.read(item, mailbox)), inside: field.inside ?? false }
    }
    case 'any':
      return { test: anyTest(filter), inside: false }
  }
}

type Clause = Extract<Filter, { kind: 'compare' | 'match' }>

function valueTest(type: Field['type'], clause: Clause): (value: FieldValue) => boolean {
  const wanted = valueOf(type, clause.value)
  if (clause.kind === 'compare')
    return (value) => compares(clause.operator, folded(value), folded(wanted))
  if (type !== 'text') throw invalidFilter(`${clause.operator} needs a text property.`)
  return (value) => matches(clause.operator, String(folded(value)), String(folded(wanted)))
}

function valueOf(type: Field['type'], { kind, text }: Literal): FieldValue {
  if (type === 'text' && kind === 'string') return text
  if (type === 'date' && !Number.isNaN(Date.parse(text))) return Date.parse(text)
  if (type === 'boolean' && kind === 'bare' && /^(true|false)$/i.test(text))
    return text.toLowerCase() === 'true'
  throw invalidFilter(`'${text}' is not a ${type} value.`)
}

function compares(operator: Comparison, value: FieldValue, wanted: FieldValue): boolean {
  switch (operator) {
    case 'eq':
      return value === wanted
    case 'ne':
      return value !== wanted
    case 'gt':
      return value > wanted
    case 'ge':
      return value >= wanted
    case 'lt':
      return value < wanted
    case 'le':
      return value <= wanted
  }
}

const TEXT_TESTS: Record<TextMatch, (value: string, wanted: string) => boolean> = {
  contains: (value, wanted) => value.includes(wanted),
  startswith: (value, wanted) => value.startsWith(wanted),
  endswith: (value, wanted) => value.endsWith(wanted),
}
const matches = (operator: TextMatch, value: string, wanted: string) =>
  TEXT_TESTS[operator](value, wanted)

/** `categories/any(c:…)`, and `singleValueExtendedProperties/any(ep: ep/id eq '…' and ep/value …)` (graph-contract 4.4). */
function anyTest({
  path,
  variable,
  of,
}: Extract<Filter, { kind: 'any' }>): (item: Item) => boolean {
  if (path === 'categories') {
    const holds = clauseTest(of, variable)
    return ({ categories }) => categories.some(holds)
  }
  if (path !== 'singlevalueextendedproperties' || of.kind !== 'and') {
    throw invalidFilter(`'${path}/any' is not supported like this.`)
  }
  const { left, right } = of
  if (left.kind !== 'compare' || left.operator !== 'eq' || left.path !== `${variable}/id`) {
    throw invalidFilter('an extended property is named by its id.')
  }
  const key = extendedKey(left.value.text)
  const holds = clauseTest(right, `${variable}/value`)
  return ({ extended }) => {
    const property = extended?.get(key)
    return property !== undefined && holds(property.value)
  }
}

function clauseTest(clause: Filter, path: string): (value: FieldValue) => boolean {
  if ((clause.kind !== 'compare' && clause.kind !== 'match') || clause.path !== path) {
    throw invalidFilter(`a condition on '${path}' is expected.`)
  }
  return valueTest('text', clause)
}
