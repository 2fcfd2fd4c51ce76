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

/** What a journal does to its file once it is open. */
export type JournalFile = Pick<FileHandle, 'appendFile' | 'datasync' | 'truncate' | 'close'>
/** Stands between a journal and its file: a test makes the disk fail there. */
export type Disk = (file: JournalFile) => JournalFile

/** What a journal keeps: it is repeated into it at the start, and can be said again in the fewest changes. */
export type Replayable = { apply(change: Change): void; snapshot(): Iterable<Change> }

/**
 * Append-only file of changes. `flushed()` resolves when all that was appended before is on the disk: writers that wait
 * at the same time share one fdatasync.
 *
 * What cannot be written stays pending, and goes first when somebody waits again.
 */
export class Journal {
  private pending: Buffer[] = []
  private flushing: Promise<void> | null = null
  private appended = 0
  private durable = 0
  /** Memory is ahead of the disk, which failed: nothing more is to be changed before `flushed()` resolves. */
  isBehind = false

  /** `goodBytes`: whole records on the disk, which nothing undoes. */
  private constructor(
    private readonly file: JournalFile,
    private goodBytes: number,
  ) {}

  /** Replays what is there, drops a torn end, writes it anew when most of it is outdated, and is ready to append. */
  static async open(
    folder: string,
    target: Replayable,
    disk: Disk = (file) => file,
  ): Promise<{ journal: Journal; tornBytes: number }> {
    await mkdir(folder, { recursive: true })
    const path = join(folder, 'journal.bson')
    const file = await open(path, 'a+')
    const { records, goodBytes } = await replay(path, (change) => target.apply(change))
    const tornBytes = (await file.stat()).size - goodBytes
    if (tornBytes > 0) await file.truncate(goodBytes)
    const isWorthCompacting = records > LEAST_TO_COMPACT && records > 2 * countOf(target.snapshot())
    if (!isWorthCompacting) return { journal: new Journal(disk(file), goodBytes), tornBytes }
    await file.close()
    const compacted = await compact(path, target)
    return { journal: new Journal(disk(compacted), (await compacted.stat()).size), tornBytes }
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

  /** After a failure nobody knows what of it the disk has (fsync(2), EIO), so it is cut off and written anew. */
  private async flush(): Promise<void> {
    const { length } = this.pending
    const [batch, until] = [Buffer.concat(this.pending), this.appended]
    try {
      if (this.isBehind) await this.file.truncate(this.goodBytes)
      await this.file.appendFile(batch)
      await this.file.datasync()
      this.pending.splice(0, length)
      this.goodBytes += batch.length
      this.durable = until
      this.isBehind = false
    } catch (error) {
      this.isBehind = true
      throw error
    } finally {
      this.flushing = null
    }
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
  await file.close()
  return open(path, 'a')
}

function countOf(items: Iterable<unknown>): number {
  let count = 0
  for (const _item of items) count++
  return count
}
