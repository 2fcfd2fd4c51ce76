import { CommandError, notImplemented } from '../errors.ts'
import { valuesAt } from '../query/paths.ts'
import { type Doc, EMPTY_ARRAY_KEY, encode, invert } from '../query/values.ts'
import { type Ranked, SortedList } from './sorted-list.ts'

/** A stored document; `doc` is exchanged as a whole, never changed in place. */
export type StoredDoc = Ranked & { doc: Doc }
export type IndexSpec = { name: string; key: Record<string, 1 | -1>; unique: boolean }

type Field = { path: string; parts: string[]; direction: 1 | -1 }

/** One index: the keys of every document in order. Missing is null, an array gives one key for each element. */
export class CollectionIndex {
  readonly fields: Field[]
  readonly entries = new SortedList<StoredDoc>()
  /** The paths at which any document held several values: two bounds there may be met by two different elements. */
  readonly multikeyPaths = new Set<string>()

  constructor(readonly spec: IndexSpec) {
    this.fields = Object.entries(spec.key).map(([path, direction]) => ({
      path,
      parts: path.split('.'),
      direction,
    }))
  }

  /** Without doubles: one document may hold a value twice, even in a unique index. */
  keysOf(doc: Doc): string[] {
    let keys = ['']
    let arrayPath: string | undefined
    for (const { path, parts, direction } of this.fields) {
      const values = keysAt(doc, parts)
      if (values.length > 1) {
        refuseSecondArray(arrayPath, path)
        arrayPath = path
        this.multikeyPaths.add(path)
      }
      const encoded = direction === 1 ? values : values.map(invert)
      keys = keys.flatMap((key) => encoded.map((value) => key + value))
    }
    return keys.length > 1 ? [...new Set(keys)] : keys
  }

  /** The document other than `self` that already holds one of the keys, if the index is unique. */
  findDuplicate(keys: string[], self?: StoredDoc): StoredDoc | undefined {
    if (!this.spec.unique) return undefined
    for (const key of keys) {
      const holder = this.entries.first(key)
      if (holder && holder !== self) return holder
    }
    return undefined
  }

  add(stored: StoredDoc, keys: string[]): void {
    for (const key of keys) this.entries.add(key, stored)
  }

  remove(stored: StoredDoc, keys: string[]): void {
    for (const key of keys) this.entries.remove(key, stored)
  }
}

function keysAt(doc: Doc, parts: string[]): string[] {
  const values = valuesAt(doc, parts)
  const keys = values.flatMap((value) => {
    if (!Array.isArray(value)) return [encode(value)]
    return value.length === 0 ? [EMPTY_ARRAY_KEY] : value.map(encode)
  })
  return keys.length === 0 ? [EMPTY_ARRAY_KEY] : keys
}

function refuseSecondArray(first: string | undefined, second: string): void {
  if (first === undefined) return
  if (first.split('.')[0] === second.split('.')[0])
    throw notImplemented(`A compound index over two paths inside one array (${first}, ${second})`)
  throw new CommandError(
    'CannotIndexParallelArrays',
    `cannot index parallel arrays [${second}] [${first}]`,
  )
}
