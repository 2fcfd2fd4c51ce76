import type { Connection } from 'mongoose'
import { NEVER } from '../../../models/folder.ts'
import { erasureModel, noFigures, type Erasure } from '../../../models/people/erasure.ts'
import type { Clock } from '../../clock.ts'
import { MINUTE } from '../../duration.ts'
import { AppError } from '../../errors.ts'
import { idOf } from '../../keys/ids.ts'
import { createOnce } from '../../store/duplicate.ts'
import type { Subject } from '../subject.ts'

/** Whoever carries an erasure on says so at least this often; if not, others do. */
const OTHERS_AFTER_MS = MINUTE
/** What failed is tried again after this. */
const FAILED_WAITS_MS = 5 * MINUTE
const LISTED = 200

/** Another one carries the erasure on. */
export class ErasureMovedError extends AppError {
  readonly code = 'erasure-moved'
  readonly retry = 'later'
}

export type NewErasure = {
  subject: Subject
  by: Erasure['by']
  total: number
}

/** Erasures, under way and done; each is changed by compare-and-set alone. */
export class ErasureStore {
  private readonly erasures
  private readonly clock: Clock

  constructor({ db, clock }: { db: Connection; clock: Clock }) {
    this.erasures = erasureModel(db)
    this.clock = clock
  }

  /** Under which id it would be begun now: two who ask at once ask for the same one. */
  async idFor({ workspaceId, id: subject }: Subject): Promise<string> {
    const before = await this.erasures.find({ workspaceId, subject }).lean()
    const open = before.find(({ finishedAt }) => finishedAt === null)
    return open?._id ?? idOf('erasure', workspaceId, subject, String(before.length))
  }

  /** Durable when it resolves. One that is there already is the answer, as it is. */
  async begin(_id: string, { subject, by, total }: NewErasure): Promise<Erasure> {
    const now = this.clock.now()
    const { workspaceId, keys } = subject
    const begun: Erasure = {
      ...{ _id, workspaceId, subject: subject.id, keys, by, total, askedAt: now, dueAt: now },
      ...{ suppressedAt: null, step: 'suppressing', walkAt: null, foundAny: false },
      ...{ figures: noFigures(), stretch: null, blobIds: [], looks: 0, rev: 1 },
      ...{ finishedAt: null, report: null },
    }
    await createOnce(() => this.erasures.create(begun))
    return this.get(workspaceId, _id)
  }

  async find(workspaceId: string, _id: string): Promise<Erasure | null> {
    return this.erasures.findOne({ _id, workspaceId }).lean()
  }

  async get(workspaceId: string, _id: string): Promise<Erasure> {
    const erasure = await this.find(workspaceId, _id)
    if (!erasure) throw new Error('an erasure vanished')
    return erasure
  }

  /** The latest first. */
  async list(workspaceId: string): Promise<Erasure[]> {
    return this.erasures.find({ workspaceId }).sort({ askedAt: -1, _id: -1 }).limit(LISTED).lean()
  }

  /** Whether one of these keys is being erased, or looked for again, now. */
  async isErasing(workspaceId: string, keys: readonly string[]): Promise<boolean> {
    const open = { workspaceId, step: { $ne: 'done' as const }, keys: { $in: [...keys] } }
    return (await this.erasures.exists(open)) !== null
  }

  /** Nobody looks for these again; a look that begins just now fails at its first write. */
  async endLooks(workspaceId: string, keys: readonly string[]): Promise<void> {
    await this.erasures.updateMany(
      { workspaceId, step: 'done', keys: { $in: [...keys] } },
      { $set: { dueAt: NEVER }, $inc: { rev: 1 } },
    )
  }

  /** What has been due longest, or the named one whatever it waits for; ours until we are silent for a minute. */
  async claim(_id?: string): Promise<Erasure | null> {
    const due = _id === undefined ? { dueAt: { $lte: this.clock.now() } } : { _id }
    return this.erasures
      .findOneAndUpdate(
        due,
        { $set: { dueAt: this.later(OTHERS_AFTER_MS) }, $inc: { rev: 1 } },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      )
      .lean()
  }

  /** Throws an ErasureMovedError. */
  async save({ _id, rev }: Erasure, changes: Partial<Erasure>): Promise<Erasure> {
    const dueAt = changes.dueAt ?? this.later(OTHERS_AFTER_MS)
    const saved = await this.erasures
      .findOneAndUpdate(
        { _id, rev },
        { $set: { ...changes, dueAt }, $inc: { rev: 1 } },
        { returnDocument: 'after' },
      )
      .lean()
    if (!saved) throw new ErasureMovedError('Another instance carries this erasure on.')
    return saved
  }

  /** What failed waits, and holds up no other. */
  async postpone({ _id, rev }: Erasure): Promise<void> {
    const dueAt = this.later(FAILED_WAITS_MS)
    await this.erasures.updateOne({ _id, rev: { $gte: rev } }, { $set: { dueAt } })
  }

  private later(ms: number): Date {
    return new Date(this.clock.now().getTime() + ms)
  }
}
