/** Who sleeps until an instant. Whoever was woken early stays in line, and is passed over when their turn comes. */
export type Sleeper = { at: number; wake: () => void; isUp: boolean }

type Placed = Sleeper & { ticket: number }

/**
 * Sleepers in the order in which they wake: by their time, first come, first served at the same instant. A heap, as
 * thirty thousand may sleep at once.
 */
export class Sleepers {
  private readonly heap: Placed[] = []
  private tickets = 0

  add(at: number, wake: () => void): Sleeper {
    const sleeper = { at, wake, isUp: false, ticket: this.tickets++ }
    this.heap.push(sleeper)
    this.rise(this.heap.length - 1)
    return sleeper
  }

  /** Who wakes next; undefined: nobody sleeps. */
  first(): Sleeper | undefined {
    while (this.heap[0]?.isUp) this.takeFirst()
    return this.heap[0]
  }

  takeFirst(): void {
    const last = this.heap.pop()
    if (!last || this.heap.length === 0) return
    this.heap[0] = last
    this.sink()
  }

  private rise(from: number): void {
    for (let child = from; child > 0;) {
      const parent = (child - 1) >>> 1
      if (!this.isBefore(child, parent)) return
      this.swap(child, parent)
      child = parent
    }
  }

  private sink(): void {
    for (let parent = 0; ;) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2]
      const child = this.isBefore(right, left) ? right : left
      if (!this.isBefore(child, parent)) return
      this.swap(child, parent)
      parent = child
    }
  }

  /** What is not there is before nothing. */
  private isBefore(one: number, other: number): boolean {
    const [here, there] = [this.heap[one], this.heap[other]]
    if (!here || !there) return false
    return here.at < there.at || (here.at === there.at && here.ticket < there.ticket)
  }

  private swap(one: number, other: number): void {
    const [here, there] = [this.heap[one], this.heap[other]]
    if (!here || !there) return
    this.heap[one] = there
    this.heap[other] = here
  }
}
