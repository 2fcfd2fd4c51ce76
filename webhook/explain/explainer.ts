import type { LedgerEntry } from '../../models/ledger-entry.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import type { Explanation, ExplainQuestion } from '../../models/wire/explain.ts'
import type { Vault } from '../keys/vault.ts'
import type { Clock } from '../clock.ts'
import { mailboxLight } from '../crm/light.ts'
import type { ExplainDesk } from '../crm/ports.ts'
import { ProviderError } from '../errors.ts'
import { MAX_FOUND, type Providers } from '../provider/provider.ts'
import type { FolderQueue } from '../queue/folder-queue.ts'
import type { EmailStore } from '../store/email-store.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { LedgerStore } from '../store/ledger-store.ts'
import { messageIdKeyOf } from '../sync/decide/identity.ts'
import { reasons } from '../sync/decide/reasons.ts'
import { withheldBy } from '../sync/decide/withheld.ts'
import { findInMailbox, timeSpan, type InMailbox } from './in-mailbox.ts'
import { referenceOf, type Reference } from './reference.ts'
import {
  accountStory,
  answerOf,
  foundStory,
  summaryOf,
  type FoundPlace,
  type KnownFolders,
} from './story.ts'

export type ExplainerParts = {
  emails: Pick<EmailStore, 'findMany'>
  ledger: LedgerStore
  folders: FolderStore
  providers: Providers
  queue: FolderQueue
  vault: Vault
  clock: Clock
}

type Trouble = NonNullable<Explanation['trouble']>

/**
 * Why a message is here, or is not: from the ledger where it speaks for a message that is present, else from the mailbox
 * itself.
 */
export class Explainer implements ExplainDesk {
  constructor(private readonly parts: ExplainerParts) {}

  async explain(
    mailbox: Mailbox,
    question: ExplainQuestion,
    signal: AbortSignal,
  ): Promise<Explanation> {
    const reference = await referenceOf(this.parts.emails, mailbox, question)
    const matching = await this.inLedger(mailbox, reference)
    const asked = matching.some(isPresent)
      ? { ...nothing, trouble: troubleOf(mailbox) }
      : await this.inMailbox(mailbox, reference, signal)
    await this.parts.queue.ring(asked.watchedFolderIds)
    const { entries, places } = await this.accountedFor(mailbox, matching, asked.places)
    const known = await this.foldersOf(entries)
    const accounts = entries.slice(0, MAX_FOUND).map((entry) => accountStory(entry, known))
    const findings = { trouble: asked.trouble, accounts, found: places.map(foundStory) }
    return {
      at: this.parts.clock.now().toISOString(),
      answer: answerOf(findings),
      summary: summaryOf(findings),
      ...findings,
      more: entries.length > MAX_FOUND || asked.places.length >= MAX_FOUND,
    }
  }

  /** By the indexes of the ledger alone; one more than is shown, so that "more" can be said. */
  private async inLedger(mailbox: Mailbox, reference: Reference): Promise<LedgerEntry[]> {
    const { ledger, vault } = this.parts
    const { _id, workspaceId } = mailbox
    const limit = MAX_FOUND + 1
    if ('messageIds' in reference)
      return [...(await ledger.known(_id, reference.messageIds)).values()]
    const { blind } = await vault.of(workspaceId)
    if ('internetMessageId' in reference) {
      const key = messageIdKeyOf(blind, reference.internetMessageId)
      return key === null ? [] : ledger.byMessageIdKey(_id, key, limit)
    }
    const senderKey = blind('address', reference.from.trim().toLowerCase())
    const { receivedFrom: from, receivedTo: to } = timeSpan(reference)
    return ledger.bySender(_id, { senderKey, from, to }, limit)
  }

  /**
   * What could not be read has an account by its id alone, so the ids of what the mailbox showed are looked up. A place
   * stays where the ledger does not know that the message is there.
   */
  private async accountedFor(
    { _id }: Mailbox,
    matching: LedgerEntry[],
    found: FoundPlace[],
  ): Promise<{ entries: LedgerEntry[]; places: FoundPlace[] }> {
    const ids = found.map(({ messageId }) => messageId)
    const known = await this.parts.ledger.known(_id, ids)
    const matchingIds = new Set(matching.map(({ messageId }) => messageId))
    const others = [...known.values()].filter(({ messageId }) => !matchingIds.has(messageId))
    const isOpen = ({ messageId }: FoundPlace) => {
      const entry = known.get(messageId)
      return !entry || !isPresent(entry)
    }
    return { entries: [...matching, ...others], places: found.filter(isOpen) }
  }

  private async inMailbox(
    mailbox: Mailbox,
    reference: Reference,
    signal: AbortSignal,
  ): Promise<InMailbox & { trouble: Trouble | null }> {
    const trouble = troubleOf(mailbox)
    if (trouble) return { ...nothing, trouble }
    const provider = this.parts.providers.forMailbox(mailbox)
    try {
      const found = await findInMailbox({ ...this.parts, provider, mailbox }, reference, signal)
      return { ...found, trouble: null }
    } catch (error) {
      return { ...nothing, trouble: refusal(error) }
    }
  }

  private async foldersOf(entries: LedgerEntry[]): Promise<KnownFolders> {
    const ids = entries.flatMap(({ folderId, history }) => [
      folderId,
      ...history.flatMap((event) => event.folderId ?? []),
    ])
    const found = await this.parts.folders.findMany([...new Set(ids)])
    return new Map(
      found.map(({ _id, displayName, watched }) => [_id, { name: displayName, watched }]),
    )
  }
}

const isPresent = ({ state }: LedgerEntry): boolean => state !== 'gone'

const nothing: InMailbox = { places: [], watchedFolderIds: [] }

/** What keeps the mailbox from being asked. */
function troubleOf(mailbox: Mailbox): Trouble | null {
  if (mailbox.status === 'connected' && !mailbox.paused) return null
  const { sentence, todo } = mailboxLight(mailbox, [])
  const reason = mailbox.status === 'reconnect-needed' ? { reason: mailbox.status } : {}
  return { sentence, todo: todo ?? null, ...reason }
}

function refusal(error: unknown): Trouble {
  if (!(error instanceof ProviderError)) throw error
  const reason = withheldBy(error)
  const known = reason && { reason }
  if (error.retry === 'after-reconnect')
    return {
      sentence: 'Microsoft 365 did not let FlowCRM look into the mailbox just now.',
      todo: 'If the light of the mailbox turns red, do what it says.',
      ...known,
    }
  const sentence = reason ? reasons[reason].sentence : 'Microsoft 365 did not answer just now.'
  return { sentence, todo: 'Ask again in a minute.', ...known }
}
