import { CommandError, notImplemented } from '../errors.ts'
import { valuesAt } from './paths.ts'
import { type Doc, encode, invert } from './values.ts'

export type SortSpec = [path: string, direction: 1 | -1][]

export function parseSort(sort: Doc): SortSpec {
  return Object.entries(sort).map(([path, direction]) => {
    if (direction !== 1 && direction !== -1) {
      if (typeof direction === 'object') throw notImplemented('Sorting by $meta')
      throw new CommandError('BadValue', '$sort key ordering must be 1 or -1')
    }
    return [path, direction]
  })
}

/** Stable. An array sorts by its least element, descending by its greatest; a missing field as null. */
export function sortBy<T>(items: T[], spec: SortSpec, docOf: (item: T) => Doc): T[] {
  const fields = spec.map(([path, direction]) => ({ parts: path.split('.'), direction }))
  const keyOf = (doc: Doc): string =>
    fields
      .map(({ parts, direction }) => {
        const keys = valuesAt(doc, parts)
          .flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]))
          .map(encode)
        if (keys.length === 0) keys.push(encode(null))
        const key = keys.reduce((best, next) => (next < best === (direction === 1) ? next : best))
        return direction === 1 ? key : invert(key)
      })
      .join('')
  return items
    .map((item) => ({ item, key: keyOf(docOf(item)) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item)
}
