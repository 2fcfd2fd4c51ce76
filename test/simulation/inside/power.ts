import type { Clock } from '../../../webhook/clock.ts'
import type { CrashHook, CrashPoint } from '../../../webhook/crash-points.ts'

const never = new Promise<never>(() => undefined)

/** The state of one simulated process: everything it does to the world outside has to pass here. */
export class Power {
  isDead = false
  /** Until it is up, nothing happens to it: a process that does not start is started again. */
  isUp = false
  private thawed: Promise<void> | null = null
  private thaw: () => void = () => undefined
  private fuse: number | null = null
  private bomb: { point: CrashPoint; visits: number } | null = null

  constructor(private readonly onDeath: () => void) {}

  /** `kill -9`: whatever it was about to do does not happen. */
  kill(): void {
    if (this.isDead) return
    this.isDead = true
    this.onDeath()
  }

  /** SIGSTOP. */
  freeze(): void {
    this.thawed ??= new Promise((resolve) => (this.thaw = resolve))
  }

  /** SIGCONT. */
  unfreeze(): void {
    this.thaw()
    this.thawed = null
  }

  get isFrozen(): boolean {
    return this.thawed !== null
  }

  /** Dies at its n-th touch of the world from now. */
  dieAfter(touches: number): void {
    this.fuse = touches
  }

  /** Dies at the n-th visit of a crash point from now. */
  dieAt(point: CrashPoint, visits: number): void {
    this.bomb = { point, visits }
  }

  /** It is safe again, unless it is dead. */
  defuse(): void {
    this.fuse = null
    this.bomb = null
  }

  readonly crash: CrashHook = (point) => {
    if (this.bomb?.point !== point || --this.bomb.visits > 0) return
    this.kill()
    throw new Error(`killed at ${point}`) // nothing that follows can touch the world
  }

  /** Before and after each touch of the world: waits while frozen; for ever when dead. */
  async pass(): Promise<void> {
    if (this.fuse !== null && --this.fuse <= 0) this.kill()
    await this.awake()
  }

  async awake(): Promise<void> {
    while (this.thawed) await this.thawed
    if (this.isDead) await never
  }
}

/** The clock of one process: it may be wrong, and it does not wake the dead. */
export const ownClock = (clock: Clock, power: Power, skewMs: number): Clock => ({
  now: () => new Date(clock.now().getTime() + skewMs),
  sleep: async (ms, signal) => {
    await clock.sleep(ms, signal)
    await power.awake()
  },
})
