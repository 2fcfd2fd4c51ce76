import type { MeetingLookRequest } from '../../models/wire/pane/follow-up.ts'
import { OfficeError } from './errors.ts'
import type { OfficeCall } from './host.ts'
import { ownerOf, partiesOf, partyOf } from './parties.ts'

/** A meeting that is open, to be read when somebody asks: its organizer may be changing it. */
export type OpenMeeting = { read: () => Promise<MeetingFacts> }

/** As it is at one moment, as far as Outlook tells. */
export type MeetingFacts = Omit<MeetingLookRequest, 'iCalUId'>

/** An attendee has plain values, its organizer objects that are asked (outlook-addin 2.2). */
type Asked<T> = { getAsync?: (done: (result: Office.AsyncResult<T>) => void) => void }
type People = Office.EmailAddressDetails[]
export type MeetingItem = Partial<Pick<Office.MessageRead, 'getSharedPropertiesAsync'>> & {
  subject?: string | Asked<string>
  start?: Date | Asked<Date>
  end?: Date | Asked<Date>
  organizer?: Office.EmailAddressDetails | Asked<Office.EmailAddressDetails>
  requiredAttendees?: People | Asked<People>
  optionalAttendees?: People | Asked<People>
}

/** The service takes no more, and Outlook tells of no more (outlook-addin 2.8). */
const MOST_PEOPLE = 1_000

/** Undefined for an appointment that does not tell when it is. */
export function createMeeting(
  { mailbox }: Office.Context,
  item: MeetingItem,
  call: OfficeCall,
): OpenMeeting | undefined {
  if (!item.start || !item.end) return undefined
  return {
    read: async () => {
      const mailboxAddress = await ownerOf(mailbox, item, call)
      const [subject, start, end, organizer, required, optional] = await Promise.all([
        valueOf(item.subject, call),
        valueOf(item.start, call),
        valueOf(item.end, call),
        valueOf(item.organizer, call),
        valueOf(item.requiredAttendees, call),
        valueOf(item.optionalAttendees, call),
      ])
      if (idOf(mailbox.item) !== idOf(item)) throw new OfficeError('message-changed')
      if (!start || !end) throw new OfficeError('outlook-failed')
      const attendees = [...partiesOf(required), ...partiesOf(optional)].slice(0, MOST_PEOPLE)
      return {
        ...{ mailboxAddress, subject: subject ?? '', attendees },
        ...{ startsAt: start.toISOString(), endsAt: end.toISOString() },
        // In the organizer's own form Outlook tells who that is from Mailbox 1.7 on; before, it is whose mailbox it is.
        organizer:
          partyOf(organizer) ?? (isOrganizers(item) ? { name: '', address: mailboxAddress } : null),
      }
    },
  }
}

/** One that is being written has none yet. */
const idOf = (item: unknown): unknown =>
  (item as { itemId?: unknown } | null | undefined)?.itemId ?? null

const isOrganizers = ({ start }: MeetingItem): boolean => start !== undefined && isAsked(start)

const isAsked = <T>(field: T | Asked<T>): field is Asked<T> =>
  typeof (field as Asked<T>).getAsync === 'function'

async function valueOf<T>(
  field: T | Asked<T> | undefined,
  call: OfficeCall,
): Promise<T | undefined> {
  if (field === undefined || !isAsked(field)) return field
  return call<T>((done) => field.getAsync?.(done))
}
