import type { Clock } from '../../../webhook/clock.ts'
import { DAY, HOUR, MINUTE } from '../../../webhook/duration.ts'
import type { Random } from '../../random.ts'
import { AadstsError } from '../aadsts.ts'
import type { Accounts } from './accounts.ts'
import type { Person } from '../directory.ts'

/** An authorization code lives about ten minutes (graph-contract 7.1). */
const CODE_MS = 10 * MINUTE
/** Refresh tokens: 90 days unused, a day altogether for single-page apps (graph-contract 7.3). */
const REFRESH_MS = 90 * DAY
const SPA_REFRESH_MS = 24 * HOUR

export type CodeGrant = {
  clientId: string
  person: Person
  redirectUri: string
  /** Asked for at the authorize page; the token request may narrow it. */
  scope: string
  isSpa: boolean
  challenge?: string
  nonce?: string
}

export type RefreshGrant = {
  clientId: string
  person: Person
  isSpa: boolean
  expiresAt: Date
  revocationCount: number
}

/** Authorization codes and refresh tokens that are out in the world. */
export class Grants {
  private readonly codes = new Map<
    string,
    { grant: CodeGrant; expiresAt: Date; redeemed: boolean }
  >()
  private readonly refreshTokens = new Map<string, RefreshGrant>()

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly accounts: Accounts,
  ) {}

  issueCode(grant: CodeGrant): string {
    const code = `1.${this.secret()}`
    this.codes.set(code, { grant, expiresAt: this.in(CODE_MS), redeemed: false })
    return code
  }

  peekCode(code: string): CodeGrant | undefined {
    return this.codes.get(code)?.grant
  }

  /** The grant behind a code, which `check` may still refuse. Only a code that passed is used up. */
  redeemCode(code: string, check: (grant: CodeGrant) => void): CodeGrant {
    const issued = this.codes.get(code)
    if (!issued) throw new AadstsError(70000)
    if (issued.redeemed) throw new AadstsError(54005)
    if (issued.expiresAt <= this.clock.now()) throw new AadstsError(70008)
    check(issued.grant)
    issued.redeemed = true
    return issued.grant
  }

  /** A fresh refresh token; one that follows another of a single-page app keeps that one's end. */
  issueRefreshToken(
    grant: { clientId: string; person: Person; isSpa: boolean },
    end?: Date,
  ): { token: string; expiresAt: Date } {
    const token = `0.${this.secret()}`
    const expiresAt = grant.isSpa ? (end ?? this.in(SPA_REFRESH_MS)) : this.in(REFRESH_MS)
    this.refreshTokens.set(token, {
      ...grant,
      expiresAt,
      revocationCount: this.accounts.revocationCount(grant.person.oid),
    })
    return { token, expiresAt }
  }

  peekRefreshToken(token: string): RefreshGrant | undefined {
    return this.refreshTokens.get(token)
  }

  /** The grant behind a refresh token. It stays valid: using one does not revoke it (graph-contract 7.3). */
  useRefreshToken(token: string, clientId: string): RefreshGrant {
    const grant = this.refreshTokens.get(token)
    if (grant?.clientId !== clientId) throw new AadstsError(70000)
    if (grant.revocationCount < this.accounts.revocationCount(grant.person.oid))
      throw new AadstsError(50173)
    if (grant.expiresAt <= this.clock.now()) throw new AadstsError(grant.isSpa ? 700084 : 700082)
    return grant
  }

  private in(ms: number): Date {
    return new Date(this.clock.now().getTime() + ms)
  }

  private secret(): string {
    return Buffer.from(this.random.bytes(32)).toString('base64url')
  }
}
