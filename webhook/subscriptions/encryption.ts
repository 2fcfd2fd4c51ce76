import { X509Certificate } from 'node:crypto'
import type { Secrets } from '../config/config.ts'

/** A certificate as a subscription names it (graph-contract 2.4): base64 of its DER, and our name for it, its SHA-256. */
export function encryptionFor(
  rich: Secrets['richCertificate'],
): { certificate: string; certificateId: string } | null {
  if (!rich) return null
  const x509 = new X509Certificate(rich.certificatePem)
  return {
    certificate: x509.raw.toString('base64'),
    certificateId: x509.fingerprint256.replaceAll(':', '').toLowerCase(),
  }
}
