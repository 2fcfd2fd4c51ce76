import { SignedStatement, type Statement } from '../../models/wire/statement.ts'
import { STATEMENT_TYPE } from './statement-signer.ts'
import { verifySigned } from './verify-signed.ts'

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
  const kind = { schema: SignedStatement, field: 'statement', type: STATEMENT_TYPE }
  const verdict = await verifySigned(document, keys, kind)
  if (verdict.isGood)
    return { isGood: true, statement: verdict.document.statement, keyId: verdict.keyId }
  const fault = verdict.fault === 'not-readable' ? 'not-a-statement' : verdict.fault
  return { isGood: false, fault, sentence: faults[fault] }
}
