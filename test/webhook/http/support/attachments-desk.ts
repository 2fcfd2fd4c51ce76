import { Readable } from 'node:stream'
import type { AttachmentList } from '../../../../models/wire/attachment.ts'
import type { AttachmentDesk, Download } from '../../../../webhook/attachments/ports.ts'
import type { Person } from '../../../../webhook/crm/ports.ts'

/** Every e-mail has nothing attached, and gives a note when it is asked for something. */
export class AttachmentsInMemory implements AttachmentDesk {
  readonly asked: { person: Person; emailId: string }[] = []

  async of(person: Person, emailId: string): Promise<AttachmentList> {
    this.asked.push({ person, emailId })
    return { attachments: [], pending: null }
  }

  async download(person: Person, emailId: string): Promise<Download> {
    return this.note(person, emailId, 'text/plain')
  }

  async picture(person: Person, emailId: string): Promise<Download> {
    return this.note(person, emailId, 'image/png')
  }

  private note(person: Person, emailId: string, contentType: string): Download {
    this.asked.push({ person, emailId })
    return { name: 'note', contentType, size: 4, bytes: Readable.from([Buffer.from('note')]) }
  }
}
