import type { HostItem, MeetingItem } from '../messages.ts'
import { commonShape, emailDetails, type ShapeParts } from './common-shape.ts'
import type { Some } from './some.ts'
import { readBody } from './read-shape.ts'
import { had } from './since.ts'

/** A meeting that somebody was asked to. */
export function attendeeShape(parts: ShapeParts, item: HostItem & MeetingItem) {
  const { itemId, subject, location } = item
  return had('appointmentRead', parts.client, {
    ...commonShape(parts, item),
    itemType: 'appointment',
    itemClass: 'IPM.Appointment',
    itemId,
    subject,
    normalizedSubject: subject,
    location,
    organizer: emailDetails(item.organizer),
    requiredAttendees: item.required.map(emailDetails),
    optionalAttendees: item.optional.map(emailDetails),
    start: new Date(item.start),
    end: new Date(item.end),
    dateTimeCreated: new Date(item.start),
    attachments: [],
    body: readBody(parts, item),
  } satisfies Some<Office.AppointmentRead>)
}
