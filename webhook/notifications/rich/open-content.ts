import {
  constants,
  createDecipheriv,
  createHmac,
  privateDecrypt,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto'
import type { EncryptedContent } from '../schema.ts'

/** The key that belongs to our certificate, and our name for the certificate. */
export type ContentKey = { privateKey: KeyObject; certificateId: string }

/** AES-256. */
const KEY_BYTES = 32
const IV_BYTES = 16

/**
 * Opens the content of one item (graph-contract 2.4): its key under RSA-OAEP with SHA-1, then HMAC-SHA256 over the
 * sealed bytes, and only when that fits AES-256-CBC with the key's beginning as IV. Null when it is not for us, or not
 * whole; nothing that follows from it says which.
 */
export function openContent(
  sealed: EncryptedContent,
  { privateKey, certificateId }: ContentKey,
): unknown {
  if (sealed.encryptionCertificateId !== certificateId) return null
  try {
    const key = privateDecrypt(
      { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
      Buffer.from(sealed.dataKey, 'base64'),
    )
    const data = Buffer.from(sealed.data, 'base64')
    if (key.length !== KEY_BYTES || !isSignedBy(key, data, sealed.dataSignature)) return null
    const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, IV_BYTES))
    const text = Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8')
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

function isSignedBy(key: Buffer, data: Buffer, signature: string): boolean {
  const given = Buffer.from(signature, 'base64')
  const expected = createHmac('sha256', key).update(data).digest()
  return given.length === expected.length && timingSafeEqual(given, expected)
}
