/** Who died where. */
export class Tally {
  /** Times the store was killed, and a process stood still beyond its lease. */
  stores = 0
  stopped = 0
  private readonly met = new Map<string, number>()
  private readonly planned = new Map<string, number>()
  private atRandom = 0

  /** Kills that are done. */
  kills = 0
  private begun = 0

  constructor(
    private readonly wanted: number,
    /** Told how many kills are done, after each. */
    private readonly onKill: (done: number) => void,
  ) {}

  /** False when there were enough. */
  beginKill(): boolean {
    return ++this.begun <= this.wanted
  }

  /** How much is done, 0 to 1. */
  get progress(): number {
    return this.kills / this.wanted
  }

  /** Different crash points at which a process died. */
  get points(): number {
    return this.met.size
  }

  /** `point` is null when it did not die at one. */
  killed(point: string | null): void {
    if (point === null) this.atRandom++
    else this.met.set(point, (this.met.get(point) ?? 0) + 1)
    this.onKill(++this.kills)
  }

  /** The point that was planned least often, counting this one. */
  leastMet<T extends string>(points: readonly T[]): T {
    const plans = (point: T) => this.planned.get(point) ?? 0
    const least = points.reduce((best, point) => (plans(point) < plans(best) ? point : best))
    this.planned.set(least, plans(least) + 1)
    return least
  }

  lines(all: readonly string[]): string[] {
    const met = [...this.met].sort(([a], [b]) => a.localeCompare(b))
    const missed = all.filter((point) => !this.met.has(point))
    return [
      ...met.map(([point, count]) => `${String(count).padStart(4)} at ${point}`),
      `${String(this.atRandom).padStart(4)} at random moments`,
      `${met.length} of ${all.length} crash points met${missed.length > 0 ? `; not met: ${missed.join(', ')}` : ''}`,
      `the store killed ${this.stores} times, a process stopped beyond its lease ${this.stopped} times`,
    ]
  }
}
