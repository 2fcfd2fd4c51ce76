import { BSON } from 'bson'
import { CommandError } from '../errors.ts'
import type { Doc } from '../query/values.ts'
import { MAX_DOCUMENT_BYTES } from '../limits.ts'
import { Collection, type WorkCount } from './collection.ts'
import type { IndexSpec, StoredDoc } from './collection-index.ts'
import type { Change } from './journal.ts'

/** Every collection by its namespace. Each change goes through here, so that the journal misses none. */
export class Store {
  readonly collections = new Map<string, Collection>()
  readonly work: WorkCount = { documentsExamined: 0 }

  /** What a question about a collection that does not exist is put to. */
  readonly nothing = new Collection('', this.work)
  private record: (change: Change) => void = () => undefined

  /** From now on `record` is told of each change that has been made. */
  recordTo(record: (change: Change) => void): void {
    this.record = record
  }

  find(ns: string): Collection | undefined {
    return this.collections.get(ns)
  }

  /** A collection comes into being with its first document or index, as in MongoDB. */
  ensure(ns: string): Collection {
    const existing = this.collections.get(ns)
    if (existing) return existing
    refuseOddName(ns)
    const made = new Collection(ns, this.work)
    this.collections.set(ns, made)
    this.record({ kind: 'create', ns })
    return made
  }

  drop(ns: string): boolean {
    const existed = this.collections.delete(ns)
    if (existed) this.record({ kind: 'drop', ns })
    return existed
  }

  insert(ns: string, given: Doc): Doc {
    refuseTooLarge(given)
    const doc = this.ensure(ns).insert(given)
    this.record({ kind: 'insert', ns, doc })
    return doc
  }

  replace(ns: string, stored: StoredDoc, doc: Doc): void {
    refuseTooLarge(doc)
    this.ensure(ns).replace(stored, doc)
    this.record({ kind: 'replace', ns, doc })
  }

  remove(ns: string, stored: StoredDoc): void {
    this.ensure(ns).remove(stored)
    this.record({ kind: 'remove', ns, id: stored.doc._id })
  }

  createIndex(ns: string, spec: IndexSpec): void {
    this.ensure(ns).createIndex(spec)
    this.record({ kind: 'createIndex', ns, spec })
  }

  dropIndex(ns: string, name: string): void {
    this.ensure(ns).indexes.delete(name)
    this.record({ kind: 'dropIndex', ns, name })
  }

  /** Repeats a change read from the journal. */
  apply(change: Change): void {
    const collection = this.ensure(change.ns)
    switch (change.kind) {
      case 'create':
        return
      case 'drop':
        this.collections.delete(change.ns)
        return
      case 'insert':
        collection.insert(change.doc)
        return
      case 'replace':
        collection.replace(byId(collection, change.doc._id), change.doc)
        return
      case 'remove':
        collection.remove(byId(collection, change.id))
        return
      case 'createIndex':
        collection.createIndex(change.spec)
        return
      case 'dropIndex':
        collection.indexes.delete(change.name)
    }
  }

  /** The fewest changes that lead to what there is now. */
  *snapshot(): Generator<Change> {
    for (const [ns, collection] of this.collections) {
      yield { kind: 'create', ns }
      for (const { spec } of collection.indexes.values())
        if (spec.name !== '_id_') yield { kind: 'createIndex', ns, spec }
      for (const doc of collection.documents()) yield { kind: 'insert', ns, doc }
    }
  }
}

function byId(collection: Collection, id: unknown): StoredDoc {
  const [stored] = collection.select({ filter: { _id: { $eq: id } }, now: new Date(0), limit: 1 })
  if (!stored) throw new Error(`The journal changes a document that is not there: ${String(id)}`)
  return stored
}

function refuseTooLarge(doc: Doc): void {
  const bytes = BSON.calculateObjectSize(doc)
  if (bytes > MAX_DOCUMENT_BYTES)
    throw new CommandError(
      'BSONObjectTooLarge',
      `object to insert too large. size in bytes: ${bytes}, max size: ${MAX_DOCUMENT_BYTES}`,
    )
}

function refuseOddName(ns: string): void {
  const name = ns.slice(ns.indexOf('.') + 1)
  if (name === '' || name.includes('$') || name.includes('\0') || name.startsWith('system.'))
    throw new CommandError('InvalidNamespace', `Invalid namespace specified '${ns}'`)
}
