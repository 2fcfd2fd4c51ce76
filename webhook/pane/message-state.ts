import type { LedgerEntry } from '../../models/ledger-entry.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { EmailStatusRequest } from '../../models/wire/log-email.ts'
import type { Look, MessageState } from '../../models/wire/pane/look.ts'
import type { Person } from '../crm/ports.ts'
import { accountStory } from '../explain/story.ts'
import type { Vault } from '../keys/vault.ts'
import type { LedgerStore } from '../store/ledger-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import { messageIdKeyOf } from '../sync/decide/identity.ts'
import { isInCrm } from '../sync/decide/reasons.ts'
import { isOverridable } from '../sync/decide/verdict.ts'

export type LedgerParts = {
  ledger: Pick<LedgerStore, 'known' | 'byMessageIdKey'>
  mailboxes: Pick<MailboxStore, 'ownedBy'>
  vault: Pick<Vault, 'of'>
}

/** This person's mailbox with that address; null when none is connected. */
export async function mailboxOf(
  { mailboxes }: Pick<LedgerParts, 'mailboxes'>,
  { workspaceId, userId }: Person,
  mailboxAddress: string,
): Promise<Mailbox | null> {
  const address = mailboxAddress.toLowerCase()
  const own = await mailboxes.ownedBy(workspaceId, userId)
  const found = own.find((mailbox) => mailbox.address.toLowerCase() === address)
  return found && found.status !== 'disconnected' ? found : null
}

export function mailboxState(mailbox: Mailbox | null): Look['mailbox'] {
  if (!mailbox) return 'not-connected'
  if (mailbox.status !== 'connected') return 'needs-attention'
  return mailbox.paused ? 'paused' : 'connected'
}

/** What the ledger says of a message that is no e-mail of this person. */
export async function ledgerState(
  { ledger, vault }: LedgerParts,
  mailbox: Mailbox | null,
  { itemId, internetMessageId }: EmailStatusRequest,
): Promise<MessageState> {
  if (!mailbox) return NOT_LOGGED
  const { blind } = await vault.of(mailbox.workspaceId)
  const key = messageIdKeyOf(blind, internetMessageId ?? null)
  const [byId, byKey] = await Promise.all([
    ledger.known(mailbox._id, itemId ? [itemId] : []),
    key === null ? [] : ledger.byMessageIdKey(mailbox._id, key),
  ])
  return stateOf([...byId.values(), ...byKey])
}

const NOT_LOGGED = { state: 'not-logged' } as const

/**
 * Of several copies, the one that is still there counts, and of those the one that was decided last. An account that says
 * "stored" while this person has no such e-mail is of one that was taken out since. Pure.
 */
export function stateOf(entries: readonly LedgerEntry[]): MessageState {
  const weight = ({ state, decidedAt }: LedgerEntry): [number, number] => [
    state === 'gone' ? 0 : 1,
    decidedAt.getTime(),
  ]
  const [entry] = [...entries].sort((one, other) => {
    const [here, there] = [weight(one), weight(other)]
    return there[0] - here[0] || there[1] - here[1]
  })
  if (!entry || entry.state === 'stored' || isInCrm(entry)) return NOT_LOGGED
  const { state, reason } = entry
  const { sentence, change, retryAt, decidedAt: since } = accountStory(entry, new Map())
  return { state, since, reason, sentence, change, retryAt, canLog: canLog(entry) }
}

const canLog = ({ state, reason }: LedgerEntry): boolean =>
  state !== 'excluded' || isOverridable({ kind: 'exclude', reason: reason as 'automated' })
