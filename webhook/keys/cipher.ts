import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { AppError } from '../errors.ts'

const CIPHER = 'aes-256-gcm'
export const KEY_BYTES = 32
/** 96 bits: what GCM is made for (NIST SP 800-38D, 8.2). Random, so one key is good for about 2^32 texts. */
export const IV_BYTES = 12
export const TAG_BYTES = 16
/** What sealing adds to the length. */
export const SEAL_BYTES = IV_BYTES + TAG_BYTES

/** Not sealed by this key for this purpose, or changed since. */
export class SealBrokenError extends AppError {
  readonly code = 'seal-broken'
  readonly retry = 'never'
}

export const newKey = (): Buffer => random(KEY_BYTES)

/** `aad` says what the bytes belong to; they open for nothing else. */
export type SealKey = { key: Buffer; aad: string | Buffer }

/** The answer is iv, ciphertext and tag in a row. `iv` is for known answers alone: never seal twice under one. */
export function sealBytes(
  { key, aad, iv = random(IV_BYTES) }: SealKey & { iv?: Buffer },
  plain: Uint8Array,
): Buffer {
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(bytesOf(aad))
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Throws a SealBrokenError. */
export function openBytes({ key, aad }: SealKey, sealed: Buffer): Buffer {
  if (sealed.length < SEAL_BYTES) throw new SealBrokenError('These are no sealed bytes.')
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(bytesOf(aad))
    .setAuthTag(sealed.subarray(-TAG_BYTES))
  const plain = decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES))
  try {
    return Buffer.concat([plain, decipher.final()])
  } catch (cause) {
    throw new SealBrokenError('The seal is broken.', { cause })
  }
}

/** Fetched at once: each request to the system costs more than sealing a short text. No byte is given out twice. */
const POOL_BYTES = 4_096
const pool = { bytes: Buffer.alloc(0), at: 0 }

function random(length: number): Buffer {
  if (pool.at + length > pool.bytes.length) {
    pool.bytes = randomBytes(POOL_BYTES)
    pool.at = 0
  }
  return Buffer.from(pool.bytes.subarray(pool.at, (pool.at += length)))
}

const bytesOf = (aad: string | Buffer): Buffer => (typeof aad === 'string' ? Buffer.from(aad) : aad)

/** A key for one purpose, from a secret (HKDF-SHA256, RFC 5869). */
export const deriveKey = (
  secret: Buffer,
  purpose: string | Buffer,
  salt: Buffer = Buffer.alloc(0),
): Buffer => Buffer.from(hkdfSync('sha256', secret, salt, purpose, KEY_BYTES))

/** HMAC-SHA256 (RFC 2104). */
export const keyedDigest = (key: Buffer, text: string | Buffer): Buffer =>
  createHmac('sha256', key).update(text).digest()
