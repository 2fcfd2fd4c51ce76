import type { EmailHead, Party, Sighting as SeenAt } from '../../models/email.ts'
import type { NamedFolder, Proof } from '../../models/folder.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { Subscription } from '../../models/subscription.ts'
import type { EmailDetail } from '../../models/wire/email-detail.ts'
import type { Email as WireEmail, Sighting } from '../../models/wire/email.ts'
import type { Mailbox as WireMailbox, WatchedFolder } from '../../models/wire/mailbox.ts'
import { tellRefusal } from '../write-back/decide/refusal.ts'
import { adviceOn } from '../sign-in/decide/trouble.ts'
import { folderLight, mailboxLight } from './light.ts'
import { sightingsOf, type SightingNames } from './sighting-names.ts'
import { secondsLeft } from './time-left.ts'

const iso = (date: Date | null): string | null => date?.toISOString() ?? null

const presentParty = ({ name, address }: Party) => ({ name, address })

export const presentSighting = (sighting: SeenAt, names: SightingNames): Sighting => ({
  via: sighting.via,
  mailboxAddress: sighting.mailboxAddress ?? names.addresses.get(sighting.mailboxId) ?? '',
  folderName: names.folders.get(sighting.folderId) ?? null,
  since: sighting.since.toISOString(),
  byName: sighting.byName,
  ...(sighting.goneAt && { goneAt: sighting.goneAt.toISOString() }),
  ...(sighting.isRead !== null && { isRead: sighting.isRead }),
  ...(sighting.chosen && { chosen: sighting.chosen }),
})

/** As one person sees it: sightings in colleagues' mailboxes stay theirs. */
export const presentEmail = (
  email: EmailHead,
  userId: string,
  names: SightingNames,
): WireEmail => ({
  id: email._id,
  subject: email.subject,
  preview: email.preview,
  from: email.from ? presentParty(email.from) : null,
  to: email.to.map(presentParty),
  cc: email.cc.map(presentParty),
  sentAt: iso(email.sentAt),
  receivedAt: email.receivedAt.toISOString(),
  hasAttachments: email.hasAttachments,
  ...(email.isProtected && { isProtected: true }),
  visibility: 'full',
  threadId: email.threadId,
  sightings: sightingsOf(email, userId).map((sighting) => presentSighting(sighting, names)),
})

/** Most mail is sent by whom it is from; then there is nothing to say. */
const otherSender = ({ from, sender }: EmailHead): Party | null =>
  sender && sender.address.toLowerCase() !== from?.address.toLowerCase()
    ? presentParty(sender)
    : null

export const presentDetail = (
  email: EmailHead,
  userId: string,
  names: SightingNames,
): Omit<EmailDetail, 'readState'> => ({
  ...presentEmail(email, userId, names),
  sender: otherSender(email),
  bcc: email.bcc.map(presentParty),
  replyTo: email.replyTo.map(presentParty),
})

export type MailboxFacts = {
  mailbox: Mailbox
  folders: NamedFolder[]
  subscriptions: Subscription[]
  reconcileMs: number
  now: Date
}

export function presentMailbox(facts: MailboxFacts): WireMailbox {
  const { mailbox } = facts
  const watched = facts.folders.map((folder) => presentFolder(folder, facts))
  const { _id: id, address, displayName, authMode, status, paused } = mailbox
  const { pollEveryMinutes, windowDays, sharing } = mailbox.settings
  const writeRefused = tellRefusal(mailbox)
  return {
    ...{ id, address, displayName, authMode, status },
    trouble: mailbox.trouble && presentTrouble(mailbox.trouble),
    paused: paused && { at: paused.at.toISOString(), byName: paused.byName },
    settings: { pollEveryMinutes, windowDays, sharing: sharing ?? null },
    ...(writeRefused && { writeRefused }),
    light: mailboxLight(mailbox, watched),
    folders: watched,
  }
}

const presentTrouble = ({ action, code, since }: NonNullable<Mailbox['trouble']>) => ({
  ...{ action, code, since: since.toISOString() },
  ...adviceOn({ action, code }),
})

function presentFolder(
  folder: NamedFolder,
  { mailbox, subscriptions, reconcileMs, now }: MailboxFacts,
): WatchedFolder {
  const subscription = subscriptions.find(({ folderId }) => folderId === folder._id) ?? null
  const { pollEveryMinutes } = mailbox.settings
  const { done, total, finishedAt } = folder.backfill
  return {
    id: folder._id,
    displayName: folder.displayName,
    deleted: folder.deletedAt !== null,
    backfill: {
      ...{ done, total: Math.max(done, total), finishedAt: iso(finishedAt) },
      secondsLeft: secondsLeft(folder.backfill, now),
    },
    lastSyncAt: iso(folder.lastSyncAt),
    subscriptionExpiresAt: iso(subscription?.expiresAt ?? null),
    proof: folder.proof && presentProof(folder.proof),
    light: folderLight({ folder, subscription, pollEveryMinutes, reconcileMs, now }),
  }
}

const presentProof = ({ at, equal, repaired }: Proof) => ({
  ...{ at: at.toISOString(), equal, repaired },
})
