import { randomUUID } from 'node:crypto'
import type { Connection } from 'mongoose'
import { matchingJobModel, type MatchingJob } from '../../../models/contacts/matching-job.ts'
import type { Clock } from '../../clock.ts'
import { MINUTE } from '../../duration.ts'

/** Whoever makes a change has carried on with its matching by then; if not, others do. */
const OTHERS_AFTER_MS = MINUTE
/** What failed is tried again after this. */
const FAILED_WAITS_MS = 5 * MINUTE

export type NewJob = Pick<MatchingJob, 'workspaceId' | 'domainKeys' | 'walks' | 'judgedKeys'>

/** Matching that is still to be done. */
export class MatchingJobStore {
  private readonly jobs

  constructor(private readonly parts: { db: Connection; clock: Clock }) {
    this.jobs = matchingJobModel(parts.db)
  }

  async add(job: NewJob): Promise<MatchingJob> {
    const added: MatchingJob = {
      ...{ ...job, _id: randomUUID(), walk: 0, behind: null, done: 0 },
      dueAt: new Date(this.parts.clock.now().getTime() + OTHERS_AFTER_MS),
    }
    await this.jobs.create(added)
    return added
  }

  /** Keeps where the job is; whoever comes next carries on. */
  async leave({ _id, walk, behind, done }: MatchingJob): Promise<void> {
    const dueAt = this.parts.clock.now()
    await this.jobs.updateOne({ _id }, { $set: { walk, behind, done, dueAt } })
  }

  async postpone({ _id }: Pick<MatchingJob, '_id'>): Promise<void> {
    const dueAt = new Date(this.parts.clock.now().getTime() + FAILED_WAITS_MS)
    await this.jobs.updateOne({ _id }, { $set: { dueAt } })
  }

  async remove({ _id }: Pick<MatchingJob, '_id'>): Promise<void> {
    await this.jobs.deleteOne({ _id })
  }

  async due(most: number): Promise<MatchingJob[]> {
    return this.jobs
      .find({ dueAt: { $lte: this.parts.clock.now() } })
      .sort({ dueAt: 1 })
      .limit(most)
      .lean()
  }
}
