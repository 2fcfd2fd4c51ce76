import type { AttachmentQueue } from '../attachments/attachment-queue.ts'
import { entryIdOfSighting } from '../store/emails/sighting-key.ts'
import type { SightingStore, Withdrawal } from '../store/sighting-store.ts'
import type { WriteBackQueue } from '../write-back/write-back-queue.ts'
import type { Room } from '../sync/policies.ts'

export type TakeAwayParts = {
  sightings: SightingStore
  attachmentQueue: Pick<AttachmentQueue, 'again'>
  writeBackQueue: Pick<WriteBackQueue, 'again'>
  room: Pick<Room, 'removed'>
  /** Writes down which e-mails may be removed just now, before any is; none: that is over. */
  remember: (emailIds: string[]) => Promise<void>
}

/**
 * Takes sightings back. E-mails that nobody sees any more are removed with what hangs on them, and make room. The answer
 * is how many those were.
 */
export async function takeAway(
  { sightings, attachmentQueue, writeBackQueue, room, remember }: TakeAwayParts,
  workspaceId: string,
  withdrawals: Withdrawal[],
): Promise<number> {
  if (withdrawals.length === 0) return 0
  await remember([...new Set(withdrawals.map(({ emailId }) => emailId))])
  const removed = await sightings.withdraw(withdrawals)
  await writeBackQueue.again(withdrawals.flatMap(({ key }) => entryIdOfSighting(key) ?? []))
  await attachmentQueue.again(removed) // finds no e-mail, and lets go of what hung on it
  if (removed.length > 0) await room.removed(workspaceId, removed.length)
  await remember([])
  return removed.length
}

/** Of e-mails that were being removed when somebody died. The room that they left is found by counting (limits/room.ts). */
export async function letGoOf(
  { sightings, attachmentQueue, remember }: Omit<TakeAwayParts, 'room' | 'writeBackQueue'>,
  emailIds: string[],
): Promise<void> {
  if (emailIds.length === 0) return
  const there = await sightings.there(emailIds)
  await attachmentQueue.again(emailIds.filter((id) => !there.has(id)))
  await remember([])
}
