import type { Clock } from '../clock.ts'
import { DAY, MINUTE } from '../duration.ts'
import type { FolderStore } from '../store/folder-store.ts'
import type { InstanceStore } from './instance-store.ts'
import { SERVICE_VERSION } from '../version.ts'

export type HeartbeatParts = {
  instances: InstanceStore
  folders: FolderStore
  clock: Clock
  instanceId: string
  /** How often a heart beats. */
  housekeepingMs: number
  /** Told when nobody was awake: since when is not known. */
  onOutage: () => void
}

/** Whoever was not heard of for so long is not awake; three beats where beats are rare. */
const AWAKE_MS = MINUTE
const BEATS_MISSED = 3
const KEPT_MS = DAY

/**
 * Tells the other instances that this one is awake, and notices when nobody was: the service was down, or its store was.
 * Graph rings for four hours and then gives up, so after an outage every watched folder is looked at, and no silence is
 * taken for peace.
 */
export class Heartbeat {
  private readonly startedAt: Date
  /** Instances awake at the last beat, this one too. */
  sharers = 1

  constructor(private readonly parts: HeartbeatParts) {
    this.startedAt = parts.clock.now()
  }

  async beat(): Promise<void> {
    const { instances, folders, clock, instanceId: _id } = this.parts
    const awake = await this.awake()
    this.sharers = awake.filter((other) => other._id !== _id).length + 1
    if (awake.length === 0) {
      this.parts.onOutage()
      // Before the beat: dying in between, the next to wake finds nobody awake either and looks again.
      await folders.lookNow(clock.now())
    }
    const { startedAt } = this
    await instances.beat({ _id, version: SERVICE_VERSION, startedAt, seenAt: clock.now() })
    await instances.sweep(this.ago(KEPT_MS))
  }

  /** Every instance that is awake, this one too. */
  awake() {
    const awakeMs = Math.max(AWAKE_MS, BEATS_MISSED * this.parts.housekeepingMs)
    return this.parts.instances.seenAfter(this.ago(awakeMs))
  }

  private ago(ms: number): Date {
    return new Date(this.parts.clock.now().getTime() - ms)
  }
}
