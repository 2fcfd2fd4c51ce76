import { GATE_FORGOTTEN_MS } from '../limits.ts'
import { MailboxGate, type GateParts } from './mailbox-gate.ts'

/** The gates of the mailboxes in use, so that all callers share a mailbox's places; those long unused are forgotten. */
export class MailboxGates {
  private readonly gates = new Map<string, MailboxGate>()
  private sweptAtMs: number

  constructor(private readonly parts: GateParts) {
    this.sweptAtMs = parts.clock.now().getTime()
  }

  /** Ask anew for each request: a gate that was kept might have been forgotten. */
  of(mailbox: string): MailboxGate {
    this.sweep()
    const gate = this.gates.get(mailbox) ?? new MailboxGate(this.parts)
    this.gates.set(mailbox, gate)
    return gate
  }

  get size(): number {
    return this.gates.size
  }

  private sweep(): void {
    const nowMs = this.parts.clock.now().getTime()
    if (nowMs - this.sweptAtMs < GATE_FORGOTTEN_MS) return
    this.sweptAtMs = nowMs
    for (const [mailbox, gate] of this.gates) if (gate.isForgettable()) this.gates.delete(mailbox)
  }
}
