import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { AppError } from '../errors.ts'

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
/** 96 bits: what GCM is made for. Random, so one key is good for about 2^32 texts. */
const IV_BYTES = 12
const TAG_BYTES = 16
const PREFIX = 'v1.'

/** The text was not sealed by this key for this purpose, or was changed since. */
export class SealBrokenError extends AppError {
  readonly code = 'seal-broken'
  readonly retry = 'never'
}

/** Seals small texts under a key of its own, derived from the root key by a label (HKDF-SHA256). */
export class Sealer {
  private readonly key: Buffer

  constructor(rootKey: Buffer, label: string) {
    this.key = Buffer.from(hkdfSync('sha256', rootKey, '', label, KEY_BYTES))
  }

  /** `boundTo` names what the text belongs to; it opens for nothing else. */
  seal(text: string, boundTo: string): string {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv(CIPHER, this.key, iv).setAAD(Buffer.from(boundTo))
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()])
    return PREFIX + Buffer.concat([sealed, cipher.getAuthTag()]).toString('base64url')
  }

  /** Throws a SealBrokenError. */
  open(sealed: string, boundTo: string): string {
    const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64url')
    if (!sealed.startsWith(PREFIX) || bytes.length < IV_BYTES + TAG_BYTES)
      throw new SealBrokenError('This is no sealed text.')
    const decipher = createDecipheriv(CIPHER, this.key, bytes.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(boundTo))
      .setAuthTag(bytes.subarray(-TAG_BYTES))
    const text = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES))
    try {
      return Buffer.concat([text, decipher.final()]).toString('utf8')
    } catch (cause) {
      throw new SealBrokenError('The seal is broken.', { cause })
    }
  }
}
