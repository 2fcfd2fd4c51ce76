import type { Announcement } from '../../models/announcement.ts'
import type { LiveEvent } from '../../models/wire/email.ts'
import type { Clock } from '../clock.ts'
import type { LiveBus, Person } from '../crm/ports.ts'
import { SECOND } from '../duration.ts'
import type { AnnouncementStore } from './announcement-store.ts'

export type NeighbourParts = {
  /** Of this process. */
  bus: LiveBus
  announcements: AnnouncementStore
  instanceId: string
  clock: Clock
  /** Tells the consoles of this process. */
  show: (announcement: Announcement) => Promise<void>
  onError: (error: unknown) => void
}

const LOOK_EVERY_MS = SECOND
/** Clocks of instances differ, and an announcement takes its time to be written: so far back it is still found. */
const OVERLAP_MS = 10 * SECOND

/** What happens at other instances, for consoles that are open here. Looks only while somebody does. */
export class Neighbours implements LiveBus {
  private open = 0
  private stop: AbortController | null = null
  private ended = Promise.resolve()

  constructor(private readonly parts: NeighbourParts) {}

  subscribe(person: Person, listener: (event: LiveEvent) => void): () => void {
    const leave = this.parts.bus.subscribe(person, listener)
    this.open++
    if (this.open === 1) this.startLooking()
    return () => {
      leave()
      if (--this.open === 0) this.stop?.abort()
    }
  }

  /** Resolves when nothing is being looked up any more; before the database closes. */
  async idle(): Promise<void> {
    await this.ended
  }

  private startLooking(): void {
    const stop = new AbortController()
    this.stop = stop
    this.ended = this.ended.then(() => this.look(stop.signal))
  }

  private async look(signal: AbortSignal): Promise<void> {
    const { announcements, instanceId, clock, show, onError } = this.parts
    const openedAt = clock.now().getTime()
    let known = new Set<string>()
    while (!signal.aborted) {
      // What was told before anybody looked, the page has loaded itself.
      const since = new Date(Math.max(openedAt, clock.now().getTime() - OVERLAP_MS))
      try {
        const told = await announcements.fromOthers(instanceId, since)
        const fresh = told.filter(({ _id }) => !known.has(_id))
        known = new Set(told.map(({ _id }) => _id))
        for (const announcement of fresh) if (!signal.aborted) await show(announcement)
      } catch (error) {
        onError(error)
      }
      await clock.sleep(LOOK_EVERY_MS, signal)
    }
  }
}
