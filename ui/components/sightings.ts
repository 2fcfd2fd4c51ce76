import type { Sighting } from '../../models/wire/email.ts'

/** Where we know an e-mail from, in words: "alice@contoso.test, Inbox" or "Logged by Alice from Outlook". */
export function sightingWords({ via, mailboxAddress, folderName, byName }: Sighting): string {
  if (via === 'add-in') return `Logged by ${byName ?? mailboxAddress} from Outlook`
  return folderName === null ? mailboxAddress : `${mailboxAddress}, ${folderName}`
}
