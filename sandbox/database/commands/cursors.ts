import { BSON, Long } from 'bson'
import { CommandError } from '../errors.ts'
import type { Doc } from '../query/values.ts'
import { CURSOR_UNUSED_MS, FIRST_BATCH, MAX_DOCUMENT_BYTES } from '../limits.ts'

/** The documents a cursor will give, chosen when it was opened; `shape` is applied as they leave. */
type Cursor = { ns: string; docs: Doc[]; at: number; shape: (doc: Doc) => Doc; usedAt: Date }
type Opening = { ns: string; docs: Doc[]; shape?: (doc: Doc) => Doc; now: Date }
export type BatchOptions = { batchSize?: number | undefined; singleBatch?: boolean | undefined }

export class Cursors {
  private readonly open = new Map<string, Cursor>()
  private lastId = 0

  /** The reply of `find` and `aggregate`: the first batch, and an id unless that was all. */
  start({ ns, docs, shape = (doc) => doc, now }: Opening, options: BatchOptions): Doc {
    this.forgetUnused(now)
    const cursor: Cursor = { ns, docs, at: 0, shape, usedAt: now }
    const firstBatch = take(cursor, options.batchSize ?? FIRST_BATCH)
    const isDone = options.singleBatch === true || cursor.at >= docs.length
    const id = isDone ? 0 : ++this.lastId
    if (!isDone) this.open.set(String(id), cursor)
    return { cursor: { firstBatch, id: Long.fromNumber(id), ns } }
  }

  next(id: unknown, ns: string, options: { batchSize?: number | undefined; now: Date }): Doc {
    const cursor = this.open.get(String(id))
    if (cursor?.ns !== ns)
      throw new CommandError('CursorNotFound', `cursor id ${String(id)} not found`)
    cursor.usedAt = options.now
    const nextBatch = take(cursor, options.batchSize || Infinity)
    const isDone = cursor.at >= cursor.docs.length
    if (isDone) this.open.delete(String(id))
    return { cursor: { nextBatch, id: isDone ? Long.ZERO : Long.fromNumber(Number(id)), ns } }
  }

  kill(ids: unknown[]): Doc {
    const killed = ids.filter((id) => this.open.delete(String(id)))
    const unknown = ids.filter((id) => !killed.includes(id))
    return { cursorsKilled: killed, cursorsNotFound: unknown, cursorsAlive: [], cursorsUnknown: [] }
  }

  private forgetUnused(now: Date): void {
    for (const [id, cursor] of this.open)
      if (now.getTime() - cursor.usedAt.getTime() > CURSOR_UNUSED_MS) this.open.delete(id)
  }
}

/** As many as were asked for, and no more than one reply can hold. */
function take(cursor: Cursor, most: number): Doc[] {
  const batch: Doc[] = []
  for (let bytes = 0; cursor.at < cursor.docs.length && batch.length < most; cursor.at++) {
    const doc = cursor.shape(cursor.docs[cursor.at] ?? {})
    bytes += BSON.calculateObjectSize(doc)
    if (bytes > MAX_DOCUMENT_BYTES && batch.length > 0) break
    batch.push(doc)
  }
  return batch
}
