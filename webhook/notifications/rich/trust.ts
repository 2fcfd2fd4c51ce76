import type { Clock } from '../../clock.ts'
import { SECOND } from '../../duration.ts'
import type { Batch } from '../schema.ts'
import type { TokenVerdict, ValidationTokens } from './validation-tokens.ts'

/**
 * `believed`: what its items hold is Graph's. `bare`: nothing shows whose it is, or it holds nothing; its bells ring by
 * their own secret. `forged`: somebody claims to be Graph who is not, so nothing of it counts.
 */
export type Trust = 'believed' | 'bare' | 'forged'

/** Graph waits 3 s for the answer; whose keys come later is as good as bare. */
const KEYS_WITHIN_MS = SECOND

/**
 * Every token of a batch must be good, and every tenant that brings content must have one: one bad token among many
 * shows that somebody put the batch together (reliability D3). No tokens at all is what Graph does when the app's service
 * principal requires assignment (graph-contract 2.4).
 */
export async function trustIn(
  { notifications, validationTokens }: Batch,
  { tokens, clock }: { tokens: ValidationTokens; clock: Clock },
): Promise<Trust> {
  if (validationTokens.length === 0) return 'bare'
  const known = new AbortController()
  const verdicts = await Promise.race([
    Promise.all([...new Set(validationTokens)].map((token) => tokens.verdictOn(token))),
    clock.sleep(KEYS_WITHIN_MS, known.signal).then(() => open),
  ]).finally(() => known.abort())
  if (verdicts.some(({ kind }) => kind === 'bad')) return 'forged'
  if (verdicts.some(({ kind }) => kind === 'open')) return 'bare'
  const speakers = new Set(verdicts.map((verdict) => 'tenantId' in verdict && verdict.tenantId))
  const isSpokenFor = ({ tenantId = '' }: Batch['notifications'][number]) =>
    speakers.has(tenantId.toLowerCase())
  const withContent = notifications.filter(({ encryptedContent }) => encryptedContent)
  return withContent.every(isSpokenFor) ? 'believed' : 'forged'
}

const open: TokenVerdict[] = [{ kind: 'open' }]
