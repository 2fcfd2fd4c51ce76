import { Schema, type Connection } from 'mongoose'
import { bySealedVersion, sealed, type Sealed } from '../keys/sealed.ts'

/**
 * Bytes as MongoDB's GridFS lays them out (its specification, "fs" bucket), sealed. A file is there only when all of its
 * chunks are. `length` counts sealed bytes, `size` those that were sealed.
 */
export type BlobFile = {
  _id: string
  length: number
  chunkSize: number
  uploadDate: Date
  filename: string
  workspaceId: string
  /** Keyed digest of the content: the same bytes are kept once in a workspace. */
  contentKey: string
  size: number
  /** When somebody last came to have it; what is used just now is not swept. */
  usedAt: Date
  /** The key of the stream; no fields. */
  sealed: Sealed<never>
}

export type BlobChunk = { _id: string; files_id: string; n: number; data: Buffer }

/** A blob to be looked at: it may be half of one, or nobody's any more. Written before the first chunk of each. */
export type BlobDoubt = { _id: string; dueAt: Date }

const fileSchema = new Schema<BlobFile>(
  {
    _id: { type: String, required: true },
    length: { type: Number, required: true },
    chunkSize: { type: Number, required: true },
    uploadDate: { type: Date, required: true },
    filename: { type: String, default: '' },
    workspaceId: { type: String, required: true },
    contentKey: { type: String, required: true },
    size: { type: Number, required: true },
    usedAt: { type: Date, required: true },
    sealed: { type: sealed, required: true },
  },
  { collection: 'fs.files' },
)
fileSchema.index({ workspaceId: 1, contentKey: 1 }, { unique: true }) // the same content, one blob
fileSchema.index(bySealedVersion)

const chunkSchema = new Schema<BlobChunk>(
  {
    _id: { type: String, required: true },
    files_id: { type: String, required: true },
    n: { type: Number, required: true },
    data: { type: Buffer, required: true },
  },
  { collection: 'fs.chunks' },
)
chunkSchema.index({ files_id: 1, n: 1 }, { unique: true }) // as GridFS reads them

const doubtSchema = new Schema<BlobDoubt>(
  { _id: { type: String, required: true }, dueAt: { type: Date, required: true } },
  { collection: 'blobDoubts' },
)
doubtSchema.index({ dueAt: 1 }) // which blob is looked at next

export const blobFileModel = (db: Connection) => db.model('BlobFile', fileSchema)
export const blobChunkModel = (db: Connection) => db.model('BlobChunk', chunkSchema)
export const blobDoubtModel = (db: Connection) => db.model('BlobDoubt', doubtSchema)
