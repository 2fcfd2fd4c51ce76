/** How finely a window forgets: its sixtieth part. */
const SLOTS = 60

/** Counts what came within the last `windowMs`, to a sixtieth of it, and never forgets too soon. */
export class RequestWindow {
  private slots: { endsAtMs: number; count: number }[] = []
  private total = 0

  constructor(private readonly parts: { limit: () => number; windowMs: number }) {}

  add(nowMs: number): void {
    const width = this.parts.windowMs / SLOTS
    const endsAtMs = (Math.floor(nowMs / width) + 1) * width
    const last = this.slots.at(-1)
    if (last && last.endsAtMs >= endsAtMs) last.count++
    else this.slots.push({ endsAtMs, count: 1 })
    this.total++
  }

  /** How many came within it. */
  countAt(nowMs: number): number {
    this.forget(nowMs)
    return this.total
  }

  /** Until there is room for one more; 0 when there is. */
  waitMs(nowMs: number): number {
    this.forget(nowMs)
    const oldest = this.slots[0]
    if (this.total < this.parts.limit() || !oldest) return 0
    return oldest.endsAtMs + this.parts.windowMs - nowMs
  }

  private forget(nowMs: number): void {
    const kept = this.slots.findIndex(({ endsAtMs }) => endsAtMs + this.parts.windowMs > nowMs)
    const gone = this.slots.splice(0, kept === -1 ? this.slots.length : kept)
    for (const { count } of gone) this.total -= count
  }
}
