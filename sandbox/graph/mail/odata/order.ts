import { GraphFault } from '../../errors.ts'
import type { Item } from '../../store/item.ts'
import type { MailboxFacts } from '../../store/message-view.ts'
import { fieldAt, folded } from './fields.ts'
import type { Filter } from './filter-parse.ts'

export type Order = { path: string; descending: boolean }

export function parseOrderBy(text: string | null): Order[] {
  if (text === null || text.trim() === '') return []
  return text.split(',').map((part) => {
    const [path = '', direction = 'asc'] = part.trim().toLowerCase().split(/\s+/)
    fieldAt(path)
    return { path, descending: direction === 'desc' }
  })
}

/** Ordered properties must be filtered first, in the same order (graph-contract 4.1). */
export function checkEfficiency(filter: Filter | undefined, orders: readonly Order[]): void {
  if (!filter || orders.length === 0) return
  const filtered = [...new Set(pathsOf(filter))]
  if (orders.every(({ path }, index) => filtered[index] === path)) return
  throw new GraphFault(
    400,
    'InefficientFilter',
    'The restriction or sort order is too complex for this operation.',
  )
}

export function comparator(
  orders: readonly Order[],
  mailbox: MailboxFacts,
): (a: Item, b: Item) => number {
  const fields = orders.map(({ path, descending }) => ({
    field: fieldAt(path),
    sign: descending ? -1 : 1,
  }))
  return (a, b) => {
    for (const { field, sign } of fields) {
      const [left = '', right = ''] = [field.read(a, mailbox), field.read(b, mailbox)].map(folded)
      if (left !== right) return left < right ? -sign : sign
    }
    return b.immutable - a.immutable
  }
}

function pathsOf(filter: Filter): string[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return [...pathsOf(filter.left), ...pathsOf(filter.right)]
    case 'not':
      return pathsOf(filter.of)
    case 'compare':
    case 'match':
    case 'any':
      return [filter.path]
  }
}
