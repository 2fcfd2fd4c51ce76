import type { Clock } from '../../../webhook/clock.ts'
import type { Random } from '../../random.ts'
import { AadstsError } from '../aadsts.ts'
import { personByOid, type Person } from '../directory.ts'

/** What may change about people while the sandbox runs: who is signed in, disabled, revoked. */
export class Accounts {
  private readonly sessions = new Map<string, string>()
  private readonly disabled = new Set<string>()
  private readonly revocations = new Map<string, { count: number; at: Date }>()

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Remembers a signed-in person; the answer is the cookie's value. */
  startSession(person: Person): string {
    const id = Buffer.from(this.random.bytes(24)).toString('base64url')
    this.sessions.set(id, person.oid)
    return id
  }

  personOfSession(id: string | undefined): Person | undefined {
    const oid = id && this.sessions.get(id)
    return oid ? personByOid(oid) : undefined
  }

  endSession(id: string | undefined): void {
    if (id) this.sessions.delete(id)
  }

  disable({ oid }: Person): void {
    this.disabled.add(oid)
  }

  enable({ oid }: Person): void {
    this.disabled.delete(oid)
  }

  /** "Revoke sessions" of the admin center: refresh tokens die (50173), access tokens too where CAE is asked. */
  revokeSessions({ oid }: Person): void {
    this.revocations.set(oid, { count: this.revocationCount(oid) + 1, at: this.clock.now() })
    for (const [id, owner] of this.sessions) if (owner === oid) this.sessions.delete(id)
  }

  /** Counted, not timed, so that signing in again in the same instant of a standing clock gives a good grant. */
  revocationCount(oid: string): number {
    return this.revocations.get(oid)?.count ?? 0
  }

  /** Whether an access token from then is revoked mid-life (CAE, graph-contract 7.3). Token times are whole seconds. */
  isRevoked(oid: string, issuedAt: Date): boolean {
    const revokedAt = this.revocations.get(oid)?.at
    return this.disabled.has(oid) || (revokedAt !== undefined && issuedAt <= revokedAt)
  }

  /** Throws what Entra answers for somebody who cannot sign in (any more). */
  assertUsable(person: Person): void {
    if (person.kind === 'shared-mailbox') throw new AadstsError(50034, 'It is a shared mailbox.')
    if (this.disabled.has(person.oid)) throw new AadstsError(50057)
  }
}
