/** The place of an item in the order of its folder; time in milliseconds since 1970. */
export type AgeKey = { receivedAt: number; immutable: number }

/**
 * The items of one folder, newest first on demand. What came and went since the last read is worked in then, all at
 * once, so that 200,000 messages stay cheap to read while they change.
 */
export class FolderItems<Item extends AgeKey> {
  private readonly members = new Set<Item>()
  private readonly newcomers = new Set<Item>()
  private oldestFirst: Item[] = []
  private someLeft = false

  get size(): number {
    return this.members.size
  }

  add(item: Item): void {
    this.members.add(item)
    this.newcomers.add(item)
  }

  remove(item: Item): void {
    this.members.delete(item)
    this.newcomers.delete(item)
    this.someLeft = true
  }

  [Symbol.iterator](): Iterator<Item> {
    return this.members.values()
  }

  /** Those older than `before` (or all), newest first. Where they start is found without walking there. */
  *newestFirst(before?: AgeKey): Generator<Item> {
    this.workIn()
    const sorted = this.oldestFirst
    for (let index = before ? countOlder(sorted, before) : sorted.length; index > 0;) {
      const item = sorted[--index]
      if (item) yield item
    }
  }

  private workIn(): void {
    if (this.someLeft) {
      // One that left and came back may be as old as it never was: its former place goes too.
      const stays = (item: Item) => this.members.has(item) && !this.newcomers.has(item)
      this.oldestFirst = this.oldestFirst.filter(stays)
      this.someLeft = false
    }
    if (this.newcomers.size === 0) return
    const before = this.oldestFirst.at(-1)
    const arrived = [...this.newcomers].sort(byAge)
    this.newcomers.clear()
    const [first] = arrived
    const belongAtEnd = !before || !first || byAge(before, first) < 0
    if (belongAtEnd) for (const item of arrived) this.oldestFirst.push(item)
    else this.oldestFirst = this.oldestFirst.concat(arrived).sort(byAge)
  }
}

const byAge = (a: AgeKey, b: AgeKey) => a.receivedAt - b.receivedAt || a.immutable - b.immutable

function countOlder(sorted: readonly AgeKey[], key: AgeKey): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const item = sorted[middle]
    if (item && byAge(item, key) < 0) low = middle + 1
    else high = middle
  }
  return low
}
