import { realClock, type Clock } from '../../clock.ts'
import { MINUTE } from '../../duration.ts'

/** No token is used in its last minutes: a request takes its time to arrive. */
const SPARE_MS = 5 * MINUTE
/** Each is some 2 kB; whoever has more mailboxes than this on one instance opens the sealed cache again. */
const MOST = 5_000

type Known = { accessToken: string; until: number }

/**
 * Tokens at hand, by partition. MSAL's cache stays the source: this one spares opening a sealed document for each
 * request. In memory only.
 */
export class TokenMemo {
  private readonly known = new Map<string, Known>()

  constructor(private readonly clock: Clock) {}

  find(partition: string): string | null {
    const known = this.known.get(partition)
    if (known && known.until > this.clock.now().getTime()) return known.accessToken
    this.known.delete(partition)
    return null
  }

  /** MSAL counts in real time, whatever our clock says: so the time left is taken, not the hour. */
  keep(
    partition: string,
    { accessToken, expiresOn }: { accessToken: string; expiresOn: Date | null },
  ): void {
    const leftMs = (expiresOn?.getTime() ?? 0) - realClock.now().getTime() - SPARE_MS
    if (leftMs <= 0) return
    const [oldest] = this.known.keys()
    if (this.known.size >= MOST && oldest !== undefined) this.known.delete(oldest)
    this.known.set(partition, { accessToken, until: this.clock.now().getTime() + leftMs })
  }

  drop(partition: string): void {
    this.known.delete(partition)
  }
}
