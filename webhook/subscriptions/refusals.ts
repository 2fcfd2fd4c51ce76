import type { Clock } from '../clock.ts'
import { MINUTE } from '../duration.ts'

const LONGEST_WAIT_MS = 30 * MINUTE

/**
 * A subscription that is refused again and again, for a full quota, a policy or a quarantine (graph-contract 9 #6, #8), is
 * asked for less and less often: at once, then after 2, 4 … 30 minutes. Its folder is read every minute meanwhile. Only
 * this instance knows: a start is a good moment to ask again.
 */
export class Refusals {
  private readonly byFolder = new Map<string, { times: number; notBeforeMs: number }>()

  constructor(private readonly clock: Clock) {}

  mayAsk(folderId: string): boolean {
    return this.nowMs() >= (this.byFolder.get(folderId)?.notBeforeMs ?? 0)
  }

  add(folderId: string): void {
    const times = (this.byFolder.get(folderId)?.times ?? 0) + 1
    const waitMs = times === 1 ? 0 : Math.min(MINUTE * 2 ** (times - 1), LONGEST_WAIT_MS)
    this.byFolder.set(folderId, { times, notBeforeMs: this.nowMs() + waitMs })
  }

  forget(folderId: string): void {
    this.byFolder.delete(folderId)
  }

  /** Somebody has changed what they may have been about. */
  forgetAll(): void {
    this.byFolder.clear()
  }

  private nowMs(): number {
    return this.clock.now().getTime()
  }
}
