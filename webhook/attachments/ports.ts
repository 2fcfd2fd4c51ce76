import type { Readable } from 'node:stream'
import type { AttachmentList } from '../../models/wire/attachment.ts'
import type { Person } from '../crm/ports.ts'

/** Bytes for a person. `name` and `contentType` are as the sender wrote them: nothing of them may be believed. */
export type Download = { name: string; contentType: string; size: number; bytes: Readable }

/** What the routes need done with attachments. Of somebody else's e-mail there are none: a NotFoundError. */
export type AttachmentDesk = {
  of(person: Person, emailId: string): Promise<AttachmentList>
  download(person: Person, emailId: string, attachmentId: string): Promise<Download>
  /** A picture in the text, by the name that its body's `cid:` gives. Only kinds that a browser shows and cannot run. */
  picture(person: Person, emailId: string, contentId: string): Promise<Download>
}
