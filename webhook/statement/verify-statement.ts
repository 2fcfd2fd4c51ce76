import { isDeepStrictEqual } from 'node:util'
import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { z } from 'zod'
import { SignedStatement, type Statement } from '../../models/wire/statement.ts'
import { publicKeysIn, type PublicKey } from './public-keys.ts'
import { STATEMENT_ALGORITHM, STATEMENT_TYPE } from './statement-signer.ts'

/** `keyId` is the thumbprint of the key that signed. */
export type Verification =
  | { isGood: true; statement: Statement; keyId: string }
  | { isGood: false; fault: VerificationFault; sentence: string }

const faults = {
  'not-a-statement': 'This is not a statement of FlowCRM that this version can read.',
  'no-such-key':
    'It was signed with another key than those given. Take the keys from the service that made it.',
  'bad-signature': 'The signature is not good: it was altered, or made by somebody else.',
  altered: 'The readable part is not what was signed: it was altered afterwards.',
}
export type VerificationFault = keyof typeof faults

/**
 * Whether a document is a statement that the holder of one of these keys made, to the last figure. Needs no service and
 * no network: `keys` is a public JWK, a set of them as the service publishes it, or PEM.
 */
export async function verifyStatement(document: unknown, keys: unknown): Promise<Verification> {
  const read = SignedStatement.safeParse(document)
  if (!read.success) return bad('not-a-statement')
  const { statement, signature } = read.data
  const header = isExact(signature) ? headerOf(signature) : undefined
  if (header?.typ !== STATEMENT_TYPE) return bad('bad-signature')
  const key = await keyNamed(header.kid, keys)
  if (!key) return bad('no-such-key')
  const payload = await signedPayload(signature, key)
  if (payload === null) return bad('bad-signature')
  // Not `statement`, as read: a field that the schema would drop or mend must be seen, too.
  const shown: unknown = JSON.parse(JSON.stringify(Reflect.get(Object(document), 'statement')))
  return isDeepStrictEqual(payload, shown)
    ? { isGood: true, statement, keyId: header.kid }
    : bad('altered')
}

const bad = (fault: VerificationFault): Verification => ({
  isGood: false,
  fault,
  sentence: faults[fault],
})

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
