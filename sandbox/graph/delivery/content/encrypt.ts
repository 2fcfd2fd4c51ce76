import type { ChangeNotificationEncryptedContent } from '@microsoft/microsoft-graph-types'
import { constants, createCipheriv, createHmac, publicEncrypt } from 'node:crypto'
import { readCertificate } from '../../subscriptions/certificate.ts'
import type { EncryptionCertificate } from '../../subscriptions/subscription.ts'

/**
 * A rich notification's content, readable only with the private key of the subscription's certificate
 * (graph-contract 2.4): AES-256-CBC under a key of its own, that key under RSA-OAEP with SHA-1, HMAC-SHA256 over the result.
 */
export function encryptContent(
  content: object,
  { certificate, certificateId }: EncryptionCertificate,
  key: Uint8Array,
): Required<ChangeNotificationEncryptedContent> {
  const x509 = readCertificate(certificate)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16))
  const data = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()])
  const dataKey = publicEncrypt(
    { key: x509.publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
    key,
  )
  return {
    data: data.toString('base64'),
    dataSignature: createHmac('sha256', key).update(data).digest('base64'),
    dataKey: dataKey.toString('base64'),
    encryptionCertificateId: certificateId,
    encryptionCertificateThumbprint: x509.fingerprint.replaceAll(':', ''),
  }
}
