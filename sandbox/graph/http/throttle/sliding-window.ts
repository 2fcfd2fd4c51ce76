/** How finely a window forgets: its sixtieth part. */
const SLOTS = 60

type Slot = { endsAt: number; amount: number }

/** Adds up what came within the last `windowMs`, to a sixtieth of it. */
export class SlidingWindow {
  private slots: Slot[] = []
  private total = 0

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
  ) {}

  /** Counts `amount` in any case, and returns the ms until the total is within the limit again: 0 when it is now. */
  add(nowMs: number, amount = 1): number {
    this.forget(nowMs)
    this.put(nowMs, amount)
    return this.waitMs(nowMs)
  }

  private put(nowMs: number, amount: number): void {
    const width = this.windowMs / SLOTS
    const endsAt = (Math.floor(nowMs / width) + 1) * width
    const last = this.slots.at(-1)
    if (last && last.endsAt >= endsAt) last.amount += amount
    else this.slots.push({ endsAt, amount })
    this.total += amount
  }

  private forget(nowMs: number): void {
    const kept = this.slots.findIndex((slot) => slot.endsAt + this.windowMs > nowMs)
    const gone = this.slots.splice(0, kept === -1 ? this.slots.length : kept)
    for (const slot of gone) this.total -= slot.amount
  }

  private waitMs(nowMs: number): number {
    let over = this.total - this.limit
    if (over <= 0) return 0
    for (const slot of this.slots) {
      over -= slot.amount
      if (over <= 0) return slot.endsAt + this.windowMs - nowMs
    }
    return this.windowMs
  }
}
