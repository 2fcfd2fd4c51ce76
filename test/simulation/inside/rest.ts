/** Turns of the event loop without any sign of life after which nothing more will happen by itself. */
const QUIET_TURNS = 4

/** Waits for something that time, not work, will bring. Given to work that {@link Rest} counts. */
export type Away = <T>(waiting: Promise<T>) => Promise<T>

/** Knows whether anything is under way, so that virtual time moves on only when all has come to rest. */
export class Rest {
  private underWay = 0
  private beats = 0

  /** Counts the work until it ends; what it waits for through `away` is not counted. */
  async during<T>(work: (away: Away) => Promise<T>): Promise<T> {
    this.begin()
    try {
      return await work(async (waiting) => {
        this.underWay--
        try {
          return await waiting
        } finally {
          this.begin()
        }
      })
    } finally {
      this.underWay--
    }
  }

  /** A sign of life. */
  beat(): void {
    this.beats++
  }

  readonly settle = async (): Promise<void> => {
    for (let quiet = 0, heard = this.beats; quiet < QUIET_TURNS; quiet++) {
      await new Promise((resolve) => setImmediate(resolve))
      if (this.underWay === 0 && this.beats === heard) continue
      quiet = -1
      heard = this.beats
    }
  }

  private begin(): void {
    this.underWay++
    this.beats++
  }
}
