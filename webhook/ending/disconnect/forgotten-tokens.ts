import type { Mailbox } from '../../../models/mailbox.ts'
import { partitionOf, type MailTokens } from '../../sign-in/tokens/mail-tokens.ts'
import type { TokenCacheStore } from '../../store/sign-in/token-cache-store.ts'
import type { DisconnectionStore } from './disconnection-store.ts'

export type TokenParts = {
  tokenCaches: Pick<TokenCacheStore, 'versionOf' | 'remove'>
  mailTokens: Pick<MailTokens, 'forget'>
  disconnections: Pick<DisconnectionStore, 'sharesTokens'>
}

/**
 * What lets us into a mailbox that is disconnected. It is the app's, for all of its mailboxes in a tenant, or one person's;
 * nobody's session hangs on it.
 */
export class ForgottenTokens {
  constructor(private readonly parts: TokenParts) {}

  /** The version of what is to be forgotten; null: nothing is. */
  async seen(mailbox: Mailbox): Promise<number | null> {
    const { tokenCaches, disconnections } = this.parts
    if (await disconnections.sharesTokens(mailbox)) return null
    return tokenCaches.versionOf(partitionOf(mailbox))
  }

  /** Unless somebody has come back just now, and brought new ones. */
  async forget(mailbox: Mailbox, seenVersion: number): Promise<void> {
    await this.parts.tokenCaches.remove(partitionOf(mailbox), seenVersion)
    this.parts.mailTokens.forget(mailbox)
  }
}
