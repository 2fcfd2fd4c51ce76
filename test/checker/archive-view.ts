import type { Binary, Db } from 'mongodb'

/** What hangs on e-mails, and the bytes of it, as this checker reads them. */
export type AttachmentDoc = {
  _id: string
  emailId: string
  state: string
  size: number
  blobId: string | null
}
export type FileDoc = {
  _id: string
  workspaceId: string
  length: number
  chunkSize: number
  size: number
  sealed: { version: number; dataKey: Binary }
}
export type ChunkDoc = { _id: string; files_id: string; n: number; data: Binary }
export type WorkDoc = {
  _id: string
  open: boolean
  attempts: number
  lastErrorCode: string | null
  dueAt: Date
}
export type Archive = {
  attachments: AttachmentDoc[]
  files: FileDoc[]
  chunks: ChunkDoc[]
  /** Ids of blobs that housekeeping is still to look at. */
  doubted: Set<string>
  /** E-mails of which something is still to be fetched, by their ids, and how that stands. */
  open: Map<string, string>
}

export async function readArchive(db: Db): Promise<Archive> {
  const all = <T>(name: string) => db.collection(name).find().toArray() as unknown as Promise<T[]>
  // A file is there after its chunks, and gone before them: so what is under way is not taken for half.
  const doubts = await all<{ _id: string }>('blobDoubts')
  const [attachments, files] = [
    await all<AttachmentDoc>('attachments'),
    await all<FileDoc>('fs.files'),
  ]
  const chunks = await all<ChunkDoc>('fs.chunks')
  const work = await all<WorkDoc>('attachmentWork')
  return {
    ...{ attachments, files, chunks },
    doubted: new Set(doubts.map(({ _id }) => _id)),
    open: new Map(work.filter(({ open }) => open).map((one) => [one._id, standing(one)])),
  }
}

const standing = ({ attempts, lastErrorCode, dueAt }: WorkDoc): string =>
  `${attempts} tries in vain (${lastErrorCode ?? 'no failure'}), next at ${dueAt.toISOString()}`
