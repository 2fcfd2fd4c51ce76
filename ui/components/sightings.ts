import type { Email, Sighting } from '../../models/wire/email.ts'

/** Where we know an e-mail from, in words: "alice@contoso.test, Inbox" or "Logged by Alice from Outlook". */
export function sightingWords({ via, mailboxAddress, folderName, byName }: Sighting): string {
  if (via === 'add-in') return `Logged by ${byName ?? mailboxAddress} from Outlook`
  return folderName === null ? mailboxAddress : `${mailboxAddress}, ${folderName}`
}

/** Whether a copy of one's own is unread in its mailbox; what is no longer there is neither. Others' are not told of. */
export const isUnread = ({ sightings }: Pick<Email, 'sightings'>): boolean =>
  sightings.some(({ isRead, goneAt }) => isRead === false && goneAt === undefined)
