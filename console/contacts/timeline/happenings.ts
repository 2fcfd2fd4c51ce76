import {
  ContactStage,
  MeetingPage,
  NotePage,
  TaskPage,
  type Meeting,
  type Note,
  type Task,
} from '../../../models/wire/contacts/follow-up.ts'
import { EmailPage, type Email } from '../../../models/wire/email.ts'
import type { Api } from '../../../ui/api/client.ts'
import { exactly } from '../../../ui/count.ts'
import { pathWith } from '../../paging/use-pages.ts'
import { MergedSources, type Dated, type Source } from './merged-sources.ts'

/** Something that happened with a contact. */
export type Happening = Dated & { key: string } & (
    | { kind: 'email'; email: Email }
    | { kind: 'note'; note: Note }
    | { kind: 'task-created' | 'task-done'; task: Task }
    | { kind: 'stage'; change: ContactStage['history'][number] }
    | { kind: 'meeting'; meeting: Meeting }
  )

const SHOWN_AT_ONCE = 30
/** As many as a page may have. */
const MOST_IN_PAGE = '200'

/** Everything that happened with a contact, in the order of its time. */
export function happeningsOf(api: Api, { id, path }: { id: string; path: string }) {
  const tasks = (query: Record<string, string | null>) =>
    api.get(pathWith('/api/v1/tasks', { contact: id, ...query }), TaskPage)

  const emails: Source<Happening> = async (cursor) => {
    const page = await api.get(pathWith(`${path}/emails`, { cursor }), EmailPage)
    const items = page.emails.map((email) => ({
      ...{ key: `email ${email.id}`, at: email.receivedAt, kind: 'email' as const, email },
    }))
    return { items, nextCursor: page.nextCursor, total: exactly(page.total) }
  }
  const notes: Source<Happening> = async (cursor) => {
    const page = await api.get(pathWith(`${path}/notes`, { cursor }), NotePage)
    const items = page.notes.map((note) => ({
      ...{ key: `note ${note.id}`, at: note.createdAt, kind: 'note' as const, note },
    }))
    return { items, nextCursor: page.nextCursor }
  }
  const created: Source<Happening> = async (cursor) => {
    const page = await tasks({ cursor })
    const items = page.tasks.map((task) => ({
      ...{ key: `task ${task.id}`, at: task.createdAt, kind: 'task-created' as const, task },
    }))
    return { items, nextCursor: page.nextCursor }
  }
  // Tasks come in the order in which they were made; one that was done yesterday can be years old. So all of them at once.
  const done: Source<Happening> = async () => {
    const all: Task[] = []
    for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
      const page: TaskPage = await tasks({ done: 'true', limit: MOST_IN_PAGE, cursor })
      all.push(...page.tasks)
      cursor = page.nextCursor
    }
    const items = all.flatMap((task) =>
      task.doneAt === null
        ? []
        : [{ key: `done ${task.id}`, at: task.doneAt, kind: 'task-done' as const, task }],
    )
    return { items: newestFirst(items), nextCursor: null }
  }
  const stages: Source<Happening> = async () => {
    const { history } = await api.get(`${path}/stage`, ContactStage)
    const items = history.map((change, at) => ({
      ...{ key: `stage ${history.length - at}`, at: change.at, kind: 'stage' as const, change },
    }))
    return { items: newestFirst(items), nextCursor: null }
  }
  const meetings: Source<Happening> = async (cursor) => {
    const page = await api.get(pathWith(`${path}/meetings`, { cursor }), MeetingPage)
    const items = page.meetings.map((meeting) => ({
      ...{ key: `meeting ${meeting.id}`, at: meeting.startsAt, kind: 'meeting' as const, meeting },
    }))
    return { items, nextCursor: page.nextCursor }
  }
  const all = [emails, notes, done, created, stages, meetings]
  return new MergedSources<Happening>(all, SHOWN_AT_ONCE)
}

const newestFirst = <T extends Dated>(items: T[]): T[] =>
  items.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
