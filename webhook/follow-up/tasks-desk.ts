import { randomUUID } from 'node:crypto'
import type {
  ChangeTask,
  NewTask,
  Task as WireTask,
  TaskPage,
} from '../../models/wire/contacts/follow-up.ts'
import { actorOf, type Audit } from '../audit/audit.ts'
import type { Clock } from '../clock.ts'
import { cut, readCursor } from '../contacts/cursor.ts'
import type { Person } from '../crm/ports.ts'
import { ChangedMeanwhileError, NotFoundError } from '../errors.ts'
import type { FollowUp, FollowUpStore } from './follow-up-store.ts'
import { presentTask } from './present.ts'
import type { Whose } from './whose.ts'

export type TasksDeskParts = {
  followUps: FollowUpStore
  whose: Whose
  audit: Audit
  clock: Clock
}

/** `contact`: of that one; `mine`: this person is to do them; `done`: those that are, or are not. Null: whichever. */
export type TaskQuery = {
  contact: string | null
  mine: boolean
  done: boolean | null
  limit: number
  cursor: string | null
}

type Seen = { id: string; version: number }

/** Tasks: everybody in the workspace sees and changes them, as colleagues do each other's work. */
export class TasksDesk {
  constructor(private readonly parts: TasksDeskParts) {}

  async page(person: Person, { contact, mine, done, ...query }: TaskQuery): Promise<TaskPage> {
    const { workspaceId, userId } = person
    const which = {
      workspaceId,
      ...(mine && { ownerUserId: userId }),
      ...(done !== null && { isDone: done }),
      ...(contact !== null && { contactIds: await this.idsOf(workspaceId, contact) }),
    }
    const { limit, cursor } = query
    const range = { limit: limit + 1, before: readCursor(cursor) }
    const found = await this.parts.followUps.page('task', which, range)
    const { items, nextCursor } = cut(found, limit, ({ at, _id: id }) => ({ at, id }))
    return { tasks: items.map(presentTask), nextCursor }
  }

  async find({ workspaceId }: Person, id: string): Promise<WireTask> {
    return presentTask(await this.get(workspaceId, id))
  }

  async create(person: Person, { contactId, title, dueOn }: NewTask): Promise<WireTask> {
    const { followUps, whose } = this.parts
    const { workspaceId, userId, displayName } = person
    const contactIds = await whose.standing(workspaceId, [contactId])
    const _id = randomUUID()
    await this.note(person, 'task-created', _id)
    const task = await followUps.create('task', {
      ...{ _id, workspaceId, contactIds, dueOn, byUserId: userId, ownerUserId: userId },
      content: { title, byName: displayName, ownerName: displayName },
    })
    if (!task) throw new ChangedMeanwhileError()
    await whose.standing(workspaceId, contactIds).catch(async (error: unknown) => {
      await followUps.remove(task) // the contact went meanwhile, and with it what is about it
      throw error
    })
    return presentTask(task)
  }

  async change(person: Person, seen: Seen, changes: ChangeTask): Promise<WireTask> {
    const { followUps, clock } = this.parts
    const was = await this.asSeen(person, seen)
    const { title = was.content.title, dueOn = was.dueOn, done, takeOver } = changes
    const doneAt = done === undefined ? was.doneAt : done ? (was.doneAt ?? clock.now()) : null
    await this.note(person, 'task-changed', was._id)
    const changed = await followUps.change(was, {
      ...{ dueOn, doneAt },
      ...(takeOver && { ownerUserId: person.userId }),
      content: { ...was.content, title, ...(takeOver && { ownerName: person.displayName }) },
    })
    if (!changed) throw new ChangedMeanwhileError()
    return presentTask(changed)
  }

  async remove(person: Person, seen: Seen): Promise<void> {
    const was = await this.asSeen(person, seen)
    await this.note(person, 'task-deleted', was._id)
    if (!(await this.parts.followUps.remove(was))) throw new ChangedMeanwhileError()
  }

  private async get(workspaceId: string, id: string): Promise<FollowUp<'task'>> {
    const task = await this.parts.followUps.find('task', workspaceId, id)
    if (!task) throw new NotFoundError()
    return task
  }

  private async asSeen({ workspaceId }: Person, { id, version }: Seen): Promise<FollowUp<'task'>> {
    const task = await this.get(workspaceId, id)
    if (task.rev !== version) throw new ChangedMeanwhileError()
    return task
  }

  private async idsOf(workspaceId: string, contactId: string): Promise<string[]> {
    const { whose } = this.parts
    return whose.withThoseBehind(workspaceId, await whose.standing(workspaceId, [contactId]))
  }

  private async note(
    person: Person,
    action: 'task-created' | 'task-changed' | 'task-deleted',
    id: string,
  ): Promise<void> {
    const { workspaceId } = person
    const object = { kind: 'task', id }
    await this.parts.audit.write({ workspaceId, who: actorOf(person), action, object })
  }
}
