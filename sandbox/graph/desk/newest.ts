import type { Mailboxes } from '../store/mailboxes.ts'
import { itemId } from '../store/message-view.ts'

export class NoSuchMailError extends Error {
  readonly code = 'no-such-mail'
}

/** Ids of the newest `count` messages of a folder; at least one, or it throws. */
export function newestIn(
  mailboxes: Mailboxes,
  { userId, folder, count }: { userId: string; folder: string; count: number },
): string[] {
  const mailbox = mailboxes.open(userId)
  const found = mailbox.folders.find(folder)
  if (!found) throw new NoSuchMailError(`There is no folder ${folder}.`)
  const ids: string[] = []
  for (const item of found.items.newestFirst()) {
    if (ids.length === count) break
    ids.push(itemId(mailbox.tag, item, 'immutable'))
  }
  if (ids.length === 0) throw new NoSuchMailError(`There is no mail in ${found.displayName}.`)
  return ids
}

/** Where a deleted message came from; Inbox when nobody knows. */
export function restoreTarget(mailboxes: Mailboxes, userId: string, id: string): string {
  return mailboxes.at(userId, id).item.deletedFrom?.id ?? 'inbox'
}
