/** What a stored document is to its indexes: `order` is its place in the order of insertion. */
export type Ranked = { readonly order: number }
type Entry<T> = { key: string; item: T }

/** Long enough to keep the outer list short, short enough that a splice is cheap. */
const BUCKET_SIZE = 512

/** Entries in the order of key, then insertion: buckets found by bisection, so every step is logarithmic. */
export class SortedList<T extends Ranked> {
  private readonly buckets: Entry<T>[][] = [[]]

  add(key: string, item: T): void {
    const at = this.bucketOf(key, item.order)
    const bucket = this.buckets[at] ?? []
    bucket.splice(position(bucket, key, item.order), 0, { key, item })
    if (bucket.length <= BUCKET_SIZE) return
    // A list that grows at its end (ids, dates) leaves full buckets behind.
    const keep = at === this.buckets.length - 1 ? BUCKET_SIZE : BUCKET_SIZE / 2
    this.buckets.splice(at + 1, 0, bucket.splice(keep))
  }

  remove(key: string, item: T): void {
    const at = this.bucketOf(key, item.order)
    const bucket = this.buckets[at] ?? []
    bucket.splice(position(bucket, key, item.order), 1)
    if (bucket.length === 0 && this.buckets.length > 1) this.buckets.splice(at, 1)
  }

  /** The first item with exactly this key. */
  first(key: string): T | undefined {
    for (const { item } of this.range(key, key + '\u0000')) return item
    return undefined
  }

  /** How many there are from `from` (included) to `to` (not), without walking them. */
  count(from: string, to: string): number {
    const [first, last] = [this.bucketOf(from, -1), this.bucketOf(to, -1)]
    const before = position(this.buckets[first] ?? [], from, -1)
    let upTo = position(this.buckets[last] ?? [], to, -1)
    for (let at = first; at < last; at++) upTo += this.buckets[at]?.length ?? 0
    return Math.max(0, upTo - before)
  }

  /** From `from` (included) to `to` (not). */
  *range(from: string, to: string): Generator<Entry<T>> {
    let at = this.bucketOf(from, -1)
    let start = position(this.buckets[at] ?? [], from, -1)
    for (let bucket = this.buckets[at]; bucket; bucket = this.buckets[++at], start = 0) {
      for (let index = start; index < bucket.length; index++) {
        const entry = bucket[index] as Entry<T>
        if (entry.key >= to) return
        yield entry
      }
    }
  }

  /** The same entries from the end. */
  *rangeBackwards(from: string, to: string): Generator<Entry<T>> {
    let at = this.bucketOf(to, -1)
    let start = position(this.buckets[at] ?? [], to, -1) - 1
    for (let bucket = this.buckets[at]; bucket;) {
      for (let index = start; index >= 0; index--) {
        const entry = bucket[index] as Entry<T>
        if (entry.key < from) return
        yield entry
      }
      bucket = this.buckets[--at]
      start = (bucket?.length ?? 0) - 1
    }
  }

  /** The last bucket that begins at or before the place, or the first one. */
  private bucketOf(key: string, order: number): number {
    let [low, high] = [0, this.buckets.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      const head = this.buckets[middle]?.[0]
      if (head && isBefore(head, key, order + 1)) low = middle
      else high = middle - 1
    }
    return low
  }
}

const isBefore = (entry: Entry<Ranked>, key: string, order: number): boolean =>
  entry.key < key || (entry.key === key && entry.item.order < order)

function position(bucket: Entry<Ranked>[], key: string, order: number): number {
  let [low, high] = [0, bucket.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBefore(bucket[middle] as Entry<Ranked>, key, order)) low = middle + 1
    else high = middle
  }
  return low
}
