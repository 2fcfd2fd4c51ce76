import type { Clock } from '../clock.ts'
import { HOUR, MINUTE } from '../duration.ts'
import type { Limit } from '../sync/decide/verdict.ts'
import type { Full, Room, RoomFor } from '../sync/policies.ts'
import { dayIn, nextDayIn } from './days.ts'
import type { Plan } from './plans.ts'
import type { UsageOf, UsageStore } from './usage-store.ts'

/** When the store is full, it is looked at again after this. */
const LOOK_AGAIN_MS = HOUR
/** A counter that has stood still for so long counts nothing that is still being written. */
const SETTLED_MS = 10 * MINUTE

export type PlanRoomParts = {
  usages: UsageStore
  plan: Plan
  /** How many e-mails the workspace has. */
  emails: { countIn(workspaceId: string): Promise<number> }
  clock: Clock
}

/** What a workspace has used, for people. */
export type Used = {
  day: { used: number; most: number | null; endsAt: Date }
  stored: { used: number; most: number | null }
}

/**
 * Room for new e-mails by the plan, taken before they are written and given back where they turn out to be known. So a
 * limit is never passed, whoever dies when; what a crash leaves taken and unused is found by counting again.
 */
export class PlanRoom implements Room {
  constructor(private readonly parts: PlanRoomParts) {}

  get isLimited(): boolean {
    const { emailsPerDay, emailsStored } = this.parts.plan
    return emailsPerDay !== null || emailsStored !== null
  }

  async take(of: RoomFor, count: number): Promise<{ granted: number; full: Full | null }> {
    const { plan } = this.parts
    const ofDay = await this.takeFrom(dayOf(of), plan.emailsPerDay, count)
    const ofStore = await this.takeFrom(storeOf(of), plan.emailsStored, ofDay.granted)
    await this.giveTo(dayOf(of), plan.emailsPerDay, ofDay.granted - ofStore.granted)
    if (ofStore.granted === count) return { granted: count, full: null }
    const limit = ofStore.granted < ofDay.granted ? 'storage-limit' : 'daily-limit'
    const { used } = limit === 'daily-limit' ? ofDay : ofStore
    return { granted: ofStore.granted, full: this.fullOf(of, limit, used) }
  }

  async left(of: RoomFor): Promise<{ left: number; full: Full | null }> {
    const { emailsPerDay, emailsStored } = this.parts.plan
    const day = await this.freeOf(dayOf(of), emailsPerDay)
    const store = await this.freeOf(storeOf(of), emailsStored)
    const left = Math.min(day.free, store.free)
    if (left > 0) return { left, full: null }
    const limit = day.free === 0 ? 'daily-limit' : 'storage-limit'
    const { used } = limit === 'daily-limit' ? day : store
    return { left, full: this.fullOf(of, limit, used) }
  }

  async giveBack(of: RoomFor, count: number): Promise<void> {
    const { plan } = this.parts
    await this.giveTo(dayOf(of), plan.emailsPerDay, count)
    await this.giveTo(storeOf(of), plan.emailsStored, count)
  }

  async removed(workspaceId: string, count: number): Promise<void> {
    await this.giveTo(storeOf({ workspaceId }), this.parts.plan.emailsStored, count)
  }

  /** Whether or not there is a limit. */
  async used(of: RoomFor): Promise<Used> {
    const { usages, plan, emails } = this.parts
    const day = await usages.read(dayOf(of), none)
    return {
      day: {
        ...{ used: day.used, most: plan.emailsPerDay },
        endsAt: nextDayIn(of.timeZone, of.at),
      },
      stored: { used: await emails.countIn(of.workspaceId), most: plan.emailsStored },
    }
  }

  private fullOf(of: RoomFor, limit: Limit, used: number): Full {
    const { emailsPerDay, emailsStored } = this.parts.plan
    return limit === 'daily-limit'
      ? { limit, used, most: emailsPerDay ?? 0, tryAgainAt: nextDayIn(of.timeZone, of.at) }
      : {
          ...{ limit, used, most: emailsStored ?? 0 },
          tryAgainAt: new Date(of.at.getTime() + LOOK_AGAIN_MS),
        }
  }

  private async freeOf(of: UsageOf, most: number | null) {
    if (most === null) return { free: Infinity, used: 0 }
    for (;;) {
      const usage = await this.read(of)
      const free = Math.max(0, most - usage.used)
      if (free > 0 || !(await this.recounted(of, usage))) return { free, used: usage.used }
    }
  }

  private async takeFrom(of: UsageOf, most: number | null, count: number) {
    if (most === null || count === 0) return { granted: count, used: 0 }
    for (;;) {
      const usage = await this.read(of)
      const granted = Math.min(count, Math.max(0, most - usage.used))
      if (granted < count && (await this.recounted(of, usage))) continue
      if (granted === 0) return { granted, used: usage.used }
      const used = usage.used + granted
      if (await this.parts.usages.change(usage, used)) return { granted, used }
    }
  }

  private async giveTo(of: UsageOf, most: number | null, count: number): Promise<void> {
    if (most === null || count <= 0) return
    for (;;) {
      const usage = await this.read(of)
      if (await this.parts.usages.change(usage, Math.max(0, usage.used - count))) return
    }
  }

  /** Whether counting what is there showed that more is free than the counter says. */
  private async recounted(
    { workspaceId, what }: UsageOf,
    usage: { _id: string; used: number; changedAt: Date },
  ): Promise<boolean> {
    const { usages, emails, clock } = this.parts
    const isSettled = usage.changedAt.getTime() + SETTLED_MS <= clock.now().getTime()
    if (what !== STORED || !isSettled) return false
    const count = await emails.countIn(workspaceId)
    return count < usage.used && (await usages.change(usage, count))
  }

  private read(of: UsageOf) {
    const { usages, emails } = this.parts
    return usages.read(of, of.what === STORED ? () => emails.countIn(of.workspaceId) : none)
  }
}

const dayOf = ({ workspaceId, timeZone, at }: RoomFor): UsageOf => ({
  workspaceId,
  what: `day ${dayIn(timeZone, at)}`,
})

const STORED = 'stored'
const storeOf = ({ workspaceId }: { workspaceId: string }): UsageOf => ({
  workspaceId,
  what: STORED,
})
const none = async () => 0
