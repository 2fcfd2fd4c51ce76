import type { Connection } from 'mongoose'
import {
  followUpModel,
  type FollowUpKind,
  type StoredFollowUp,
} from '../../models/follow-up/follow-up.ts'
import type { WorkspaceKeys } from '../keys/workspace-keys.ts'
import { opened, type FollowUp } from './follow-up-store.ts'

type Of = { workspaceId: string }

/** A contact is taken away: what is about nobody else goes with it. A meeting stays with those who logged it. */
export async function forgetContact(
  db: Connection,
  { workspaceId, contactId }: Of & { contactId: string },
): Promise<void> {
  const followUps = followUpModel(db)
  await followUps.deleteMany({
    workspaceId,
    contactIds: { $eq: [contactId] },
    kind: { $ne: 'meeting' as const },
  })
  await followUps.updateMany(
    { workspaceId, contactIds: contactId },
    { $pull: { contactIds: contactId }, $inc: { rev: 1 } },
  )
}

/** Everything about a person: what is written about their contacts, and meetings that they take part in. */
export class PersonalFollowUps {
  private readonly followUps

  constructor(db: Connection) {
    this.followUps = followUpModel(db)
  }

  async find(
    { workspaceId, keys }: Of & { keys: string[] },
    contactIds: string[],
  ): Promise<StoredFollowUp[]> {
    const $or = [{ contactIds: { $in: contactIds } }, { partyKeys: { $in: keys } }]
    return this.followUps.find({ workspaceId, $or }).lean()
  }

  /** For the person themselves. */
  async readable(keys: WorkspaceKeys, ids: string[]): Promise<object[]> {
    const { workspaceId } = keys
    const found = await this.followUps
      .find({ workspaceId, _id: { $in: ids } })
      .sort({ at: -1, _id: -1 })
      .lean()
    return found.map((document) => exported(opened(keys, document)))
  }

  async remove({ workspaceId }: Of, ids: string[]): Promise<void> {
    await this.followUps.deleteMany({
      workspaceId,
      $or: [{ _id: { $in: ids } }, { meetingId: { $in: ids } }],
    })
  }

  /** Of contacts that are gone: what was written while they went. */
  async removeOf({ workspaceId }: Of, contactIds: string[]): Promise<void> {
    await this.followUps.deleteMany({ workspaceId, contactIds: { $in: contactIds } })
  }

  /** They may quote mail that goes. */
  async removeAbout({ workspaceId }: Of, emailIds: string[]): Promise<void> {
    await this.followUps.deleteMany({ workspaceId, emailId: { $in: emailIds } })
  }
}

const exported = ({ _id: id, kind, at, dueOn, doneAt, content }: FollowUp<FollowUpKind>) => ({
  ...{ id, kind, at },
  ...(kind === 'task' && { dueOn, doneAt }),
  ...saidIn(content),
})

function saidIn(content: FollowUp<FollowUpKind>['content']): object {
  if ('text' in content) return { text: content.text }
  if ('title' in content) return { title: content.title }
  if ('history' in content)
    return { history: content.history.map(({ name, at }) => ({ stage: name, at })) }
  if ('stages' in content) return {}
  const { subject, startsAt, endsAt, organizer, attendees } = content
  return { subject, startsAt, endsAt, organizer, attendees }
}
