import { GraphFault, accessDenied, itemNotFound, badRequest, notDiscovered } from '../errors.ts'
import type { GraphRequest } from '../http/route.ts'
import { parseId } from '../store/ids.ts'
import type { Folder, Item } from '../store/item.ts'
import type { Mailbox } from '../store/mailbox.ts'
import type { Mailboxes } from '../store/mailboxes.ts'

/** Any one of them is enough; of each, `X.Shared` opens shared mailboxes to a signed-in user (graph-contract 7.2). */
export const PERMISSIONS = {
  readBasic: ['Mail.ReadBasic', 'Mail.ReadBasic.All', 'Mail.Read', 'Mail.ReadWrite'],
  read: ['Mail.Read', 'Mail.ReadWrite'],
  write: ['Mail.ReadWrite'],
  send: ['Mail.Send'],
  user: ['User.Read', 'User.ReadBasic.All', 'User.Read.All'],
  settings: ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'],
} as const

/** True when the caller may see no more of a message than its envelope (graph-contract 4.1, `Mail.ReadBasic`). */
export const seesBasicsOnly = ({ caller }: GraphRequest) =>
  !caller.permissions.some((name) => /^Mail\.Read(Write)?(\.Shared)?$/.test(name))

/** The mailbox a request names, if this caller may open it: a signed-in user has their own, others only when shared. */
export function mailboxFor(mailboxes: Mailboxes, request: GraphRequest, user: string): Mailbox {
  const mailbox = mailboxes.lookUp(user)
  if (!mailbox) throw notDiscovered()
  const { userId, permissions } = request.caller
  const foreign = userId !== undefined && userId !== mailbox.userId
  if (foreign && !permissions.some((name) => /^Mail\..+\.Shared$/.test(name))) throw accessDenied()
  switch (mailbox.info.state) {
    case 'active':
      return mailbox
    case 'not-enabled':
      throw new GraphFault(
        404,
        'MailboxNotEnabledForRESTAPI',
        'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
      )
    case 'quarantined':
      throw new GraphFault(500, 'ExtensionError', 'Request has been quarantined by condition.')
  }
}

const malformedId = () => badRequest('Id is malformed.', 'ErrorInvalidIdMalformed')

/** By an id of either form; a stale id names nothing any more (graph-contract 6.2). */
export function itemFor(mailbox: Mailbox, id: string, folder?: Folder): Item {
  const item = mailbox.findItem(id)
  if (!item && !parseId(id)) throw malformedId()
  if (!item || (folder && item.folder !== folder)) throw itemNotFound()
  return item
}

export function folderFor(mailbox: Mailbox, idOrWellKnownName: string): Folder {
  const folder = mailbox.folders.find(idOrWellKnownName)
  if (folder) return folder
  throw parseId(idOrWellKnownName) ? itemNotFound() : malformedId()
}
