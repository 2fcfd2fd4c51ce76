import type { Mailbox } from '../../models/mailbox.ts'
import type { NamedFolder } from '../../models/folder.ts'
import type { LogEmailRequest } from '../../models/wire/log-email.ts'
import { hasAny } from '../attachments/decide/judge.ts'
import type { Clock } from '../clock.ts'
import { SECOND } from '../duration.ts'
import { ProviderError } from '../errors.ts'
import type { Vault } from '../keys/vault.ts'
import type {
  FoundMessage,
  MailProvider,
  MessageChange,
  ProviderMessage,
  Providers,
} from '../provider/provider.ts'
import { normaliseMessageId } from '../sync/decide/identity.ts'
import { applyPage } from '../sync/page/apply-page.ts'
import type { PageContext } from '../sync/page/page-context.ts'

/** A person waits for the answer: after this, what the pane has read must do. */
const ANSWER_WITHIN_MS = 5 * SECOND

type OfThePage = 'keys' | 'rules' | 'queue' | 'lease' | 'provider' | 'mailbox' | 'folder' | 'signal'

export type OwnCopyParts = Omit<PageContext, OfThePage> & { providers: Providers; vault: Vault }

/** A message as it lies in somebody's own mailbox. `folder`: where it is watched. */
export type OwnCopy = { mailbox: Mailbox; folder: NamedFolder | null; message: ProviderMessage }

type Names = Pick<LogEmailRequest, 'itemId' | 'internetMessageId'>
type Choose = (found: FoundMessage[]) => FoundMessage | undefined

/** What somebody logs by hand, fetched from their mailbox: it knows more than the pane can read. */
export class OwnCopies {
  constructor(private readonly parts: OwnCopyParts) {}

  /** Null: the mailbox has no such message, cannot be asked now, or does not answer in time. */
  async find(mailbox: Mailbox, names: Names): Promise<OwnCopy | null> {
    const { providers, folders, clock } = this.parts
    if (mailbox.status !== 'connected' || mailbox.paused) return null
    const watched = await folders.watchedByProviderId(mailbox._id)
    const choose: Choose = (found) =>
      found.find(({ providerFolderId }) => watched.has(providerFolderId)) ?? found[0]
    const provider = providers.forMailbox(mailbox)
    const message = await inTime(clock, (signal) => fetchNamed(provider, { names, choose }, signal))
    if (!message) return null
    return { mailbox, message, folder: watched.get(message.providerFolderId) ?? null }
  }

  /**
   * Accounts for it as a pass over its folder would, once its e-mail is there. That takes no lease: where a pass has the
   * message at the same time, the ledger's `rev` says who must read again.
   */
  async account({ mailbox, folder, message }: OwnCopy, emailId: string): Promise<void> {
    const { providers, vault, policies, attachmentQueue, clock } = this.parts
    const { workspaceId } = mailbox
    if (!folder) {
      if (hasAny(message)) await attachmentQueue.want([{ emailId, workspaceId }])
      return
    }
    const context: PageContext = {
      ...this.parts,
      keys: await vault.of(workspaceId),
      rules: await policies.rulesOf(mailbox),
      provider: providers.forMailbox(mailbox),
      queue: { extend: async () => undefined },
      lease: { folderId: folder._id, token: 0, seqAtClaim: 0, claimedAt: clock.now() },
      signal: new AbortController().signal,
      ...{ mailbox, folder },
    }
    const { messageId } = message
    await applyPage(context, [{ kind: 'present', messageId, message }], { via: 'hand' })
  }
}

/** By its id in Outlook, of whichever kind (outlook-addin 2.5: never assume a format); else by its Message-ID. */
async function fetchNamed(
  provider: MailProvider,
  { names, choose }: { names: Names; choose: Choose },
  signal: AbortSignal,
): Promise<ProviderMessage | null> {
  const { itemId, internetMessageId } = names
  const open = itemId ? await provider.message(itemId, signal).catch(unlessUnknown) : null
  const opened = messageOf(open, names)
  if (opened || !internetMessageId) return opened
  const place = choose(await provider.find({ internetMessageId }, signal))
  return place ? messageOf(await provider.message(place.messageId, signal), names) : null
}

/** An id that the provider cannot read says no more than one that it does not know. */
function unlessUnknown(error: unknown): null {
  const isUnknown = error instanceof ProviderError && error.code === 'unexpected-answer'
  if (!isUnknown) throw error
  return null
}

/** Unless it is another message than the one that is open: ids change, and a draft is none yet. */
function messageOf(
  answer: MessageChange | null,
  { internetMessageId }: Names,
): ProviderMessage | null {
  if (answer?.kind !== 'present' || answer.message.isDraft) return null
  const wanted = normaliseMessageId(internetMessageId ?? null)
  const isOther = wanted !== null && normaliseMessageId(answer.message.internetMessageId) !== wanted
  return isOther ? null : answer.message
}

/** Null when it takes too long, and when the provider refuses. */
export async function inTime<T>(
  clock: Clock,
  ask: (signal: AbortSignal) => Promise<T>,
  withinMs = ANSWER_WITHIN_MS,
): Promise<T | null> {
  const over = new AbortController()
  const tooLate = clock.sleep(withinMs, over.signal).then(() => null)
  try {
    return await Promise.race([ask(over.signal).catch(unlessRefused), tooLate])
  } finally {
    over.abort()
  }
}

/** What the provider does not tell is not known; anything else is a mistake of ours. */
export function unlessRefused(error: unknown): null {
  if (!(error instanceof ProviderError)) throw error
  return null
}
