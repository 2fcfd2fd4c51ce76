import type { EmailDetail, ReadState } from '../../../../models/wire/email-detail.ts'
import type { Person, ReadingDesk } from '../../../../webhook/crm/ports.ts'
import { NotFoundError } from '../../../../webhook/errors.ts'
import type { Shown } from '../../../../webhook/html/cleaner.ts'

const detail: EmailDetail = {
  ...{ id: 'email-1', subject: 'Offer', preview: 'Good morning.', hasAttachments: false },
  visibility: 'full',
  threadId: 'thread-1',
  readState: { isRead: false },
  ...{ from: null, sender: null, to: [], cc: [], bcc: [], replyTo: [], sightings: [] },
  ...{ sentAt: null, receivedAt: '2026-11-20T09:00:00.000Z' },
}

/** One e-mail that everybody may read, and what was asked of it. */
export class ReadingInMemory implements ReadingDesk {
  readonly asked: { person: Person; emailId: string; remote: 'block' | 'show' }[] = []
  shown: Shown = { state: 'clean', html: '<p>Hello</p>', blockedRemote: 2 }

  async detail(_person: Person, emailId: string): Promise<EmailDetail> {
    this.exists(emailId)
    return detail
  }

  async body(person: Person, emailId: string, remote: 'block' | 'show'): Promise<Shown> {
    this.exists(emailId)
    this.asked.push({ person, emailId, remote })
    return this.shown
  }

  async mark(_person: Person, emailId: string, state: ReadState): Promise<ReadState> {
    this.exists(emailId)
    return state
  }

  private exists(emailId: string): void {
    if (emailId !== detail.id) throw new NotFoundError()
  }
}
