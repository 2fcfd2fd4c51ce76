import { createPrivateKey } from 'node:crypto'
import type { Config, Secrets } from '../../config/config.ts'
import { encryptionFor } from '../../subscriptions/encryption.ts'
import type { Proven } from '../proven.ts'
import type { Batch } from '../schema.ts'
import { AuthorityKeys } from './authority-keys.ts'
import { Headers, type HeaderParts } from './headers.ts'
import { trustIn, type Trust } from './trust.ts'
import { ValidationTokens } from './validation-tokens.ts'

/** Notifications that bring the headers of new mail, where a certificate for them is configured (graph-contract 2.4). */
export class RichNotifications {
  private readonly headers: Headers

  constructor(private readonly parts: HeaderParts & { tokens: ValidationTokens }) {
    this.headers = new Headers(parts)
  }

  trustIn(batch: Batch): Promise<Trust> {
    return trustIn(batch, this.parts)
  }

  /** Which of these must ring. */
  settle(proven: Proven[]): Promise<Proven[]> {
    return this.headers.settle(proven)
  }
}

type Given = Omit<HeaderParts, 'key'> & {
  entra: Config['entra']
  certificate: Secrets['richCertificate']
}

/** Null without a certificate: notifications bring no headers then. */
export function richNotifications({
  entra,
  certificate,
  ...parts
}: Given): RichNotifications | null {
  const encryption = encryptionFor(certificate)
  if (!certificate || !encryption) return null
  const { certificateId } = encryption
  const privateKey = createPrivateKey(certificate.privateKeyPem)
  const keys = new AuthorityKeys(entra.authorityUrl)
  const tokens = new ValidationTokens({ keys, clientId: entra.clientId, clock: parts.clock })
  return new RichNotifications({ ...parts, tokens, key: { privateKey, certificateId } })
}
