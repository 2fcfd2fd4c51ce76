import { randomUUID } from 'node:crypto'
import { Readable, pipeline } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { Attachment } from '../../attachments/attachment-store.ts'
import type { BlobStore } from '../../attachments/blob-store.ts'
import type { Subject as WireSubject } from '../../../models/wire/people/erasure.ts'
import type { Audit } from '../../audit/audit.ts'
import type { Clock } from '../../clock.ts'
import type { Asking } from '../erasure/erasure-desk.ts'
import { recognising, type Subject } from '../subject.ts'
import type { SubjectContacts } from '../subject-contacts.ts'
import type { Subjects } from '../subjects.ts'
import { ArchiveFiles } from './archive.ts'
import {
  accountsOf,
  attachmentPath,
  auditOf,
  emailsOf,
  presentAccount,
  presentAudit,
  presentContact,
  presentExported,
  presentSuggestion,
  type RecordParts,
} from './records.ts'
import { tar, type TarEntry } from './tar.ts'

export type ExportDeskParts = RecordParts & {
  subjects: Subjects
  people: SubjectContacts
  blobs: BlobStore
  audit: Audit
  clock: Clock
}

/** All that is known of a person, in one archive: for administrators and whoever runs the service. */
export class ExportDesk {
  constructor(private readonly parts: ExportDeskParts) {}

  /** A tar archive, gzipped, as it is read from the store. That somebody takes it along is written down first. */
  async export({ workspaceId, who }: Asking, asked: WireSubject): Promise<Readable> {
    const { subjects, traces, audit } = this.parts
    const subject = await subjects.find(workspaceId, asked)
    await audit.write({
      ...{ workspaceId, who, action: 'person-exported' },
      object: { kind: 'export', id: randomUUID() },
      details: { emails: await traces.countEmails(subject), spellings: subject.keys.length },
    })
    const archive = Readable.from(tar(this.files(subject)), { highWaterMark: 1 })
    return pipeline(archive, createGzip(), () => undefined) // a failure is the stream's own
  }

  private async *files(subject: Subject): AsyncGenerator<TarEntry> {
    const { people, clock } = this.parts
    const { workspaceId } = subject
    const files = new ArchiveFiles(clock.now())
    const { gone, changed, suggestionIds, followUpIds } = await people.find(subject)
    const contacts = [...gone, ...changed.map(({ was }) => was)]
    const known = new Set([...contacts.map(({ _id }) => _id), ...suggestionIds, ...followUpIds])
    yield* files.lines('contacts', each(contacts.map(presentContact)))
    const suggestions = await people.suggestions(subject)
    yield* files.lines('suggestions', each(suggestions.map(presentSuggestion)))
    yield* files.lines('follow-ups', each(await people.followUpsOf(subject, followUpIds)))
    yield* this.mail(files, subject, known)
    yield* files.lines('messages', presented(accountsOf(this.parts, subject), presentAccount))
    yield* files.lines('audit', presented(auditOf(this.parts, subject, known), presentAudit))
    yield files.manifest(workspaceId)
  }

  /** First what the e-mails say, then the files that hang on them. Their ids are added to `known`. */
  private async *mail(files: ArchiveFiles, subject: Subject, known: Set<string>) {
    const { vault, blobs } = this.parts
    const { workspaceId, keys } = subject
    const isTheirs = recognising((await vault.of(workspaceId)).blind, keys)
    const withFiles: Attachment[] = []
    const emails = async function* (parts: RecordParts) {
      for await (const { email, attachments } of emailsOf(parts, subject)) {
        known.add(email._id)
        for (const one of attachments) {
          known.add(one._id)
          if (one.blobId !== null) withFiles.push(one)
        }
        yield presentExported(email, { attachments, isTheirs })
      }
    }
    yield* files.lines('emails', emails(this.parts))
    files.counts['attachments'] = 0
    for (const { emailId, position, size, blobId } of withFiles) {
      const bytes = await blobs.open(workspaceId, blobId ?? '')
      if (!bytes) continue // it was taken out just now
      files.counts['attachments']++
      yield files.streamed(attachmentPath(emailId, position), size, bytes)
    }
  }
}

async function* each<T extends object>(values: T[]): AsyncGenerator<T> {
  yield* values
}

async function* presented<T>(values: AsyncIterable<T>, present: (value: T) => object) {
  for await (const value of values) yield present(value)
}
