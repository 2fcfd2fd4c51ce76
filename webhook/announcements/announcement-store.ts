import { randomUUID } from 'node:crypto'
import type { Connection } from 'mongoose'
import { announcementModel, type Announcement } from '../../models/announcement.ts'
import type { Clock } from '../clock.ts'
import { MINUTE } from '../duration.ts'

/** Whoever has not looked by then loads the page anew. */
const KEPT_MS = MINUTE

/** What the instances tell each other for their open consoles. */
export class AnnouncementStore {
  private readonly announcements
  private readonly clock: Clock

  constructor({ db, clock }: { db: Connection; clock: Clock }) {
    this.announcements = announcementModel(db)
    this.clock = clock
  }

  /** A bell like any other: it may be lost, so nobody waits for a disk. */
  async add(announcement: Omit<Announcement, '_id' | 'at'>): Promise<void> {
    const document = { ...announcement, _id: randomUUID(), at: this.clock.now() }
    await this.announcements.create([document], { w: 1, j: false })
  }

  /** What other instances told since then, oldest first. */
  async fromOthers(instanceId: string, since: Date): Promise<Announcement[]> {
    return this.announcements
      .find({ at: { $gte: since }, instanceId: { $ne: instanceId } })
      .sort({ at: 1 })
      .lean()
  }

  async sweep(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_MS)
    await this.announcements.deleteMany({ at: { $lt: before } })
  }
}
