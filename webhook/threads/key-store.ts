import type { Connection } from 'mongoose'
import { threadKeyModel, type ThreadKey } from '../../models/threads/thread-key.ts'
import { insertNew } from '../store/duplicate.ts'

export type NewKey = Pick<ThreadKey, '_id' | 'into'>

/**
 * Which thread a key belongs to: trees of keys, each under one that was there before it. There is never a circle: what was
 * made as a root goes under a lesser root only, and everything else goes under a lesser key or under one made as a root.
 */
export class ThreadKeyStore {
  private readonly keys

  constructor(db: Connection) {
    this.keys = threadKeyModel(db)
  }

  /** The thread of each of these keys, as far as they are known: a read, and one more for each step of the longest way. */
  async threadsOf(workspaceId: string, ids: Iterable<string>): Promise<Map<string, string>> {
    const asked = [...new Set(ids)]
    const above = new Map<string, string | null>()
    for (let unread = asked; unread.length > 0;) {
      const found = await this.keys
        .find({ _id: { $in: unread } })
        .select({ workspaceId: 1, into: 1 })
        .batchSize(unread.length) // all of them in one answer
        .lean()
      const own = found.filter((key) => key.workspaceId === workspaceId)
      for (const { _id, into } of own) above.set(_id, into)
      const next = own.flatMap(({ into }) => (into === null || above.has(into) ? [] : [into]))
      unread = [...new Set(next)]
    }
    await this.shorten(above)
    return new Map(asked.filter((id) => above.has(id)).map((id) => [id, rootOf(id, above)]))
  }

  async threadOf(workspaceId: string, id: string): Promise<string | null> {
    return (await this.threadsOf(workspaceId, [id])).get(id) ?? null
  }

  /** False when some were there already: then they may be of another thread. */
  async add(workspaceId: string, keys: NewKey[]): Promise<boolean> {
    let metOthers = false
    // Roots first, so that no key is ever under one that is not there.
    for (const isRoot of [true, false]) {
      const some = keys.filter(({ into }) => (into === null) === isRoot)
      const there = await insertNew(
        this.keys,
        some.map((key) => ({ ...key, workspaceId })),
      )
      metOthers ||= there.size > 0
    }
    return !metOthers
  }

  /** Puts a root under a lesser one. False when it was none any more. */
  async join(root: string, into: string): Promise<boolean> {
    const { modifiedCount } = await this.keys.updateOne(
      { _id: root, into: null },
      { $set: { into } },
    )
    return modifiedCount === 1
  }

  /** Threads that were joined in a row make long ways; whoever has walked one leaves a short one. */
  private async shorten(above: ReadonlyMap<string, string | null>): Promise<void> {
    const long = [...above].flatMap(([_id, into]) => {
      if (into === null) return []
      const root = rootOf(into, above)
      return root === into ? [] : [{ _id, into, root }]
    })
    if (long.length === 0) return
    await this.keys.bulkWrite(
      long.map(({ _id, into, root }) => ({
        updateOne: { filter: { _id, into }, update: { $set: { into: root } } },
      })),
      { ordered: false, throwOnValidationError: true },
    )
  }
}

function rootOf(id: string, above: ReadonlyMap<string, string | null>): string {
  let root = id
  for (let next = above.get(root) ?? null; next !== null; next = above.get(root) ?? null)
    root = next
  return root
}
