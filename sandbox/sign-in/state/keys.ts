import type { JWK } from 'jose'
import type { Random } from '../../random.ts'
import { keyPair, type KeyPair } from './ready-keys.ts'

export type SigningKey = KeyPair & { kid: string }

/**
 * The issuer's RSA keys, made when first needed. The newest signs; older ones stay published, and so valid, until they are
 * retired.
 */
export class KeyRing {
  private newest: SigningKey | undefined
  private older: SigningKey[] = []
  private made = 0

  constructor(private readonly random: Random) {}

  get current(): SigningKey {
    return (this.newest ??= this.generate())
  }

  find(kid: string | undefined): SigningKey | undefined {
    return [this.current, ...this.older].find((key) => key.kid === kid)
  }

  /** From now on a new key signs; the answer is its id. */
  rotate(): string {
    this.older.unshift(this.current)
    this.newest = this.generate()
    return this.newest.kid
  }

  /** Withdraws every key but the current one: what they signed is no longer valid. */
  retireOldKeys(): void {
    this.older = []
  }

  /** As Entra publishes them: `x5t` repeats the id, and each key names the issuer it speaks for. */
  published(issuer: string): JWK[] {
    return [this.current, ...this.older].map(({ kid, publicKey }) => ({
      ...publicKey.export({ format: 'jwk' }),
      use: 'sig',
      kid,
      x5t: kid,
      issuer,
    }))
  }

  private generate(): SigningKey {
    const kid = Buffer.from(this.random.bytes(20)).toString('base64url')
    return { kid, ...keyPair(this.made++) }
  }
}
