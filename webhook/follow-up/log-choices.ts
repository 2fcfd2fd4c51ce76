import type { LogEmailRequest } from '../../models/wire/log-email.ts'
import type { AttachmentQueue } from '../attachments/attachment-queue.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import type { Clock } from '../clock.ts'
import type { MatchesDesk } from '../contacts/matching/matches-desk.ts'
import type { Person } from '../crm/ports.ts'
import type { NotesDesk } from './notes-desk.ts'
import type { Whose } from './whose.ts'

export type LogChoicesParts = {
  whose: Whose
  notes: NotesDesk
  matches: Pick<MatchesDesk, 'pin' | 'matches'>
  attachmentStore: Pick<AttachmentStore, 'leaveOut'>
  attachmentQueue: Pick<AttachmentQueue, 'again'>
  clock: Clock
}

/** What a person chose when they logged a message: whose it is, which files go along, and a note. Repeatable. */
export class LogChoices {
  constructor(private readonly parts: LogChoicesParts) {}

  /** Before anything is stored. Throws a NotFoundError when a contact is not there. */
  async check({ workspaceId }: Person, { pins = [] }: LogEmailRequest): Promise<void> {
    const contactIds = pins.map(({ contactId }) => contactId)
    await this.parts.whose.standing(workspaceId, contactIds)
  }

  /** Before the files are wanted, so that none is fetched that is not to come. */
  async keep(person: Person, request: LogEmailRequest, emailId: string): Promise<void> {
    const { matches, notes, attachmentStore, attachmentQueue, clock } = this.parts
    const { workspaceId, userId: byUserId } = person
    const { pins = [], leftOut, note = '' } = request
    if (leftOut) {
      await attachmentStore.leaveOut(leftOut, { workspaceId, emailId, byUserId, at: clock.now() })
      await attachmentQueue.again([emailId])
    }
    for (const pin of pins) await matches.pin(person, { emailId, ...pin })
    if (note === '') return
    const belonging = (await matches.matches(person, emailId)).matches
    const contactIds = belonging.map(({ contactId }) => contactId)
    await notes.keep(person, { contactIds, text: note }, { emailId })
  }
}
