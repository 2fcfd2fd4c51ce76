import type { Connection } from 'mongoose'
import {
  workspaceEndingModel,
  type WorkspaceEnding,
} from '../../../models/ending/workspace-ending.ts'
import { NEVER } from '../../../models/folder.ts'
import { WorkspaceEndedError } from '../../errors.ts'
import { createOnce } from '../../store/duplicate.ts'

export type NewEnding = Pick<
  WorkspaceEnding,
  'workspaceId' | 'at' | 'byUserId' | 'byRole' | 'counts'
>

/** Workspaces that have left, or are leaving. */
export class WorkspaceEndingStore {
  private readonly endings

  constructor(db: Connection) {
    this.endings = workspaceEndingModel(db)
  }

  /** From now on nobody comes in. False when it was ended before. */
  async begin(ending: NewEnding): Promise<boolean> {
    const { workspaceId: _id, at: dueAt } = ending
    return createOnce(() => this.endings.create({ ...ending, _id, dueAt, state: 'stopping' }))
  }

  async find(_id: string): Promise<WorkspaceEnding | null> {
    return this.endings.findOne({ _id }).lean()
  }

  /** Throws a WorkspaceEndedError. */
  async admit(_id: string): Promise<void> {
    if (await this.endings.exists({ _id })) throw new WorkspaceEndedError()
  }

  /** The one that has been due longest, put off so that one instance alone goes on with it. */
  async claim(now: Date, until: Date): Promise<WorkspaceEnding | null> {
    return this.endings
      .findOneAndUpdate(
        { dueAt: { $lte: now } },
        { $set: { dueAt: until } },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      )
      .lean()
  }

  async save(_id: string, changes: Partial<WorkspaceEnding>): Promise<void> {
    await this.endings.updateOne({ _id }, { $set: changes })
  }

  async advance(_id: string, count: number): Promise<void> {
    await this.endings.updateOne({ _id }, { $inc: { done: count } })
  }

  async finish(_id: string, endedAt: Date): Promise<void> {
    await this.save(_id, { state: 'ended', endedAt, dueAt: NEVER })
  }
}
