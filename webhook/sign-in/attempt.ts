import { z } from 'zod'
import { MINUTE } from '../duration.ts'
import type { Sealer } from './sealed.ts'

/** Time to find a phone and type a code. */
export const ATTEMPT_MS = 15 * MINUTE

/** `connect-both-ways`: for a mailbox to which something is to go back. */
export const Purpose = z.enum(['sign-in', 'connect', 'connect-both-ways', 'admin-consent'])
export type Purpose = z.infer<typeof Purpose>

/** One trip to the authority. It travels sealed in the browser's own cookie, so that no other browser can finish it. */
const Attempt = z.object({
  purpose: Purpose,
  state: z.string(),
  nonce: z.string(),
  /** PKCE's secret half. */
  verifier: z.string(),
  returnTo: z.string(),
  /** Unix milliseconds. */
  endsAt: z.number(),
})
export type Attempt = z.infer<typeof Attempt>

const BOUND_TO = 'sign-in-attempt'

export const sealAttempt = (sealer: Sealer, attempt: Attempt): string =>
  sealer.seal(JSON.stringify(attempt), BOUND_TO)

/** Throws a SealBrokenError when the cookie is not ours as it was. */
export const openAttempt = (sealer: Sealer, cookie: string): Attempt =>
  Attempt.parse(JSON.parse(sealer.open(cookie, BOUND_TO)))
