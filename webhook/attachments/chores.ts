import type { Clock } from '../clock.ts'
import { HOUR } from '../duration.ts'
import type { Chore } from '../sync/housekeeping.ts'
import type { AttachmentQueue } from './attachment-queue.ts'
import type { AttachmentStore } from './attachment-store.ts'
import type { BlobStore } from './blob-store.ts'

export type AttachmentChoreParts = {
  attachmentStore: AttachmentStore
  attachmentQueue: AttachmentQueue
  blobs: BlobStore
  attachmentLimit: (workspaceId: string) => Promise<number>
  clock: Clock
}

/** Plans change with the configuration, and so with a start; what is left then is many. */
const LET_IN_EVERY_MS = HOUR

/** What crashes and erasures leave of blobs goes; what a larger plan lets in is fetched. */
export function attachmentChores(parts: AttachmentChoreParts): Chore[] {
  const { attachmentStore, blobs, clock } = parts
  let letInAt = 0
  return [
    (signal) => blobs.sweep((blobId) => attachmentStore.needs(blobId), signal),
    async () => {
      const now = clock.now().getTime()
      if (now < letInAt) return
      letInAt = now + LET_IN_EVERY_MS
      await letIn(parts)
    },
  ]
}

async function letIn({
  attachmentStore,
  attachmentQueue,
  attachmentLimit,
}: AttachmentChoreParts): Promise<void> {
  for (const workspaceId of await attachmentStore.workspacesOverLimit()) {
    const limitBytes = await attachmentLimit(workspaceId)
    const emailIds = await attachmentStore.withinLimit(workspaceId, limitBytes)
    if (emailIds.length > 0) await attachmentQueue.again(emailIds)
  }
}
