import { createPublicKey } from 'node:crypto'
import { z } from 'zod'

const PublicKey = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() })
export type PublicKey = z.infer<typeof PublicKey>

const KeySet = z.object({ keys: z.array(z.unknown()) })

/**
 * The keys for statements in what somebody was given: a JSON Web Key, a set of them as the service publishes it, either
 * as text, or PEM. Keys of another kind are passed over; empty when there is none.
 */
export function publicKeysIn(given: unknown): PublicKey[] {
  if (typeof given === 'string')
    return publicKeysIn(given.includes('-----BEGIN') ? { keys: inPem(given) } : parsed(given))
  const candidates = KeySet.safeParse(given).data?.keys ?? [given]
  return candidates.flatMap((candidate) => PublicKey.safeParse(candidate).data ?? [])
}

const PEM_BLOCK = /-----BEGIN ([A-Z ]+)-----[^-]*-----END \1-----/g

function inPem(text: string): unknown[] {
  return (text.match(PEM_BLOCK) ?? []).map((pem) => {
    try {
      return createPublicKey(pem).export({ format: 'jwk' })
    } catch {
      return null
    }
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
