import { BSON } from 'bson'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { Doc } from '../query/values.ts'
import type { IndexSpec } from './collection-index.ts'

/** One durable change: `ns` is "database.collection". */
export type Change =
  | { kind: 'insert' | 'replace'; ns: string; doc: Doc }
  | { kind: 'remove'; ns: string; id: unknown }
  | { kind: 'create' | 'drop'; ns: string }
  | { kind: 'createIndex'; ns: string; spec: IndexSpec }
  | { kind: 'dropIndex'; ns: string; name: string }

/** Length and CRC-32 of what follows, each 4 bytes, little endian. A file system may leave zeros after a crash. */
const HEADER_BYTES = 8
const CHUNK_BYTES = 8 * 1024 * 1024
const BSON_OPTIONS = { promoteBuffers: false, bsonRegExp: true } as const

/** Fewer records than this are not worth writing anew. */
const LEAST_TO_COMPACT = 10_000

/** What a journal keeps: it is repeated into it at the start, and can be said again in the fewest changes. */
export type Replayable = { apply(change: Change): void; snapshot(): Iterable<Change> }

/**
 * Append-only file of changes. `flushed()` resolves when all that was appended before is on the disk: writers that wait
 * at the same time share one fdatasync.
 */
export class Journal {
  private pending: Buffer[] = []
  private flushing: Promise<void> | null = null
  private appended = 0
  private durable = 0

  private constructor(private readonly file: FileHandle) {}

  /** Replays what is there, drops a torn end, writes it anew when most of it is outdated, and is ready to append. */
  static async open(
    folder: string,
    target: Replayable,
  ): Promise<{ journal: Journal; tornBytes: number }> {
    await mkdir(folder, { recursive: true })
    const path = join(folder, 'journal.bson')
    const file = await open(path, 'a+')
    const { records, goodBytes } = await replay(path, (change) => target.apply(change))
    const tornBytes = (await file.stat()).size - goodBytes
    if (tornBytes > 0) await file.truncate(goodBytes)
    const isWorthCompacting = records > LEAST_TO_COMPACT && records > 2 * countOf(target.snapshot())
    if (!isWorthCompacting) return { journal: new Journal(file), tornBytes }
    await file.close()
    return { journal: new Journal(await compact(path, target)), tornBytes }
  }

  append(change: Change): void {
    this.pending.push(frame(change))
    this.appended++
  }

  async flushed(): Promise<void> {
    const mine = this.appended
    while (this.durable < mine) {
      this.flushing ??= this.flush()
      await this.flushing
    }
  }

  async close(): Promise<void> {
    await this.flushed().finally(() => this.file.close())
  }

  /** A flush that fails stays the last one: memory is ahead of the disk, so nothing may be promised any more. */
  private async flush(): Promise<void> {
    const [batch, until] = [this.pending, this.appended]
    this.pending = []
    await this.file.appendFile(Buffer.concat(batch))
    await this.file.datasync()
    this.durable = until
    this.flushing = null
  }
}

function frame(change: Change): Buffer {
  const body = BSON.serialize(change)
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt32LE(body.length, 0)
  header.writeUInt32LE(crc32(body), 4)
  return Buffer.concat([header, body])
}

/** Stops at the first record that is not whole: a crash may leave the last batch torn. */
async function replay(
  path: string,
  apply: (change: Change) => void,
): Promise<{ records: number; goodBytes: number }> {
  let rest = Buffer.alloc(0)
  let [records, goodBytes] = [0, 0]
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    rest = Buffer.concat([rest, chunk as Buffer])
    for (let body = bodyOf(rest); body; body = bodyOf(rest)) {
      if (body.length === 0 || crc32(body) !== rest.readUInt32LE(4)) return { records, goodBytes }
      apply(BSON.deserialize(body, BSON_OPTIONS) as Change)
      rest = rest.subarray(HEADER_BYTES + body.length)
      goodBytes += HEADER_BYTES + body.length
      records++
    }
  }
  return { records, goodBytes }
}

function bodyOf(bytes: Buffer): Buffer | null {
  if (bytes.length < HEADER_BYTES) return null
  const end = HEADER_BYTES + bytes.readUInt32LE(0)
  return end <= bytes.length ? bytes.subarray(HEADER_BYTES, end) : null
}

/** A new file takes the place of the old one only when it is whole and on the disk. */
async function compact(path: string, source: Replayable): Promise<FileHandle> {
  const file = await open(`${path}.new`, 'w')
  let batch: Buffer[] = []
  for (const change of source.snapshot()) {
    if (batch.push(frame(change)) < 1_000) continue
    await file.appendFile(Buffer.concat(batch))
    batch = []
  }
  await file.appendFile(Buffer.concat(batch))
  await file.datasync()
  await rename(`${path}.new`, path)
  const folder = await open(dirname(path), 'r')
  await folder.sync().finally(() => folder.close())
  return file
}

function countOf(items: Iterable<unknown>): number {
  let count = 0
  for (const _item of items) count++
  return count
}
