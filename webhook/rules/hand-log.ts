import type { LedgerEntry } from '../../models/ledger-entry.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { LogEmailRequest } from '../../models/wire/log-email.ts'
import type { Person } from '../crm/ports.ts'
import { AppError } from '../errors.ts'
import type { Vault } from '../keys/vault.ts'
import type { ProviderMessage } from '../provider/provider.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import { messageIdKeyOf } from '../sync/decide/identity.ts'
import { partiesOf, recipientsOf, type Correspondence } from '../sync/decide/parties/parties.ts'
import { reasonNamed } from '../sync/decide/reasons.ts'
import { isOverridable, verdictOn, type VerdictFacts } from '../sync/decide/verdict.ts'
import { weightOf } from '../sync/page/seen-email.ts'
import { reopen, type AgainParts } from './decide-again.ts'
import type { OwnCopies, OwnCopy } from './own-copy.ts'
import type { RuleBook } from './rule-book.ts'

export type HandLogParts = AgainParts & {
  policies: RuleBook
  mailboxes: Pick<MailboxStore, 'ownedBy'>
  vault: Vault
  /** Without, what the pane has read is all there is. */
  copies?: Pick<OwnCopies, 'find' | 'account'>
}

/** What may be logged. `copy`: the message in the person's own mailbox, where that could be asked. */
export type Loggable = { copy: OwnCopy | null; deduplicate: boolean }

/** What keeps the message out is worth more than a person's wish to log it. */
export class KeptOutError extends AppError {
  readonly code = 'kept-out'
  readonly retry = 'never'

  constructor(readonly reason: string) {
    const { sentence = 'A rule keeps it out.', change = '' } = reasonNamed(reason) ?? {}
    super(`This message cannot be logged. ${sentence} What would change that: ${change}`)
  }
}

/** What the pane does not tell of a message, and the ledger knows of the mailbox's own copy. */
const ONLY_THE_MAILBOX_KNOWS = [
  'category-no-crm',
  'conversation-kept-out',
  'privacy-bcc',
  'marked-private',
]

/** Whether a person may log a message, and what follows from it for the copy in their mailbox. */
export class HandLog {
  constructor(private readonly parts: HandLogParts) {}

  /** Throws a KeptOutError. */
  async check(person: Person, request: LogEmailRequest): Promise<Loggable> {
    const { policies, copies } = this.parts
    const mailbox = await this.mailboxOf(person, request)
    const copy = (mailbox && (await copies?.find(mailbox, request))) ?? null
    if (!copy) await this.refuseLeftOut(mailbox, request)
    const rules = await policies.rulesFor(person.workspaceId, mailbox)
    const correspondence = copy?.message ?? correspondenceOf(request)
    const from = mailbox ?? { workspaceId: person.workspaceId, address: request.mailboxAddress }
    const facts = await policies.factsFor(from, rules, [correspondence])
    const receivedAt = request.sentAt ? new Date(request.sentAt) : facts.now
    const asked = factsOf(correspondence, receivedAt)
    const known = { ...facts, limit: null }
    const verdict = verdictOn(copy ? factsOfCopy(asked, copy.message) : asked, rules, known)
    if (verdict.kind !== 'store') throw new KeptOutError(verdict.reason)
    return { copy, deduplicate: rules.deduplicate }
  }

  /**
   * Their copy is accounted for. Without having it: where the rules had left it out, it is stored by the next pass. It is
   * the same e-mail.
   */
  async follow(
    person: Person,
    request: LogEmailRequest,
    { copy, emailId }: { copy: OwnCopy | null; emailId: string },
  ): Promise<void> {
    if (copy) await this.parts.copies?.account(copy, emailId)
    const mailbox = await this.mailboxOf(person, request)
    const leftOut = (await this.entriesOf(mailbox, request)).filter(
      ({ state, reason }) =>
        state === 'excluded' && isOverridable({ kind: 'exclude', reason: reason as 'automated' }),
    )
    await reopen(this.parts, leftOut, { kind: 'seen', via: 'hand', reason: null })
  }

  private async refuseLeftOut(mailbox: Mailbox | null, request: LogEmailRequest): Promise<void> {
    const leftOut = (await this.entriesOf(mailbox, request)).find(
      ({ state, reason }) => state === 'excluded' && ONLY_THE_MAILBOX_KNOWS.includes(reason),
    )
    if (leftOut) throw new KeptOutError(leftOut.reason)
  }

  private async mailboxOf(
    { workspaceId, userId }: Person,
    { mailboxAddress }: LogEmailRequest,
  ): Promise<Mailbox | null> {
    const own = await this.parts.mailboxes.ownedBy(workspaceId, userId)
    const address = mailboxAddress.toLowerCase()
    return own.find((mailbox) => mailbox.address.toLowerCase() === address) ?? null
  }

  private async entriesOf(
    mailbox: Mailbox | null,
    { internetMessageId }: LogEmailRequest,
  ): Promise<LedgerEntry[]> {
    if (!mailbox || !internetMessageId) return []
    const { blind } = await this.parts.vault.of(mailbox.workspaceId)
    const key = messageIdKeyOf(blind, internetMessageId)
    return key === null ? [] : this.parts.ledger.byMessageIdKey(mailbox._id, key)
  }
}

const correspondenceOf = ({ from, to, cc }: LogEmailRequest): Correspondence => ({
  ...{ from, to, cc, sender: null, bcc: [], replyTo: [] },
})

const factsOfCopy = (asked: VerdictFacts, message: ProviderMessage): VerdictFacts => {
  const { isDraft, receivedAt, categories, conversationId, sensitivity } = message
  const known = { isDraft, receivedAt, categories, conversationId, sensitivity }
  return { ...asked, ...known, bytes: weightOf(message) }
}

const factsOf = (correspondence: Correspondence, receivedAt: Date): VerdictFacts => ({
  ...{ folder: null, isDraft: false, receivedAt, bytes: 0, windowStart: null },
  ...{ categories: [], conversationId: null, sensitivity: 'normal', machine: null, byHand: true },
  parties: partiesOf(correspondence),
  recipients: recipientsOf(correspondence),
})
