import type { EmailHead, Sighting } from '../../models/email.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'

/** What people call the mailboxes and folders that sightings know by their ids. */
export type SightingNames = {
  addresses: ReadonlyMap<string | null, string>
  folders: ReadonlyMap<string | null, string>
}

type NameStores = { mailboxes: MailboxStore; folders: FolderStore }

/** As they are called now, of one person's sightings of these e-mails: two reads for a whole page. */
export async function sightingNames(
  { mailboxes, folders }: NameStores,
  emails: EmailHead[],
  userId: string,
): Promise<SightingNames> {
  const own = emails.flatMap((email) => sightingsOf(email, userId))
  const [boxes, places] = await Promise.all([
    mailboxes.findMany(distinct(own.map(({ mailboxId }) => mailboxId))),
    folders.findMany(distinct(own.map(({ folderId }) => folderId))),
  ])
  return {
    addresses: new Map(boxes.map(({ _id, address }) => [_id, address])),
    folders: new Map(places.map(({ _id, displayName }) => [_id, displayName])),
  }
}

export const sightingsOf = ({ sightings }: EmailHead, userId: string): Sighting[] =>
  sightings.filter(({ ownerUserId }) => ownerUserId === userId)

const distinct = (ids: (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))]
