import type {
  ContactStage,
  Meeting as WireMeeting,
  Note as WireNote,
  Task as WireTask,
} from '../../models/wire/contacts/follow-up.ts'
import type { StageChange } from '../../models/follow-up/follow-up.ts'
import type { FollowUp } from './follow-up-store.ts'

export const presentNote = ({ content, ...note }: FollowUp<'note'>): WireNote => ({
  ...{ id: note._id, contactIds: note.contactIds },
  ...{ emailId: note.emailId, meetingId: note.meetingId, text: content.text },
  by: { userId: note.byUserId, name: content.byName },
  version: note.rev,
  createdAt: note.at.toISOString(),
  updatedAt: note.updatedAt.toISOString(),
})

export const presentTask = ({ content, ...task }: FollowUp<'task'>): WireTask => ({
  ...{ id: task._id, contactId: task.contactIds[0] ?? '', title: content.title, dueOn: task.dueOn },
  owner: { userId: task.ownerUserId ?? task.byUserId, name: content.ownerName },
  by: { userId: task.byUserId, name: content.byName },
  doneAt: task.doneAt?.toISOString() ?? null,
  version: task.rev,
  createdAt: task.at.toISOString(),
})

export function presentStage(
  contactId: string,
  { history, version }: { history: StageChange[]; version: number },
): ContactStage {
  const told = history.map(({ stageId, name, at, byUserId, byName }) => ({
    stage: stageId === null ? null : { id: stageId, name },
    at,
    by: { userId: byUserId, name: byName },
  }))
  return { contactId, stage: told[0]?.stage ?? null, history: told, version }
}

export const presentMeeting = (
  { _id: id, contactIds, content }: FollowUp<'meeting'>,
  notes: FollowUp<'note'>[],
): WireMeeting => {
  const { loggedBy, ...told } = content
  return { id, contactIds, ...told, loggedBy, notes: notes.map(presentNote) }
}
