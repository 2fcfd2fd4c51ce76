import type { Email, Party, StoredSighting } from '../../models/email.ts'
import type { Folder } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { Subscription } from '../../models/subscription.ts'
import type { Email as WireEmail, Sighting } from '../../models/wire/email.ts'
import type { Mailbox as WireMailbox, WatchedFolder } from '../../models/wire/mailbox.ts'
import { folderLight, mailboxLight } from './light.ts'

const iso = (date: Date | null): string | null => date?.toISOString() ?? null

const presentParty = ({ name, address }: Party) => ({ name, address })

export const presentSighting = (sighting: StoredSighting): Sighting => ({
  via: sighting.via,
  mailboxAddress: sighting.mailboxAddress,
  folderName: sighting.folderName,
  since: sighting.since.toISOString(),
  byName: sighting.byName,
})

/** As one person sees it: sightings in colleagues' mailboxes stay theirs. */
export const presentEmail = (email: Email, userId: string): WireEmail => ({
  id: email._id,
  subject: email.subject,
  preview: email.preview,
  from: email.from ? presentParty(email.from) : null,
  to: email.to.map(presentParty),
  cc: email.cc.map(presentParty),
  sentAt: iso(email.sentAt),
  receivedAt: email.receivedAt.toISOString(),
  hasAttachments: email.hasAttachments,
  sightings: sightingsOf(email, userId).map(presentSighting),
})

export const sightingsOf = ({ sightings }: Email, userId: string): StoredSighting[] =>
  sightings.filter(({ ownerUserId }) => ownerUserId === userId)

export type MailboxFacts = {
  mailbox: Mailbox
  folders: Folder[]
  subscriptions: Subscription[]
  now: Date
}

export function presentMailbox({
  mailbox,
  folders,
  subscriptions,
  now,
}: MailboxFacts): WireMailbox {
  const watched = folders.map((folder) =>
    presentFolder(
      folder,
      subscriptions.find(({ folderId }) => folderId === folder._id) ?? null,
      now,
    ),
  )
  return {
    id: mailbox._id,
    address: mailbox.address,
    displayName: mailbox.displayName,
    authMode: mailbox.authMode,
    status: mailbox.status,
    light: mailboxLight(
      mailbox,
      watched.map(({ light }) => light),
    ),
    folders: watched,
  }
}

function presentFolder(
  folder: Folder,
  subscription: Subscription | null,
  now: Date,
): WatchedFolder {
  const { done, total, finishedAt } = folder.backfill
  return {
    id: folder._id,
    displayName: folder.displayName,
    backfill: { done, total: Math.max(done, total), finishedAt: iso(finishedAt) },
    lastSyncAt: iso(folder.lastSyncAt),
    subscriptionExpiresAt: iso(subscription?.expiresAt ?? null),
    light: folderLight({ folder, subscription, now }),
  }
}
