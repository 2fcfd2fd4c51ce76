import type { HostItem, WrittenItem } from '../messages.ts'
import { askAbout, commonShape, type Ask, type ShapeParts } from './common-shape.ts'
import type { Some } from './some.ts'
import type { Client } from './clients.ts'
import { had } from './since.ts'

/** A message that somebody writes: what are values elsewhere are objects with getAsync (outlook-addin 2.2). */
export function composeShape(parts: ShapeParts, item: HostItem & WrittenItem) {
  const { client } = parts
  const ask = askAbout(parts, item)
  return had('messageCompose', client, {
    ...writtenShape(parts, item),
    itemType: 'message',
    conversationId: item.conversationId,
    to: recipients('to', client, ask),
    cc: recipients('cc', client, ask),
    bcc: recipients('bcc', client, ask),
    from: had('from', client, { getAsync: ask('from.getAsync', 0) } satisfies Some<Office.From>),
    getComposeTypeAsync: ask('getComposeTypeAsync', 0),
    internetHeaders: had('internetHeaders', client, {
      getAsync: ask('internetHeaders.getAsync', 1),
      setAsync: ask('internetHeaders.setAsync', 1),
      removeAsync: ask('internetHeaders.removeAsync', 1),
    } satisfies Some<Office.InternetHeaders>),
  } satisfies Some<Office.MessageCompose>)
}

/** A meeting that somebody arranges. */
export function organizerShape(parts: ShapeParts, item: HostItem) {
  const { client } = parts
  const ask = askAbout(parts, item)
  return had('appointmentCompose', client, {
    ...writtenShape(parts, item),
    itemType: 'appointment',
    start: { getAsync: ask('start.getAsync', 0, asDate) },
    end: { getAsync: ask('end.getAsync', 0, asDate) },
    location: { getAsync: ask('location.getAsync', 0) },
    organizer: { getAsync: ask('from.getAsync', 0) },
    requiredAttendees: recipients('to', client, ask),
    optionalAttendees: recipients('cc', client, ask),
  } satisfies Some<Office.AppointmentCompose>)
}

const asDate = (iso: string) => new Date(iso)

function writtenShape(parts: ShapeParts, item: HostItem) {
  const { client } = parts
  const ask = askAbout(parts, item)
  return {
    ...commonShape(parts, item),
    getAttachmentsAsync: ask('getAttachmentsAsync', 0),
    disableClientSignatureAsync: ask('disableClientSignatureAsync', 0),
    getItemIdAsync: ask('getItemIdAsync', 0),
    saveAsync: ask('saveAsync', 0),
    subject: had('subject', client, {
      getAsync: ask('subject.getAsync', 0),
      setAsync: ask('subject.setAsync', 1),
    } satisfies Some<Office.Subject>),
    body: had('body', client, {
      getAsync: ask('body.getAsync', 1),
      getTypeAsync: ask('body.getTypeAsync', 0),
      setAsync: ask('body.setAsync', 1),
      prependAsync: ask('body.prependAsync', 1),
      setSelectedDataAsync: ask('body.setSelectedDataAsync', 1),
      setSignatureAsync: ask('body.setSignatureAsync', 1),
    } satisfies Some<Office.Body>),
    sensitivityLabel: had('sensitivityLabel', client, {
      getAsync: ask('sensitivityLabel.getAsync', 0),
      setAsync: ask('sensitivityLabel.setAsync', 1),
    } satisfies Some<Office.SensitivityLabel>),
    sessionData: had('sessionData', client, {
      getAsync: ask('sessionData.getAsync', 1),
      setAsync: ask('sessionData.setAsync', 2),
    } satisfies Some<Office.SessionData>),
  } satisfies Some<Office.MessageCompose>
}

const recipients = (field: 'to' | 'cc' | 'bcc', client: Client, ask: Ask) =>
  had('recipients', client, {
    getAsync: ask(`${field}.getAsync`, 0),
    setAsync: ask(`${field}.setAsync`, 1),
    addAsync: ask(`${field}.addAsync`, 1),
  } satisfies Some<Office.Recipients>)
