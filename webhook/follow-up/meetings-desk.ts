import type { Meeting as WireMeeting, MeetingPage } from '../../models/wire/contacts/follow-up.ts'
import type {
  LogMeetingRequest,
  MeetingLook,
  MeetingLookRequest,
} from '../../models/wire/pane/follow-up.ts'
import { actorOf, type Audit } from '../audit/audit.ts'
import type { Clock } from '../clock.ts'
import { cut, readCursor } from '../contacts/cursor.ts'
import type { Person } from '../crm/ports.ts'
import { ChangedMeanwhileError } from '../errors.ts'
import { idOf } from '../keys/ids.ts'
import type { Vault } from '../keys/vault.ts'
import type { Blind } from '../keys/workspace-keys.ts'
import { peopleIn, type PeopleParts } from '../pane/people-in.ts'
import type { HandLog } from '../rules/hand-log.ts'
import { addressKeysOf } from '../sync/page/ledger-facts.ts'
import type { FollowUp, FollowUpStore } from './follow-up-store.ts'
import type { NotesDesk } from './notes-desk.ts'
import { presentMeeting } from './present.ts'
import type { Whose } from './whose.ts'

export type MeetingsDeskParts = PeopleParts & {
  followUps: FollowUpStore
  whose: Whose
  notes: NotesDesk
  vault: Pick<Vault, 'of'>
  handLog: Pick<HandLog, 'check'>
  audit: Audit
  clock: Clock
}

type Meeting = FollowUp<'meeting'>

/** What a narrow pane has room for. */
const MOST_NOTES = 20
/** Two people who log the same meeting at once meet here; more than a few at a time do not. */
const MOST_TRIES = 5

/**
 * Meetings that people have logged, one for all who take part. Everybody in the workspace sees those of contacts, as they
 * see contacts; one without contacts only who has logged it.
 */
export class MeetingsDesk {
  constructor(private readonly parts: MeetingsDeskParts) {}

  async look(person: Person, request: MeetingLookRequest): Promise<MeetingLook> {
    const found = await this.find(person.workspaceId, request)
    const people = await peopleIn(this.parts, person, {
      request: { ...correspondenceOf(request), mailboxAddress: request.mailboxAddress },
      seen: null,
    })
    const isSeen = found !== null && mayBeSeenBy(person, found)
    return { logged: isSeen ? await this.present(person, found) : null, ...people }
  }

  /** Repeatable. Throws a KeptOutError where a rule, or an erasure, is worth more than a person's wish. */
  async log(person: Person, request: LogMeetingRequest): Promise<WireMeeting> {
    const { whose, notes, handLog, audit } = this.parts
    const { workspaceId } = person
    const contactIds = await whose.standing(workspaceId, request.contactIds)
    const { mailboxAddress, startsAt: sentAt } = request
    const mail = { ...correspondenceOf(request), mailboxAddress, sentAt, subject: '', bodyHtml: '' }
    await handLog.check(person, mail)
    const _id = await this.idOf(workspaceId, request)
    const object = { kind: 'meeting', id: _id }
    await audit.write({ workspaceId, who: actorOf(person), action: 'meeting-logged', object })
    const meeting = await this.put(person, { ...request, contactIds }, _id)
    const { note: text } = request
    if (text !== '') await notes.keep(person, { contactIds, text }, { meetingId: _id })
    return this.present(person, meeting)
  }

  async page(
    person: Person,
    contactId: string,
    { limit, cursor }: { limit: number; cursor: string | null },
  ): Promise<MeetingPage> {
    const { whose, followUps } = this.parts
    const { workspaceId } = person
    const standing = await whose.standing(workspaceId, [contactId])
    const contactIds = await whose.withThoseBehind(workspaceId, standing)
    const range = { limit: limit + 1, before: readCursor(cursor) }
    const found = await followUps.page('meeting', { workspaceId, contactIds }, range)
    const { items, nextCursor } = cut(found, limit, ({ at, _id: id }) => ({ at, id }))
    const meetings = await Promise.all(items.map((meeting) => this.present(person, meeting)))
    return { meetings, nextCursor }
  }

  private async put(person: Person, request: LogMeetingRequest, _id: string): Promise<Meeting> {
    const { followUps } = this.parts
    const { workspaceId } = person
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const known = await followUps.find('meeting', workspaceId, _id)
      const put = known
        ? await this.join(person, request.contactIds, known)
        : await this.create(person, request, _id)
      if (put) return put
    }
    throw new ChangedMeanwhileError()
  }

  private async create(person: Person, request: LogMeetingRequest, _id: string) {
    const { workspaceId, userId, displayName: name } = person
    const { subject, startsAt, endsAt, organizer, attendees, contactIds } = request
    const { blind } = await this.parts.vault.of(workspaceId)
    const loggedBy = [{ userId, name, at: this.parts.clock.now().toISOString() }]
    return this.parts.followUps.create('meeting', {
      ...{ _id, workspaceId, contactIds, byUserId: userId, at: new Date(startsAt) },
      partyKeys: addressKeysOf(blind, [correspondenceOf(request)]),
      content: { subject, startsAt, endsAt, organizer, attendees, loggedBy },
    })
  }

  /** Null: somebody was faster. */
  private async join(person: Person, more: string[], meeting: Meeting): Promise<Meeting | null> {
    const { userId, displayName: name } = person
    const { content } = meeting
    const contactIds = [...new Set([...meeting.contactIds, ...more])]
    const isKnown = content.loggedBy.some((each) => each.userId === userId)
    if (isKnown && contactIds.length === meeting.contactIds.length) return meeting
    const at = this.parts.clock.now().toISOString()
    const loggedBy = isKnown ? content.loggedBy : [...content.loggedBy, { userId, name, at }]
    return this.parts.followUps.change(meeting, { contactIds, content: { ...content, loggedBy } })
  }

  private async present(person: Person, meeting: Meeting): Promise<WireMeeting> {
    const which = { meetingId: meeting._id }
    return presentMeeting(meeting, await this.parts.notes.newest(person, which, MOST_NOTES))
  }

  private async find(workspaceId: string, request: MeetingLookRequest): Promise<Meeting | null> {
    const { followUps } = this.parts
    return followUps.find('meeting', workspaceId, await this.idOf(workspaceId, request))
  }

  private async idOf(workspaceId: string, request: MeetingLookRequest): Promise<string> {
    const { blind } = await this.parts.vault.of(workspaceId)
    return idOf('meeting', workspaceId, meetingIdentityOf(blind, request))
  }
}

/**
 * The same for everybody who takes part: by the calendar's own id where it is told, else by organizer, start and subject.
 * One of a series has its start besides; one that is moved to another time is another one.
 */
export function meetingIdentityOf(
  blind: Blind,
  { iCalUId, organizer, startsAt, subject }: MeetingLookRequest,
): string {
  const start = new Date(startsAt).toISOString()
  const words = subject.normalize('NFC').trim().toLowerCase().replaceAll(/\s+/g, ' ')
  const told = iCalUId ? [iCalUId] : [organizer?.address.trim().toLowerCase() ?? '', words]
  return blind('identity', JSON.stringify(['meeting', start, ...told]))
}

const mayBeSeenBy = ({ userId }: Person, { contactIds, content }: Meeting): boolean =>
  contactIds.length > 0 || content.loggedBy.some((each) => each.userId === userId)

/** Its people as those of a message. */
const correspondenceOf = ({ organizer, attendees }: MeetingLookRequest) => ({
  ...{ from: organizer, to: attendees, cc: [] },
  ...{ sender: null, bcc: [], replyTo: [] },
})
