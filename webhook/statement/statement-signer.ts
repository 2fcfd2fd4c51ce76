import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto'
import { calculateJwkThumbprint, CompactSign } from 'jose'
import {
  StatementKeySet,
  type SignedStatement,
  type Statement,
} from '../../models/wire/statement.ts'

/** So that nothing else this key might ever sign passes for a statement. */
export const STATEMENT_TYPE = 'flowcrm-statement'
export const STATEMENT_ALGORITHM = 'EdDSA'

const SEED_BYTES = 32
/** What stands before the seed in an Ed25519 private key (RFC 8410, 7). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * Signs statements with an Ed25519 key made from the root key, so that every instance of a service has the same one and
 * none has to be stored. Its id is its RFC 7638 thumbprint.
 */
export class StatementSigner {
  private readonly privateKey: KeyObject

  constructor(rootKey: Buffer) {
    const seed = Buffer.from(hkdfSync('sha256', rootKey, '', 'statement-key', SEED_BYTES))
    const key = Buffer.concat([PKCS8_ED25519, seed])
    this.privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  }

  async sign(statement: Statement): Promise<SignedStatement> {
    const signature = await this.signJson(STATEMENT_TYPE, statement)
    return { statement, signature }
  }

  /** A compact JWS over the JSON; `type` keeps one kind of document from passing for another. */
  async signJson(type: string, document: object): Promise<string> {
    const { kid } = await this.publicKey()
    return new CompactSign(Buffer.from(JSON.stringify(document)))
      .setProtectedHeader({ alg: STATEMENT_ALGORITHM, typ: type, kid })
      .sign(this.privateKey)
  }

  /** What anybody may have, to check statements with. */
  async publicKeys(): Promise<StatementKeySet> {
    return StatementKeySet.parse({ keys: [await this.publicKey()] })
  }

  private async publicKey() {
    const jwk = createPublicKey(this.privateKey).export({ format: 'jwk' })
    const kid = await calculateJwkThumbprint(jwk)
    return { ...jwk, kid, alg: STATEMENT_ALGORITHM, use: 'sig' }
  }
}
