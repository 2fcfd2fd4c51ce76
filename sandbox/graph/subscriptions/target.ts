import { isOfSameTenant, mayOpen } from '../http/access/access.ts'
import type { Caller } from '../http/route.ts'
import type { HttpKnobs } from '../knobs.ts'
import { parseFilter } from '../mail/odata/filter-parse.ts'
import type { MailboxInfo, MailStoreView } from '../store/mail-store.ts'
import { extensionError } from './errors.ts'
import type { ResourcePath } from './resource-path.ts'
import type { SubscriptionTarget } from './subscription.ts'

/** Write-only scopes are not honoured (graph-contract 1.5). */
const READ_PERMISSIONS = ['Mail.Read', 'Mail.ReadBasic', 'Mail.ReadBasic.All']

/** Looks the names of a resource up, and refuses what this caller cannot listen to (graph-contract 1.5, 1.6). */
export function findTarget(
  { user, folder, filter, select, expand }: ResourcePath,
  caller: Caller,
  mailboxes: Pick<MailStoreView, 'findMailbox' | 'findFolder'>,
  knobs: Pick<HttpKnobs, 'mailboxAllowList'>,
): SubscriptionTarget {
  const mailbox = mailboxOf(user, caller, mailboxes)
  if (!mailbox) throw extensionError('Create', 404, 'Resource could not be discovered.')
  if (!mayListen(caller, mailbox.userId, knobs)) throw extensionError('Create', 403, 'Forbidden')
  if (mailbox.state === 'not-enabled') {
    throw extensionError('Create', 404, 'REST API is not yet supported for this mailbox.')
  }
  if (mailbox.state === 'quarantined') {
    throw extensionError('Create', 500, 'Request has been quarantined by condition.')
  }
  const folderId = folder && mailboxes.findFolder(mailbox.userId, folder)?.id
  if (folder !== undefined && !folderId) {
    throw extensionError('Create', 404, 'The specified object was not found in the store.')
  }
  if (filter !== undefined) parseFilter(filter) // throws Graph's 400 for what cannot be read
  return {
    mailbox: mailbox.userId,
    ...(folderId ? { folderId } : {}),
    ...(filter === undefined ? {} : { filter }),
    ...(select ? { select } : {}),
    ...(expand === undefined ? {} : { expand }),
  }
}

function mailboxOf(
  user: string,
  caller: Caller,
  mailboxes: Pick<MailStoreView, 'findMailbox'>,
): MailboxInfo | undefined {
  const mailbox = mailboxes.findMailbox(user === 'me' ? (caller.userId ?? '') : user)
  return mailbox && isOfSameTenant(mailbox, caller) ? mailbox : undefined
}

/** A user listens to his own mailbox only; sharing does not help (graph-contract 1.5). */
function mayListen(
  caller: Caller,
  mailboxOwner: string,
  knobs: Pick<HttpKnobs, 'mailboxAllowList'>,
): boolean {
  if (!READ_PERMISSIONS.some((name) => caller.permissions.includes(name))) return false
  if (caller.userId !== undefined) return caller.userId === mailboxOwner
  return mayOpen(caller, mailboxOwner, knobs)
}
