import type { Folder } from '../../../models/folder.ts'
import type { Mailbox } from '../../../models/mailbox.ts'
import type { LiveEvent } from '../../../models/wire/email.ts'
import type { Vault } from '../../keys/vault.ts'
import type { Clock } from '../../clock.ts'
import { MINUTE } from '../../duration.ts'
import { LedgerMovedError } from '../../errors.ts'
import { toChange } from '../../provider/graph/questions/message-mapping.ts'
import type { ProviderMessage } from '../../provider/provider.ts'
import type { FolderStore } from '../../store/folder-store.ts'
import type { LedgerStore, LedgerWrite } from '../../store/ledger-store.ts'
import type { MailboxStore } from '../../store/mailbox-store.ts'
import { isOverridable } from '../../sync/decide/verdict.ts'
import { judge } from '../../sync/page/judge.ts'
import { ledgerFacts } from '../../sync/page/ledger-facts.ts'
import { decidedEvent, noticed, writeOf } from '../../sync/page/story.ts'
import type { Policies } from '../../sync/policies.ts'
import type { Proven } from '../proven.ts'
import { openContent, type ContentKey } from './open-content.ts'

export type HeaderParts = {
  key: ContentKey
  mailboxes: MailboxStore
  folders: FolderStore
  ledger: LedgerStore
  vault: Vault
  policies: Policies
  clock: Clock
  /** Shows it to whoever has a console open; nothing keeps it. */
  show: (audience: { workspaceId: string; userId: string }, event: LiveEvent) => void
}

/** Opening one takes a quarter of a millisecond of everybody's time; more than these only ring. */
const OPENED_AT_ONCE = 200
/** What is older was moved or restored, and is not arriving. */
const ARRIVING_FOR_MS = 15 * MINUTE

/** A message's header with the place it belongs to. */
type Header = { proven: Proven; message: ProviderMessage; folder: Folder; mailbox: Mailbox }

/** What the headers that notifications bring are good for, so long as nobody can have made them up. */
export class Headers {
  constructor(private readonly parts: HeaderParts) {}

  /**
   * Accounts for believed messages that the rules leave out whatever their text says, so that nothing need be fetched for them.
   * The answer is those that still must ring: everything that is wanted, known already, or not to be read.
   */
  async settle(proven: Proven[]): Promise<Proven[]> {
    const withHeader = proven.filter(
      ({ trust, notification }) => trust === 'believed' && notification.encryptedContent,
    )
    const headers = await this.read(withHeader.slice(0, OPENED_AT_ONCE))
    const settled = new Set<Proven>()
    for (const header of headers) {
      const write = await this.exclusionOf(header)
      if (write && (await this.isWritten(write))) settled.add(header.proven)
      else this.showArriving(header)
    }
    return proven.filter((one) => !settled.has(one))
  }

  private async read(proven: Proven[]): Promise<Header[]> {
    const places = new Map<string, Promise<{ folder: Folder | null; mailbox: Mailbox | null }>>()
    const placeOf = ({ subscription: { folderId, mailboxId } }: Proven) => {
      const known = places.get(folderId)
      if (known) return known
      const { folders, mailboxes } = this.parts
      const asked = Promise.all([folders.find(folderId), mailboxes.find(mailboxId)]).then(
        ([folder, mailbox]) => ({ folder, mailbox }),
      )
      places.set(folderId, asked)
      return asked
    }
    const headers: Header[] = []
    for (const one of proven) {
      const { encryptedContent } = one.notification
      const change = encryptedContent && toChange(openContent(encryptedContent, this.parts.key))
      if (change?.kind !== 'present') continue
      const { folder, mailbox } = await placeOf(one)
      const isHere = folder?.watched && folder.providerFolderId === change.message.providerFolderId
      if (isHere && mailbox) headers.push({ proven: one, message: change.message, folder, mailbox })
    }
    return headers
  }

  /** Null when its text is needed, or when the ledger knows it: what changed is then the pass's to find out. */
  private async exclusionOf({ message, folder, mailbox }: Header): Promise<LedgerWrite | null> {
    const { ledger, vault, policies, clock } = this.parts
    const rules = await policies.rulesOf(mailbox)
    const court = { policies, rules, mailbox, folder }
    const [judged] = await judge(court, [{ message, was: undefined, bytes: 0 }])
    if (judged?.verdict.kind !== 'exclude') return null
    if (mayCarryChoice(message, mailbox) && isOverridable(judged.verdict)) return null
    const { messageId } = message
    if (await ledger.byMessageId(mailbox._id, messageId)) return null
    const keys = await vault.of(mailbox.workspaceId)
    const context = { mailbox, folder, keys, rules, clock }
    const news = { messageId, was: undefined, fetched: false }
    const { reason } = judged.verdict
    return writeOf(context, news, {
      change: { ...ledgerFacts(context, message, reason), state: 'excluded', reason },
      events: [
        ...noticed(context, news, { via: 'notification' }),
        decidedEvent(clock.now(), reason, rules.version),
      ],
    })
  }

  /** False when a pass was faster. */
  private async isWritten(write: LedgerWrite): Promise<boolean> {
    try {
      await this.parts.ledger.write([write])
      return true
    } catch (error) {
      if (error instanceof LedgerMovedError) return false
      throw error
    }
  }

  private showArriving({ proven, message, mailbox }: Header): void {
    const ageMs = this.parts.clock.now().getTime() - message.receivedAt.getTime()
    if (proven.notification.changeType !== 'created' || ageMs > ARRIVING_FOR_MS) return
    const { workspaceId, ownerUserId: userId, _id: mailboxId } = mailbox
    const { from, subject } = message
    const receivedAt = message.receivedAt.toISOString()
    this.parts.show(
      { workspaceId, userId },
      { type: 'email-arriving', mailboxId, from, subject, receivedAt },
    )
  }
}

/** "Log when sent" can stand in a property, which the header does not show: what was written here is read whole. */
const mayCarryChoice = ({ from }: ProviderMessage, { address }: Mailbox): boolean =>
  from?.address.toLowerCase() === address.toLowerCase()
