import { randomUUID } from 'node:crypto'
import type { Note as WireNote, NotePage } from '../../models/wire/contacts/follow-up.ts'
import type { PaneNote } from '../../models/wire/pane/follow-up.ts'
import { actorOf, type Audit } from '../audit/audit.ts'
import { cut, readCursor } from '../contacts/cursor.ts'
import type { EmailAccess } from '../crm/access/email-access.ts'
import type { Person } from '../crm/ports.ts'
import { ChangedMeanwhileError, ForbiddenError, NotFoundError } from '../errors.ts'
import { idOf } from '../keys/ids.ts'
import type { EmailStore } from '../store/email-store.ts'
import type { FollowUp, FollowUpStore, Which } from './follow-up-store.ts'
import { presentNote } from './present.ts'
import type { Whose } from './whose.ts'

export type NotesDeskParts = {
  followUps: FollowUpStore
  whose: Whose
  emails: Pick<EmailStore, 'findMany'>
  access: Pick<EmailAccess, 'levels'>
  audit: Audit
}

type Note = FollowUp<'note'>
type Seen = { id: string; version: number }
type PageQuery = { limit: number; cursor: string | null }
/** What a note is about; together with its text and writer it is the same note, however often it is sent. */
type About = Partial<Pick<Note, 'emailId' | 'meetingId'>>

/**
 * Notes. Everybody in the workspace reads those about contacts, as they read contacts; one about an e-mail only who may
 * see that e-mail in full, and who wrote it. Whoever wrote it changes it.
 */
export class NotesDesk {
  constructor(private readonly parts: NotesDeskParts) {}

  async page(person: Person, contactId: string, query: PageQuery): Promise<NotePage> {
    const { whose } = this.parts
    const { workspaceId } = person
    const standing = await whose.standing(workspaceId, [contactId])
    const contactIds = await whose.withThoseBehind(workspaceId, standing)
    return this.pageOf(person, { contactIds }, query)
  }

  async ofEmail(person: Person, emailId: string, query: PageQuery): Promise<NotePage> {
    await this.checkEmail(person, emailId)
    return this.pageOf(person, { emailId }, query)
  }

  private async pageOf(
    person: Person,
    about: Which,
    { limit, cursor }: PageQuery,
  ): Promise<NotePage> {
    const { followUps } = this.parts
    const which = { ...about, workspaceId: person.workspaceId }
    const before = readCursor(cursor)
    const found = await followUps.page('note', which, { limit: limit + 1, before })
    const { items, nextCursor } = cut(found, limit, ({ at, _id: id }) => ({ at, id }))
    return { notes: (await this.seenBy(person, items)).map(presentNote), nextCursor }
  }

  async find(person: Person, id: string): Promise<WireNote> {
    return presentNote(await this.get(person, id))
  }

  /** The newest, as far as this person may see them. */
  async newest(person: Person, which: Which, most: number): Promise<Note[]> {
    const { workspaceId } = person
    const found = await this.parts.followUps.page(
      'note',
      { ...which, workspaceId },
      { limit: most },
    )
    return this.seenBy(person, found)
  }

  /** From the pane, or the console. Throws a NotFoundError when a contact or the e-mail is not there for this person. */
  async write(person: Person, { contactIds, emailId, text }: PaneNote): Promise<WireNote> {
    const ids = await this.parts.whose.standing(person.workspaceId, contactIds)
    if (emailId !== null) await this.checkEmail(person, emailId)
    return presentNote(
      await this.add(person, { _id: randomUUID(), contactIds: ids, text }, { emailId }),
    )
  }

  /** Along with what is logged: the same words by the same person are the same note. */
  async keep(
    person: Person,
    { contactIds, text }: { contactIds: string[]; text: string },
    about: About,
  ): Promise<void> {
    const { workspaceId, userId } = person
    const _id = idOf('note', workspaceId, userId, JSON.stringify(about), text)
    const known = await this.parts.followUps.find('note', workspaceId, _id)
    if (!known) await this.add(person, { _id, contactIds, text }, about)
  }

  async change(person: Person, seen: Seen, text: string): Promise<WireNote> {
    const was = await this.own(person, seen)
    await this.note(person, 'note-changed', was._id)
    const changed = await this.parts.followUps.change(was, { content: { ...was.content, text } })
    if (!changed) throw new ChangedMeanwhileError()
    return presentNote(changed)
  }

  async remove(person: Person, seen: Seen): Promise<void> {
    const was = await this.own(person, seen)
    await this.note(person, 'note-deleted', was._id)
    if (!(await this.parts.followUps.remove(was))) throw new ChangedMeanwhileError()
  }

  /** The contact may go while this is written: whoever takes it away looks for notes after that, and so do we. */
  private async add(
    person: Person,
    { _id, contactIds, text }: { _id: string; contactIds: string[]; text: string },
    about: About,
  ): Promise<Note> {
    const { followUps, whose } = this.parts
    const { workspaceId, userId: byUserId, displayName: byName } = person
    await this.note(person, 'note-created', _id)
    const written = { _id, workspaceId, byUserId, contactIds, content: { text, byName } }
    const created = await followUps.create('note', { ...written, ...about })
    const note = created ?? (await followUps.find('note', workspaceId, _id))
    if (!note) throw new ChangedMeanwhileError()
    await whose.standing(workspaceId, contactIds).catch(async (error: unknown) => {
      await followUps.remove(note)
      throw error
    })
    return note
  }

  private async get(person: Person, id: string): Promise<Note> {
    const found = await this.parts.followUps.find('note', person.workspaceId, id)
    const [note] = found ? await this.seenBy(person, [found]) : []
    if (!note) throw new NotFoundError()
    return note
  }

  private async own(person: Person, { id, version }: Seen): Promise<Note> {
    const note = await this.get(person, id)
    if (note.byUserId !== person.userId)
      throw new ForbiddenError('Only the person who wrote this note can change it.')
    if (note.rev !== version) throw new ChangedMeanwhileError()
    return note
  }

  private async seenBy(person: Person, notes: Note[]): Promise<Note[]> {
    const ids = [...new Set(notes.flatMap(({ emailId }) => emailId ?? []))]
    const emails = ids.length > 0 ? await this.parts.emails.findMany(ids) : []
    const levels = await this.parts.access.levels(person, emails)
    return notes.filter(
      ({ emailId, byUserId }) =>
        emailId === null || byUserId === person.userId || levels.get(emailId) === 'full',
    )
  }

  private async checkEmail(person: Person, emailId: string): Promise<void> {
    const emails = await this.parts.emails.findMany([emailId])
    const level = (await this.parts.access.levels(person, emails)).get(emailId) ?? 'none'
    if (level === 'none') throw new NotFoundError()
  }

  private async note(
    person: Person,
    action: 'note-created' | 'note-changed' | 'note-deleted',
    id: string,
  ): Promise<void> {
    const { workspaceId } = person
    const object = { kind: 'note', id }
    await this.parts.audit.write({ workspaceId, who: actorOf(person), action, object })
  }
}
