import type { Connection } from 'mongoose'
import type { WriteBackQueue } from '../write-back/write-back-queue.ts'
import type { AttachmentQueue } from '../attachments/attachment-queue.ts'
import type { Audit } from '../audit/audit.ts'
import type { Clock } from '../clock.ts'
import type { Vault } from '../keys/vault.ts'
import type { RuleBook } from '../rules/rule-book.ts'
import type { MailTokens } from '../sign-in/tokens/mail-tokens.ts'
import type { StatementSigner } from '../statement/statement-signer.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import type { SightingStore } from '../store/sighting-store.ts'
import type { TokenCacheStore } from '../store/sign-in/token-cache-store.ts'
import type { StraySearchStore } from '../store/stray-search-store.ts'
import type { WorkspaceKeyStore } from '../store/workspace-key-store.ts'
import type { Subscriptions } from '../subscriptions/subscriptions.ts'
import type { Room } from '../sync/policies.ts'
import { ClosedAccounts } from './disconnect/closed-accounts.ts'
import { DisconnectionStore } from './disconnect/disconnection-store.ts'
import { Disconnections } from './disconnect/disconnections.ts'
import { ForgottenTokens } from './disconnect/forgotten-tokens.ts'
import { LeftEmails } from './disconnect/left-emails.ts'
import { EndingDesk } from './ending-desk.ts'
import { ExpiredAccounts } from './retention/expired-accounts.ts'
import { Retention } from './retention/retention.ts'
import { RetentionStore } from './retention/retention-store.ts'
import { WorkspaceEnder } from './workspace/workspace-ender.ts'
import { WorkspaceEndingStore } from './workspace/workspace-ending-store.ts'

export type EndingParts = {
  db: Connection
  vault: Vault
  clock: Clock
  audit: Audit
  signer: StatementSigner
  mailboxes: MailboxStore
  folders: FolderStore
  sightings: SightingStore
  attachmentQueue: AttachmentQueue
  writeBackQueue: WriteBackQueue
  policies: RuleBook
  room: Room
  straySearches: StraySearchStore
  subscriptions: Subscriptions
  tokenCaches: TokenCacheStore
  mailTokens: MailTokens
  workspaceKeys: WorkspaceKeyStore
  onMailboxChanged: (mailboxId: string) => void
}

/** Everything about what ends, put together in reading order. */
export function openEnding(parts: EndingParts) {
  const { db } = parts
  const disconnections = new DisconnectionStore(db)
  const tokens = new ForgottenTokens({ ...parts, disconnections })
  const accounts = new ClosedAccounts(db)
  const leftEmails = new LeftEmails(db)
  const leaving = { ...parts, disconnections, tokens, accounts, leftEmails }
  const disconnecting = new Disconnections(leaving)
  const retentions = new RetentionStore(db)
  const expiredAccounts = new ExpiredAccounts(parts)
  const retention = new Retention({ ...parts, retentions, expiredAccounts })
  const endings = new WorkspaceEndingStore(db)
  const ender = new WorkspaceEnder({ ...parts, endings, disconnections })
  return {
    desk: new EndingDesk({ ...parts, disconnecting, retention, endings }),
    chores: [
      (signal: AbortSignal) => disconnecting.carryOnDue(signal),
      (signal: AbortSignal) => retention.carryOnDue(signal),
      (signal: AbortSignal) => ender.carryOnDue(signal),
    ],
  }
}
