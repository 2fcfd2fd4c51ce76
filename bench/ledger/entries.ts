import { createHash } from 'node:crypto'
import type { LedgerEntry, LedgerEvent } from '../../models/ledger-entry.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { WorkspaceKeys } from '../../webhook/keys/workspace-keys.ts'
import { MINUTE } from '../../webhook/duration.ts'
import { idOf } from '../../webhook/keys/ids.ts'
import { emailIdOf } from '../../webhook/store/email-store.ts'
import { sightingKeyOf } from '../../webhook/store/emails/sighting-key.ts'

const SENDERS = 5_000
const NEWEST = Date.parse('2026-11-20T09:00:00Z')
/** As long as those of Graph, which begin alike within a mailbox. */
const ID_PREFIX = 'AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A'.padEnd(109, 'x')

/** What number `number` is called by those who ask for it. */
export const messageIdOf = (number: number) =>
  ID_PREFIX + createHash('sha256').update(String(number)).digest('base64url')
export const internetMessageIdOf = (number: number) => `<mail-${number}@customer.test>`
export const senderOf = (number: number) => `customer${number % SENDERS}@customer.test`
export const receivedAtOf = (number: number) => new Date(NEWEST - number * MINUTE)

export type EntriesOf = { mailbox: Mailbox; folderId: string; keys: WorkspaceKeys }

/** The account of a stored mail, as a pass writes it. */
export function entryOf(number: number, of: EntriesOf): LedgerEntry {
  const { mailbox, folderId, keys } = of
  const { workspaceId, _id: mailboxId } = mailbox
  const messageId = messageIdOf(number)
  const receivedAt = receivedAtOf(number)
  const event = (kind: LedgerEvent['kind'], more: Partial<LedgerEvent> = {}): LedgerEvent => ({
    ...{ at: receivedAt, kind, via: null, reason: null, ruleVersion: null, folderId },
    ...more,
  })
  return {
    _id: idOf('ledger', mailboxId, messageId),
    ...{ workspaceId, mailboxId, messageId, folderId },
    ...{ state: 'stored', reason: 'new', ruleVersion: 1, rev: 1 },
    emailId: emailIdOf(workspaceId, String(number)),
    messageIdKey: keys.blind('message-id', internetMessageIdOf(number)),
    senderKey: keys.blind('address', senderOf(number)),
    ...{ receivedAt, seenAt: receivedAt, decidedAt: receivedAt },
    ...{
      attempts: 0,
      retryAt: null,
      full: null,
      partyKeys: [],
      delay: { providerMs: 2_000, oursMs: 700 },
    },
    history: [
      event('seen', { via: 'notification' }),
      event('fetched'),
      event('decided', { reason: 'new', ruleVersion: 1 }),
      event('stored'),
    ],
  }
}

/** Its e-mail, as far as a comparison looks: it is there, and was seen here. */
export const emailOf = (
  number: number,
  { mailbox: { workspaceId, _id }, folderId }: EntriesOf,
) => ({
  ...{ _id: emailIdOf(workspaceId, String(number)), workspaceId, identity: String(number) },
  receivedAt: receivedAtOf(number),
  sightings: [
    {
      ...{ key: sightingKeyOf(_id, messageIdOf(number)), via: 'sync' as const },
      ...{ mailboxId: _id, messageId: messageIdOf(number), folderId },
    },
  ],
})
