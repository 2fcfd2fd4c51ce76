import { idOf } from '../../keys/ids.ts'

/** Names a message's sighting within its e-mail. */
export const sightingKeyOf = (mailboxId: string, messageId: string) =>
  `sync:${mailboxId}:${messageId}`

/** The name of a message's account in the ledger. */
export const entryIdOf = (mailboxId: string, messageId: string) =>
  idOf('ledger', mailboxId, messageId)

/** The account of the message that was seen there; null: it was logged by hand, and has none. */
export function entryIdOfSighting(key: string): string | null {
  const [, mailboxId, messageId] = /^sync:([^:]+):(.+)$/s.exec(key) ?? []
  return mailboxId && messageId ? entryIdOf(mailboxId, messageId) : null
}
