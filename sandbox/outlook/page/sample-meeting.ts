import type { Person } from '../outlook-mail.ts'
import type { MeetingItem } from './messages.ts'

const dora = { name: 'Dora Dreyer', address: 'dora@fabrikam.test' }

/** The twin has no calendar, so there is one meeting: Dora's, or one's own with her. */
export function sampleMeeting(me: Person, side: 'organizer' | 'attendee'): MeetingItem {
  const [organizer, guest] = side === 'organizer' ? [me, dora] : [dora, me]
  return {
    form: 'appointment-read',
    itemId: 'AAMk-meeting-1',
    subject: 'First delivery: who, when, where',
    organizer,
    required: [guest, { name: 'Bob Baker', address: 'bob@contoso.test' }],
    optional: [],
    location: 'Room 2',
    start: '2026-11-24T09:00:00.000Z',
    end: '2026-11-24T09:30:00.000Z',
  }
}
