import type { Attachment as WireAttachment, AttachmentList } from '../../models/wire/attachment.ts'
import { actorOf, type Audit } from '../audit/audit.ts'
import type { EmailAccess } from '../crm/access/email-access.ts'
import type { Person } from '../crm/ports.ts'
import { AppError, NotFoundError } from '../errors.ts'
import type { AttachmentQueue } from './attachment-queue.ts'
import type { Attachment, AttachmentStore } from './attachment-store.ts'
import type { BlobStore } from './blob-store.ts'
import type { AttachmentDesk, Download } from './ports.ts'

export type AttachmentDeskParts = {
  access: Pick<EmailAccess, 'check'>
  attachmentStore: AttachmentStore
  attachmentQueue: AttachmentQueue
  blobs: BlobStore
  audit: Audit
}

/** Its bytes are not here, or not yet; the list says why. */
export class AttachmentNotHereError extends AppError {
  readonly code = 'attachment-not-here'
  readonly retry = 'later'

  constructor() {
    super('This attachment is not stored here. The list of attachments says why.')
  }
}

/** What a browser shows as a picture and never runs; SVG is a document with scripts. */
const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']

/** Attachments for people: what there is, and the bytes. */
export class Attachments implements AttachmentDesk {
  constructor(private readonly parts: AttachmentDeskParts) {}

  async of(person: Person, emailId: string): Promise<AttachmentList> {
    const [attachments, work] = await Promise.all([
      this.find(person, emailId),
      this.parts.attachmentQueue.find(emailId),
    ])
    const isScanned = attachments.some(({ state }) => state === 'scanning')
    const pending = isScanned ? 'attachment-scanning' : work?.open ? 'waiting' : null
    return { attachments: attachments.map(present), pending }
  }

  /** Written down before the first byte leaves: what cannot be accounted for does not happen. */
  async download(person: Person, emailId: string, attachmentId: string): Promise<Download> {
    const all = await this.find(person, emailId)
    const attachment = all.find(({ _id }) => _id === attachmentId)
    if (!attachment) throw new NotFoundError()
    const { workspaceId, size } = attachment
    const download = await this.open(attachment)
    try {
      await this.parts.audit.write({
        ...{ workspaceId, who: actorOf(person), action: 'attachment-downloaded' },
        object: { kind: 'attachment', id: attachmentId },
        details: { emailId, size },
      })
      return download
    } catch (error) {
      download.bytes.destroy()
      throw error
    }
  }

  /** The view of the e-mail that shows it has been written down already. */
  async picture(person: Person, emailId: string, contentId: string): Promise<Download> {
    const all = await this.find(person, emailId)
    const named = all.find(
      (one) => one.contentId === contentId && PICTURES.includes(one.contentType.toLowerCase()),
    )
    if (!named) throw new NotFoundError()
    return this.open(named)
  }

  private async open({ _id, emailId, ...attachment }: Attachment): Promise<Download> {
    const { state, blobId, workspaceId, name, contentType, size, kind } = attachment
    if (state !== 'stored' || blobId === null) throw new AttachmentNotHereError()
    const bytes = await this.parts.blobs.open(workspaceId, blobId)
    if (bytes) return { name: kind === 'item' ? asMail(name) : name, contentType, size, bytes }
    await this.parts.attachmentStore.settle(_id, { state: 'pending', blobId: null })
    await this.parts.attachmentQueue.again([emailId])
    throw new AttachmentNotHereError()
  }

  /** Of an e-mail that is seen in full. */
  private async find(person: Person, emailId: string): Promise<Attachment[]> {
    await this.parts.access.check(person, emailId, 'full')
    return this.parts.attachmentStore.of(person.workspaceId, emailId)
  }
}

const asMail = (name: string) => (/\.\w{1,8}$/.test(name) ? name : `${name || 'message'}.eml`)

const present = (attachment: Attachment): WireAttachment => {
  const { _id: id, name, contentType, size, kind, isInline, state, reason, link } = attachment
  return { ...{ id, name, contentType, size, kind, isInline, state, reason }, outlookLink: link }
}
