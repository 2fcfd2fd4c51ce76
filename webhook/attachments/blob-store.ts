import { createHash, randomUUID } from 'node:crypto'
import { pipeline, type Readable } from 'node:stream'
import { pipeline as through } from 'node:stream/promises'
import type { Connection } from 'mongoose'
import {
  blobChunkModel,
  blobDoubtModel,
  blobFileModel,
  type BlobDoubt,
  type BlobFile,
} from '../../models/attachments/blob.ts'
import type { Clock } from '../clock.ts'
import { noCrash, type CrashHook } from '../crash-points.ts'
import { HOUR } from '../duration.ts'
import { AppError } from '../errors.ts'
import type { Vault } from '../keys/vault.ts'
import type { WorkspaceKeys } from '../keys/workspace-keys.ts'
import { createOnce, insertNew } from '../store/duplicate.ts'
import { inPieces } from './in-pieces.ts'

export type BlobStoreParts = { db: Connection; clock: Clock; vault: Vault; crash?: CrashHook }

/** `bytes` as they came. */
export type Kept = { blobId: string; size: number }

/** GridFS's own measure: 255 KiB. */
const CHUNK_BYTES = 255 * 1_024
/** Chunks read at once. */
const READ_AHEAD = 4
/** Longer than any upload may take (MAX_STREAM_MS), by far. */
const DOUBTED_AFTER_MS = 2 * HOUR
/** Who came to have a blob writes down that they have it within this. */
const IN_USE_MS = HOUR

/** It took so long that somebody may have swept it away in the middle. */
export class BlobTooSlowError extends AppError {
  readonly code = 'blob-too-slow'
  readonly retry = 'later'
}

/**
 * Bytes of any length, sealed, the same ones once in a workspace, laid out as GridFS does. Written here and not by the
 * driver's bucket, because the file's record must come last and hold the digest, which is known at the end alone: it makes
 * the blob visible, and of two who keep the same bytes the unique index lets one.
 */
export class BlobStore {
  private readonly files
  private readonly chunks
  private readonly doubts

  constructor(private readonly parts: BlobStoreParts) {
    this.files = blobFileModel(parts.db)
    this.chunks = blobChunkModel(parts.db)
    this.doubts = blobDoubtModel(parts.db)
  }

  /** Keeps the bytes, or finds that they are kept. What the source throws is thrown, and nothing is there then. */
  async keep(workspaceId: string, source: AsyncIterable<Uint8Array>): Promise<Kept> {
    const { vault, crash = noCrash } = this.parts
    const startedAt = this.now()
    const keys = await vault.of(workspaceId)
    const blobId = randomUUID()
    await this.doubts.create({ _id: blobId, dueAt: after(startedAt, DOUBTED_AFTER_MS) })
    const { measured, ...written } = await this.write(keys, blobId, source)
    if (this.now() > after(startedAt, DOUBTED_AFTER_MS - IN_USE_MS))
      throw new BlobTooSlowError('The bytes came too slowly to be kept.')
    crash('attachment-arrived')
    const { size } = measured
    const contentKey = keys.blind('content', measured.digest)
    const now = this.now()
    const file = { workspaceId, contentKey, uploadDate: now, usedAt: now, filename: '', size }
    const isNew = await createOnce(() =>
      this.files.create({ _id: blobId, chunkSize: CHUNK_BYTES, ...written, ...file }),
    )
    crash('attachment-kept')
    if (isNew) return { blobId, size }
    const twin = await this.use({ workspaceId, contentKey })
    if (twin !== blobId) await this.remove(blobId)
    if (twin === null) throw new BlobTooSlowError('The same bytes were swept away just now.')
    return { blobId: twin, size }
  }

  /** The bytes as they were. The stream fails when they were cut or changed. Null when there is no such blob. */
  async open(workspaceId: string, blobId: string): Promise<Readable | null> {
    const file = await this.files.findOne({ _id: blobId, workspaceId }).lean()
    if (!file) return null
    const keys = await this.parts.vault.of(workspaceId)
    const opened = keys.openStream({ collection: 'fs.files', id: blobId }, file.sealed)
    return pipeline(this.chunksOf(blobId), opened, () => undefined) // a failure is the stream's own
  }

  /** Says that somebody has it; false when it is not there. */
  async isThere(blobId: string): Promise<boolean> {
    return (await this.use({ _id: blobId })) !== null
  }

  /** Perhaps nobody needs these any more: the next sweep looks. */
  async doubt(blobIds: string[]): Promise<void> {
    const dueAt = this.now()
    for (const _id of blobIds)
      while (!(await createOnce(() => this.doubts.create({ _id, dueAt }))))
        if ((await this.doubts.updateOne({ _id }, { $set: { dueAt } })).matchedCount > 0) break
  }

  /**
   * Looks at doubted blobs: half ones and those that nobody `needs` are removed. What somebody came to have just now is
   * left, since they may not have written it down yet.
   */
  async sweep(needed: (blobId: string) => Promise<boolean>, signal: AbortSignal): Promise<void> {
    const now = this.now()
    const due = await this.doubts
      .find({ dueAt: { $lte: now } })
      .limit(100)
      .lean()
    for (const doubt of due) {
      if (signal.aborted) return
      await this.look(doubt, needed)
    }
  }

  /** Doubts these and looks at once. The answer is which nobody needs and are still there: they were in use just before. */
  async letGo(blobIds: string[], needed: (blobId: string) => Promise<boolean>): Promise<string[]> {
    await this.doubt(blobIds)
    const dueAt = this.now()
    const left: string[] = []
    for (const _id of blobIds) if (await this.look({ _id, dueAt }, needed)) left.push(_id)
    return left
  }

  /** Whether nobody needs it, and it is still there. */
  private async look(
    { _id, dueAt }: BlobDoubt,
    needed: (blobId: string) => Promise<boolean>,
  ): Promise<boolean> {
    const now = this.now()
    if (await needed(_id)) {
      await this.doubts.deleteOne({ _id, dueAt }) // whoever doubts it meanwhile says when
      return false
    }
    await this.files.deleteOne({ _id, usedAt: { $lte: after(now, -IN_USE_MS) } })
    if (await this.files.exists({ _id })) {
      await this.doubts.updateOne({ _id }, { $set: { dueAt: after(now, DOUBTED_AFTER_MS) } })
      return true
    }
    await this.remove(_id)
    return false
  }

  private async write(keys: WorkspaceKeys, blobId: string, source: AsyncIterable<Uint8Array>) {
    const { crash = noCrash } = this.parts
    const { key, stream } = keys.sealStream({ collection: 'fs.files', id: blobId })
    const measured = { size: 0, digest: '' }
    let [n, length] = [0, 0]
    const writing = through(measuring(source, measured), stream, async (sealed) => {
      for await (const data of inPieces(sealed as AsyncIterable<Buffer>, CHUNK_BYTES)) {
        await insertNew(this.chunks, [{ _id: `${blobId}:${n}`, files_id: blobId, n, data }])
        crash('attachment-chunk-written')
        n++
        length += data.length
      }
    })
    await writing.catch(async (error: unknown) => {
      await this.remove(blobId).catch(() => undefined) // the sweep will
      throw error
    })
    return { length, sealed: { ...key, fields: {} as Record<never, Buffer> }, measured }
  }

  private async *chunksOf(blobId: string): AsyncGenerator<Buffer> {
    const chunks = this.chunks
      .find({ files_id: blobId })
      .sort({ n: 1 })
      .lean()
      .cursor({ batchSize: READ_AHEAD })
    for await (const { data } of chunks) yield data
  }

  private async use(which: Partial<BlobFile>): Promise<string | null> {
    const found = await this.files
      .findOneAndUpdate(which, { $max: { usedAt: this.now() } })
      .select({ _id: 1 })
      .lean()
    return found?._id ?? null
  }

  /** The doubt last, so that a crash leaves nothing unseen. */
  private async remove(blobId: string): Promise<void> {
    await this.chunks.deleteMany({ files_id: blobId })
    await this.doubts.deleteOne({ _id: blobId })
  }

  private now(): Date {
    return this.parts.clock.now()
  }
}

const after = (date: Date, ms: number) => new Date(date.getTime() + ms)

async function* measuring(
  source: AsyncIterable<Uint8Array>,
  measured: { size: number; digest: string },
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  for await (const piece of source) {
    hash.update(piece)
    measured.size += piece.byteLength
    yield piece
  }
  measured.digest = hash.digest('base64url')
}
