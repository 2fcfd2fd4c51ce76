import { ObjectId } from 'bson'
import { CommandError } from '../errors.ts'
import { compileQuery } from '../query/match.ts'
import { type SortSpec, sortBy } from '../query/sort.ts'
import type { Doc } from '../query/values.ts'
import { CollectionIndex, type IndexSpec, type StoredDoc } from './collection-index.ts'
import { duplicateKey } from './duplicate-key.ts'
import { choosePlan, type Plan } from './plan.ts'

export type Selection = { filter: Doc; now: Date; sort?: SortSpec; skip?: number; limit?: number }
/** Counts the work done, so that a test can tell an index from a walk without a watch. */
export type WorkCount = { documentsExamined: number }

/** The documents of one collection and their indexes, always in step. */
export class Collection {
  readonly indexes = new Map<string, CollectionIndex>()
  private readonly stored = new Set<StoredDoc>()
  private nextOrder = 0

  constructor(
    readonly name: string,
    private readonly work: WorkCount,
  ) {
    this.createIndex({ name: '_id_', key: { _id: 1 }, unique: true })
  }

  get size(): number {
    return this.stored.size
  }

  /** In the order of insertion. */
  *documents(): Generator<Doc> {
    for (const { doc } of this.stored) yield doc
  }

  /** Adds the document, `_id` first, or throws 11000 and adds nothing. */
  insert(given: Doc): Doc {
    const { _id = new ObjectId(), ...rest } = given
    const doc = Object.keys(given)[0] === '_id' ? given : { _id, ...rest }
    refuseOddId(doc._id)
    const stored: StoredDoc = { order: this.nextOrder++, doc }
    const changes = this.keysFor(doc)
    for (const { index, keys } of changes) index.add(stored, keys)
    this.stored.add(stored)
    return doc
  }

  /** Puts the new document in the place of the old one, or throws 11000 and changes nothing. */
  replace(stored: StoredDoc, doc: Doc): void {
    const changes = this.keysFor(doc, stored)
    for (const { index, keys } of changes) {
      const old = index.keysOf(stored.doc)
      if (old.length === keys.length && old.every((key, at) => key === keys[at])) continue
      index.remove(stored, old)
      index.add(stored, keys)
    }
    stored.doc = doc
  }

  remove(stored: StoredDoc): void {
    for (const index of this.indexes.values()) index.remove(stored, index.keysOf(stored.doc))
    this.stored.delete(stored)
  }

  /** What matches, in the wanted order; no more than `limit` is looked at where an index gives the order. */
  select({ filter, now, sort = [], skip = 0, limit = 0 }: Selection): StoredDoc[] {
    const matches = compileQuery(filter, now)
    const plan = choosePlan(this.indexes.values(), filter, sort)
    const isOrdered = sort.length === 0 || plan?.order !== undefined
    const enough = isOrdered && limit > 0 ? skip + limit : Infinity
    const found: StoredDoc[] = []
    for (const stored of plan ? candidates(plan) : this.stored) {
      this.work.documentsExamined++
      if (!matches(stored.doc)) continue
      found.push(stored)
      if (found.length >= enough) break
    }
    const ordered = isOrdered ? found : sortBy(found, sort, ({ doc }) => doc)
    return ordered.slice(skip, limit > 0 ? skip + limit : undefined)
  }

  /** Builds the index over what is there; throws 11000 when a unique one cannot be. */
  createIndex(spec: IndexSpec): void {
    const index = new CollectionIndex(spec)
    for (const stored of this.stored) {
      const keys = index.keysOf(stored.doc)
      if (index.findDuplicate(keys)) throw duplicateKey(this.name, index, stored.doc, keys)
      index.add(stored, keys)
    }
    this.indexes.set(spec.name, index)
  }

  /** The keys of a document in every index, once it is sure that no unique one stands against it. */
  private keysFor(doc: Doc, self?: StoredDoc): { index: CollectionIndex; keys: string[] }[] {
    return [...this.indexes.values()].map((index) => {
      const keys = index.keysOf(doc)
      if (index.findDuplicate(keys, self)) throw duplicateKey(this.name, index, doc, keys)
      return { index, keys }
    })
  }
}

function* candidates({ index, ranges, order }: Plan): Generator<StoredDoc> {
  // In a multikey index one document comes once for each of its elements.
  const seen = index.multikeyPaths.size > 0 ? new Set<StoredDoc>() : null
  for (const { from, to } of ranges) {
    const entries =
      order === 'backwards' ? index.entries.rangeBackwards(from, to) : index.entries.range(from, to)
    for (const { item } of entries) {
      if (seen?.has(item)) continue
      seen?.add(item)
      yield item
    }
  }
}

function refuseOddId(id: unknown): void {
  if (Array.isArray(id))
    throw new CommandError('InvalidIdField', "The '_id' value cannot be of type array")
  if (typeof id === 'object' && id !== null && '_bsontype' in id && id._bsontype === 'BSONRegExp')
    throw new CommandError('InvalidIdField', "The '_id' value cannot be of type regex")
}
