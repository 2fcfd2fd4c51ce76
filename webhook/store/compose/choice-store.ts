import type { Connection } from 'mongoose'
import { composeChoiceModel, type ComposeChoice } from '../../../models/compose-choice.ts'
import { idOf } from '../../keys/ids.ts'
import { createOnce } from '../duplicate.ts'

export type NewChoice = Omit<ComposeChoice, '_id'> & { id: string }

/** What people chose for messages that they wrote. */
export class ChoiceStore {
  private readonly choices

  constructor(db: Connection) {
    this.choices = composeChoiceModel(db)
  }

  /** Says it, or says it otherwise: the last word counts, by its time. False: it is somebody else's. */
  async put({ id, ...choice }: NewChoice): Promise<boolean> {
    const { workspaceId, userId, at, mailboxKey, log, track, copied } = choice
    const _id = choiceIdOf(workspaceId, id)
    if (await createOnce(() => this.choices.create({ _id, ...choice }))) return true
    await this.choices.updateOne(
      { _id, userId, at: { $lte: at } },
      { $set: { mailboxKey, log, track, copied, at } },
    )
    return (await this.choices.countDocuments({ _id, userId })) > 0
  }

  /** By the ids that drafts carry. */
  async of(workspaceId: string, ids: readonly string[]): Promise<Map<string, ComposeChoice>> {
    if (ids.length === 0) return new Map()
    const byId = new Map(ids.map((id) => [choiceIdOf(workspaceId, id), id]))
    const found = await this.choices.find({ _id: { $in: [...byId.keys()] } }).lean()
    return new Map(found.map((choice) => [byId.get(choice._id) ?? '', choice]))
  }
}

const choiceIdOf = (workspaceId: string, id: string) => idOf('compose-choice', workspaceId, id)
