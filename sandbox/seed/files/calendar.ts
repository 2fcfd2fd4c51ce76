import type { Address } from '../mime/headers.ts'

export type Meeting = {
  /** Names the meeting through all its updates. */
  uid: string
  method: 'REQUEST' | 'REPLY' | 'CANCEL' | 'PUBLISH'
  summary: string
  /** Start and end in UTC. */
  start: Date
  minutes: number
  location?: string
  organizer: Address
  attendees: readonly Address[]
  /** What the attendee of a REPLY says. */
  answer?: 'ACCEPTED' | 'DECLINED' | 'TENTATIVE'
  /** 0 at first; one more with each update. */
  sequence?: number
}

/** An iCalendar object with one event (RFC 5545, methods of RFC 5546). */
export function anIcs(meeting: Meeting): string {
  const { uid, method, summary, start, minutes, organizer, attendees, sequence = 0 } = meeting
  const end = new Date(start.getTime() + minutes * 60_000)
  const answer = meeting.answer ?? 'NEEDS-ACTION'
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Contoso//Coffee Calendar//EN',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${utc(new Date(start.getTime() - 86_400_000))}`,
    `DTSTART:${utc(start)}`,
    `DTEND:${utc(end)}`,
    `SUMMARY:${escapeText(summary)}`,
    ...(meeting.location ? [`LOCATION:${escapeText(meeting.location)}`] : []),
    `ORGANIZER;CN="${organizer.name ?? organizer.address}":mailto:${organizer.address}`,
    ...attendees.map(
      ({ name, address }) =>
        `ATTENDEE;CN="${name ?? address}";PARTSTAT=${answer};RSVP=TRUE:mailto:${address}`,
    ),
    `STATUS:${method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${fold(line)}\r\n`).join('')
}

const utc = (date: Date) => `${date.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
const escapeText = (text: string) => text.replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n')
/** RFC 5545 3.1: at most 75 octets a line. Our lines that long are ASCII. */
const fold = (line: string) => line.replace(/(.{74})(?=.)/g, '$1\r\n ')
