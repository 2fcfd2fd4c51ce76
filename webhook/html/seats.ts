/** So many may be at it, so many may wait for that, and nobody else. */
export class Seats {
  private readonly waiting: (() => void)[] = []

  constructor(
    private free: number,
    private readonly mostWaiting: number,
  ) {}

  /** Resolves when there is a seat, with the way to leave it; with null when too many wait already. */
  async take(): Promise<(() => void) | null> {
    if (this.free > 0) this.free--
    else if (this.waiting.length >= this.mostWaiting) return null
    else await new Promise<void>((turn) => this.waiting.push(turn))
    return () => this.leave()
  }

  private leave(): void {
    const next = this.waiting.shift()
    if (next) next()
    else this.free++
  }
}
