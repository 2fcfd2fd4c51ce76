import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { isSameText } from '../keys/same-text.ts'

/** 96 bits each: a salt never repeats, and a mark is not guessed. */
const SALT_BYTES = 12
const MARK_CHARS = 16

/** What is kept of a secret: enough to compare, useless to forge. */
export const hashOfClientState = (clientState: string): string =>
  createHash('sha256').update(clientState).digest('base64url')

/**
 * The secret of a subscription is derived, not drawn: from the root key, the folder, and a salt that the provider keeps
 * for us in the address it rings at. So a subscription whose making we did not survive can be taken over, though the
 * provider never shows a secret again (graph-contract 1.1).
 */
export class SubscriptionSecrets {
  private readonly key: Buffer

  constructor(rootKey: Buffer) {
    this.key = Buffer.from(hkdfSync('sha256', rootKey, '', 'subscription-secret', 32))
  }

  /** A new salt. It carries our mark, so that one of another folder or root key is told apart from ours. */
  newSalt(folderId: string): string {
    const drawn = randomBytes(SALT_BYTES).toString('base64url')
    return drawn + this.markOf(folderId, drawn)
  }

  isSaltOf(folderId: string, salt: string): boolean {
    const drawn = salt.slice(0, -MARK_CHARS)
    return isSameText(salt.slice(-MARK_CHARS), this.markOf(folderId, drawn))
  }

  /** 43 characters; Graph takes 128 (graph-contract 1.2). */
  clientStateOf(folderId: string, salt: string): string {
    return this.derive('client-state', folderId, salt)
  }

  private markOf(folderId: string, drawn: string): string {
    return this.derive('mark', folderId, drawn).slice(0, MARK_CHARS)
  }

  private derive(...parts: string[]): string {
    return createHmac('sha256', this.key).update(JSON.stringify(parts)).digest('base64url')
  }
}
