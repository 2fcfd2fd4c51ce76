import { crc32 } from 'node:zlib'

/** Seeded randomness (mulberry32): the same seed gives the same run, so a failing seed replays. */
export class Random {
  private state: number
  private readonly streams = new Map<string, Random>()

  constructor(readonly seed: number) {
    this.state = seed >>> 0
  }

  /**
   * The randomness of this name: how often and in which order others draw changes nothing of it. Needed where things go on
   * side by side, whose order within a moment is the machine's.
   */
  stream(name: string): Random {
    const stream = this.streams.get(name) ?? new Random(this.seed ^ crc32(name))
    this.streams.set(name, stream)
    return stream
  }

  /** A number in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = this.state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)]
    if (item === undefined) throw new Error('Random.pick needs at least one item')
    return item
  }

  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items]
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.between(0, last)
      const swap = shuffled[last] as T
      shuffled[last] = shuffled[other] as T
      shuffled[other] = swap
    }
    return shuffled
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.between(0, 255))
  }

  /** A version-4 shaped GUID. */
  guid(): string {
    const bytes = this.bytes(16)
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
    const hex = Buffer.from(bytes).toString('hex')
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      hex.slice(12, 16),
      hex.slice(16, 20),
      hex.slice(20),
    ].join('-')
  }
}
