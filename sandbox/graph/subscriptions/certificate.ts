import { X509Certificate } from 'node:crypto'
import { certificateRejected, invalidRequest } from './errors.ts'
import { CERTIFICATE_BITS } from './limits.ts'
import type { EncryptionCertificate } from './subscription.ts'

/** The certificate in the base64 text of `encryptionCertificate`; RSA of 2,048 to 4,096 bits or refused (graph-contract 2.4). */
export function readCertificate(base64: string): X509Certificate {
  const certificate = parse(base64)
  const bits = certificate.publicKey.asymmetricKeyDetails?.modulusLength ?? 0
  const isRsa = certificate.publicKey.asymmetricKeyType === 'rsa'
  if (!isRsa || bits < CERTIFICATE_BITS.min || bits > CERTIFICATE_BITS.max)
    throw certificateRejected()
  return certificate
}

function parse(base64: string): X509Certificate {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'))
  } catch {
    throw certificateRejected()
  }
}

type CertificateFields = Partial<
  Record<'encryptionCertificate' | 'encryptionCertificateId', string | undefined>
>

/** The certificate of a body, checked; undefined when it has none. */
export function encryptionOf(body: CertificateFields): EncryptionCertificate | undefined {
  const { encryptionCertificate, encryptionCertificateId } = body
  if (encryptionCertificate === undefined) return undefined
  if (encryptionCertificateId === undefined) throw certificateRejected()
  readCertificate(encryptionCertificate)
  return { certificate: encryptionCertificate, certificateId: encryptionCertificateId }
}

/** graph-contract 2.4, literal of 1.6. */
export function checkRich(
  encryption: EncryptionCertificate | undefined,
  select: readonly string[] | undefined,
): void {
  if (!encryption) throw certificateRejected()
  if (select) return
  throw invalidRequest(
    'select clause should be present in query string to support rich notifications',
  )
}
