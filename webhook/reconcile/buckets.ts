import { hash } from 'node:crypto'

/** As many as keep a bucket of a million ids at a thousand. */
export const BUCKETS = 1_024

/**
 * A set of ids in a few kilobytes, however many: in each bucket their number and the xor of 64 bits of their hashes. Two
 * sets are equal when all buckets are; where they differ, their buckets do (a coincidence has odds of 1 in 2^64).
 * The order of adding does not matter. An id that is added twice shows as a difference.
 */
export class Buckets {
  private readonly counts = new Uint32Array(BUCKETS)
  private readonly xors = new Uint32Array(2 * BUCKETS)
  private added = 0

  static of(ids: Iterable<string>): Buckets {
    const buckets = new Buckets()
    for (const id of ids) buckets.add(id)
    return buckets
  }

  add(id: string): void {
    const digest = hashOf(id)
    const bucket = bucketIn(digest)
    this.counts[bucket] = this.countIn(bucket) + 1
    for (const half of [0, 1]) {
      const at = 2 * bucket + half
      this.xors[at] = (this.xors[at] ?? 0) ^ digest.readUInt32LE(4 + 4 * half)
    }
    this.added++
  }

  /** How many ids it holds. */
  get size(): number {
    return this.added
  }

  countIn(bucket: number): number {
    return this.counts[bucket] ?? 0
  }

  /** The buckets in which the two sets differ. */
  differingFrom(other: Buckets): number[] {
    return Array.from({ length: BUCKETS }, (_, bucket) => bucket).filter(
      (bucket) =>
        this.counts[bucket] !== other.counts[bucket] ||
        this.xors[2 * bucket] !== other.xors[2 * bucket] ||
        this.xors[2 * bucket + 1] !== other.xors[2 * bucket + 1],
    )
  }
}

/** Which bucket an id belongs to. */
export const bucketOf = (id: string): number => bucketIn(hashOf(id))

const hashOf = (id: string): Buffer => hash('sha256', id, 'buffer')

/** By other bits than those that are xored. */
const bucketIn = (digest: Buffer): number => digest.readUInt16LE(0) % BUCKETS
