import type { Item } from './item.ts'
import type { Mailbox } from './mailbox.ts'
import type { MailboxDirectory } from './mailbox-directory.ts'
import type { ContentReader } from './content-reader.ts'
import type { MailKnobs } from '../mail/knobs.ts'
import type { Delivery } from './delivery.ts'
import { wholeSeconds } from './delivery.ts'
import { itemEnvelope } from './message-view.ts'

/** What sending needs of the mailboxes. */
type PostOffice = Pick<MailboxDirectory, 'clock' | 'lookUp'> & {
  knobs: MailKnobs
  reader: ContentReader
  deliver(userId: string, delivery: Delivery): Promise<unknown>
}

/**
 * A draft leaves: into the Outbox, where its id is short-lived, then to Sent Items under another one, so that a
 * mailbox-wide subscription sees every step (graph-contract 9 #13, 10 "Event emission"). Recipients who have a mailbox
 * here get the mail under the same `internetMessageId` (graph-contract 4.1).
 */
export async function sendItem(
  mailboxes: PostOffice,
  mailbox: Mailbox,
  draft: Item,
): Promise<void> {
  if (draft.folder.wellKnownName !== 'outbox') toOutbox(mailboxes, mailbox, draft)
  await finish(mailboxes, mailbox, draft, true)
}

/** Marks a draft as sent and puts it into the Outbox; returns at once, as `send` does with its 202. */
export function toOutbox(
  { clock }: Pick<PostOffice, 'clock'>,
  mailbox: Mailbox,
  draft: Item,
): void {
  const sentAt = wholeSeconds(clock.now())
  const { source } = draft
  const written = 'written' in source ? source.written : undefined
  const stamped = written && { written: { ...written, envelope: { ...written.envelope, sentAt } } }
  const changes = {
    isDraft: false,
    isRead: true,
    receivedAt: sentAt,
    ...(stamped ? { source: stamped } : {}),
  }
  mailbox.relocate(draft, mailbox.folders.wellKnown('outbox'), { changes })
}

/** The rest of the way, after `sendDelayMs`. */
export async function finish(
  mailboxes: PostOffice,
  mailbox: Mailbox,
  item: Item,
  keep: boolean,
): Promise<void> {
  const { clock, knobs, reader } = mailboxes
  if (knobs.sendDelayMs > 0) await clock.sleep(knobs.sendDelayMs)
  const mime = await reader.mime(item)
  if (!mailbox.holds(item)) return
  if (keep) {
    const asCopy = knobs.sendChangesImmutableId
    mailbox.relocate(item, mailbox.folders.wellKnown('sentitems'), { asCopy })
  } else mailbox.erase(item)
  for (const recipient of localRecipients(mailboxes, item))
    await mailboxes.deliver(recipient.userId, { mime })
}

function localRecipients(mailboxes: PostOffice, item: Item): Set<Mailbox> {
  const { toRecipients, ccRecipients, bccRecipients } = itemEnvelope(item)
  const found = [...toRecipients, ...ccRecipients, ...bccRecipients].flatMap(
    ({ emailAddress }) => mailboxes.lookUp(emailAddress?.address ?? '') ?? [],
  )
  return new Set(found)
}
