import type { Archive, ChunkDoc, FileDoc } from './archive-view.ts'
import type { StreamOpener } from './opener.ts'
import { short } from './store-view.ts'

/** Whether everything that is said to be stored is there to the last byte, and nothing is there that nobody knows. */
export function attachmentFaults(archive: Archive, openStream: StreamOpener): string[] {
  const { attachments, files, chunks, doubted, open } = archive
  const byId = new Map(files.map((file) => [file._id, file]))
  const of = new Map<string, ChunkDoc[]>()
  for (const chunk of chunks) of.set(chunk.files_id, [...(of.get(chunk.files_id) ?? []), chunk])
  const faults = [...open].map(
    ([emailId, standing]) => `late: attachments of ${short(emailId)} are not there: ${standing}`,
  )
  for (const { _id, state, blobId, size } of attachments) {
    const file = byId.get(blobId ?? '')
    if (state === 'stored' && file?.size !== size)
      faults.push(`lost: the bytes of the attachment ${short(_id)}`)
  }
  for (const file of files) {
    const wrong = faultOf(file, of.get(file._id) ?? [], openStream)
    if (wrong) faults.push(`half: the blob ${file._id} ${wrong}`)
    if (!doubted.has(file._id) && !attachments.some(({ blobId }) => blobId === file._id))
      faults.push(`surplus: nobody needs the blob ${file._id}, and nobody doubts it`)
  }
  for (const id of of.keys())
    if (!byId.has(id) && !doubted.has(id)) faults.push(`half: chunks of ${id} without a file`)
  return faults
}

function faultOf(file: FileDoc, chunks: ChunkDoc[], openStream: StreamOpener): string | null {
  const inOrder = chunks.toSorted((one, other) => one.n - other.n)
  if (inOrder.some(({ n }, at) => n !== at)) return 'has gaps'
  const sealed = Buffer.concat(inOrder.map(({ data }) => Buffer.from(data.buffer)))
  if (sealed.length !== file.length) return `has ${sealed.length} of ${file.length} bytes`
  try {
    const { length } = openStream(file, sealed)
    return length === file.size ? null : `opens to ${length} of ${file.size} bytes`
  } catch (error) {
    return `does not open: ${String(error)}`
  }
}
