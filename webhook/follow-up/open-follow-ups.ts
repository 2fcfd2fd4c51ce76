import type { Connection } from 'mongoose'
import type { LookFollowUps } from '../../models/wire/pane/look.ts'
import type { ContactStore } from '../contacts/store/contact-store.ts'
import type { Person } from '../crm/ports.ts'
import { FollowUpStore, type FollowUpStoreParts } from './follow-up-store.ts'
import { LogChoices, type LogChoicesParts } from './log-choices.ts'
import { MeetingsDesk, type MeetingsDeskParts } from './meetings-desk.ts'
import { NotesDesk, type NotesDeskParts } from './notes-desk.ts'
import { StagesDesk } from './stages-desk.ts'
import { presentNote, presentTask } from './present.ts'
import { TasksDesk } from './tasks-desk.ts'
import { Whose } from './whose.ts'

type Own = 'followUps' | 'whose' | 'notes' | 'matches'

export type FollowUpParts = FollowUpStoreParts &
  Omit<NotesDeskParts & MeetingsDeskParts & LogChoicesParts, Own> & {
    db: Connection
    contacts: ContactStore
    desks: { matches: LogChoicesParts['matches'] & MeetingsDeskParts['desks']['matches'] }
  }

/** What the routes need of follow-ups. */
export type FollowUpDesks = ReturnType<typeof openFollowUps>['followUpDesks']

/** What the pane shows beside a message: a few, as it is narrow. */
const MOST_TASKS = 20
const MOST_NOTES = 5

/** Notes, tasks, stages and meetings, put together in reading order. */
export function openFollowUps(parts: FollowUpParts) {
  const followUps = new FollowUpStore(parts)
  const whose = new Whose(parts)
  const shared = { ...parts, followUps, whose }
  const notes = new NotesDesk(shared)
  const tasks = new TasksDesk(shared)
  const stages = new StagesDesk(shared)
  const { matches } = parts.desks
  const logChoices = new LogChoices({ ...shared, notes, matches })
  const meetings = new MeetingsDesk({ ...shared, notes })

  /** Open tasks of contacts and notes, the newest first, and where each stands. */
  async function followUpsOf(
    person: Person,
    { contactIds, emailId }: { contactIds: string[]; emailId: string | null },
  ): Promise<LookFollowUps> {
    const { workspaceId } = person
    const all = await whose.withThoseBehind(workspaceId, contactIds)
    const isAny = contactIds.length > 0
    const open = { workspaceId, contactIds: all, isDone: false }
    const [{ stages: pipeline }, found, standing, ofEmail, ofContacts] = await Promise.all([
      stages.pipeline(person),
      isAny ? followUps.page('task', open, { limit: MOST_TASKS }) : [],
      stages.ofAll(person, contactIds),
      emailId === null ? [] : notes.newest(person, { emailId }, MOST_NOTES),
      isAny ? notes.newest(person, { contactIds: all }, MOST_NOTES) : [],
    ])
    const noted = new Map([...ofEmail, ...ofContacts].map((note) => [note._id, note]))
    const newest = [...noted.values()].sort((one, other) => other.at.getTime() - one.at.getTime())
    return {
      tasks: found.map(presentTask),
      notes: newest.slice(0, MOST_NOTES).map(presentNote),
      ...{ stages: standing, pipeline },
    }
  }

  return { followUpDesks: { notes, tasks, stages, meetings }, logChoices, followUpsOf }
}
