import {
  callerOf,
  claimsChallenge,
  invalidToken,
  type TokenCheck,
  type TokenClaims,
} from './access.ts'
import { accessDenied } from '../../errors.ts'
import type { Clock } from '../../../../webhook/clock.ts'
import type { Caller } from '../route.ts'

const LONG_AGO = new Date(0)

/**
 * Who gets in with which token (graph-contract 6.2, 7.3). It remembers what was taken back at the fault desk. Token times
 * are whole seconds, so tokens are taken back by what they are, not by their age: each one seen here until then.
 */
export class AccessGate {
  /** By user, or by app for a token without one. */
  private readonly seen = new Map<string, Set<string>>()
  private readonly expired = new Set<string>()
  /** By user or app: since when only a token that was asked for with the challenge's claims will do. */
  private readonly challengedAt = new Map<string, Date>()
  private readonly withoutConsent = new Set<string>()

  constructor(
    private readonly check: TokenCheck,
    private readonly clock: Clock,
  ) {}

  /** The tokens this user (or app) has shown so far count as expired. */
  expireTokens(principal: string): void {
    for (const token of this.seenOf(principal)) this.expired.add(token)
  }

  /**
   * From now on their tokens meet a claims challenge, if their client can answer one, until one comes that was asked for
   * with these claims; clients that cannot live on (graph-contract 7.3).
   */
  challengeTokens(principal: string): void {
    this.challengedAt.set(principal, this.clock.now())
  }

  revokeConsent(principal: string): void {
    this.withoutConsent.add(principal)
  }

  grantConsent(principal: string): void {
    this.withoutConsent.delete(principal)
  }

  /** Whose consent is revoked. */
  active(): string[] {
    return [...this.withoutConsent]
  }

  /** The caller behind an `Authorization` header, or a 401 or 403. */
  async admit(authorization: string | undefined): Promise<Caller> {
    const token = /^Bearer\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1]
    if (token === undefined) throw invalidToken('Access token is empty.')
    const claims = await this.check(token).catch(() => {
      throw invalidToken('CompactToken parsing failed or the token is not valid for this resource.')
    })
    const principal = claims.oid ?? claims.appId
    this.seen.set(principal, this.seenOf(principal).add(token))
    this.checkStillGood(token, claims, this.challengedAt.get(principal))
    if (this.withoutConsent.has(principal)) throw accessDenied()
    return callerOf(claims)
  }

  private checkStillGood(
    token: string,
    { expiresAt, capabilities, newerThan }: TokenClaims,
    challengedAt: Date | undefined,
  ): void {
    if (expiresAt <= this.clock.now() || this.expired.has(token)) {
      throw invalidToken('Lifetime validation failed, the token is expired.')
    }
    const canAnswer = capabilities.some((capability) => capability.toLowerCase() === 'cp1')
    if (challengedAt && canAnswer && (newerThan ?? LONG_AGO) < challengedAt)
      throw claimsChallenge(challengedAt)
  }

  private seenOf(principal: string): Set<string> {
    return this.seen.get(principal) ?? new Set()
  }
}
