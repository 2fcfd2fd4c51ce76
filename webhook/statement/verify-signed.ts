import { isDeepStrictEqual } from 'node:util'
import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { z } from 'zod'
import { publicKeysIn, type PublicKey } from './public-keys.ts'
import { STATEMENT_ALGORITHM } from './statement-signer.ts'

/** `keyId` is the thumbprint of the key that signed. */
export type SignedVerdict<T> =
  { isGood: true; document: T; keyId: string } | { isGood: false; fault: SignatureFault }

export type SignatureFault = 'not-readable' | 'no-such-key' | 'bad-signature' | 'altered'

/** A document with its signature beside it; `field` is the readable part that was signed, under the header `type`. */
export type SignedKind<T extends { signature: string }> = {
  schema: z.ZodType<T>
  field: string
  type: string
}

/**
 * Whether the holder of one of these keys signed just that. Needs no service and no network: `keys` is a public JWK, a set
 * of them as the service publishes it, or PEM.
 */
export async function verifySigned<T extends { signature: string }>(
  given: unknown,
  keys: unknown,
  { schema, field, type }: SignedKind<T>,
): Promise<SignedVerdict<T>> {
  const read = schema.safeParse(given)
  if (!read.success) return { isGood: false, fault: 'not-readable' }
  const { signature } = read.data
  const header = isExact(signature) ? headerOf(signature) : undefined
  if (header?.typ !== type) return { isGood: false, fault: 'bad-signature' }
  const key = await keyNamed(header.kid, keys)
  if (!key) return { isGood: false, fault: 'no-such-key' }
  const payload = await signedPayload(signature, key)
  if (payload === null) return { isGood: false, fault: 'bad-signature' }
  // Not what was read: a field that the schema would drop or mend must be seen, too.
  const shown: unknown = JSON.parse(JSON.stringify(Reflect.get(Object(given), field)))
  return isDeepStrictEqual(payload, shown)
    ? { isGood: true, document: read.data, keyId: header.kid }
    : { isGood: false, fault: 'altered' }
}

/** One way to write each signature: decoders read past stray characters and unused bits. */
const isExact = (signature: string): boolean =>
  signature
    .split('.')
    .every((part) => Buffer.from(part, 'base64url').toString('base64url') === part)

const Header = z.object({ typ: z.string(), kid: z.string() })

function headerOf(signature: string) {
  try {
    return Header.safeParse(decodeProtectedHeader(signature)).data
  } catch {
    return undefined
  }
}

/** By its thumbprint and not by the name it is given: a name proves nothing. */
async function keyNamed(kid: string, keys: unknown): Promise<PublicKey | null> {
  for (const key of publicKeysIn(keys)) if ((await calculateJwkThumbprint(key)) === kid) return key
  return null
}

/** What was signed; null when the signature is not this key's. */
async function signedPayload(signature: string, key: PublicKey): Promise<unknown> {
  try {
    const publicKey = await importJWK(key, STATEMENT_ALGORITHM)
    const options = { algorithms: [STATEMENT_ALGORITHM] }
    const { payload } = await compactVerify(signature, publicKey, options)
    return JSON.parse(Buffer.from(payload).toString('utf8')) as unknown
  } catch {
    return null
  }
}
