import type { Connection } from 'mongoose'
import { z } from 'zod'
import {
  attachmentModel,
  type AboutAttachment,
  type AttachmentState,
  type StoredAttachment,
} from '../../models/attachments/attachment.ts'
import type { Vault } from '../keys/vault.ts'
import type { Blind, WorkspaceKeys } from '../keys/workspace-keys.ts'
import {
  attachmentChoiceModel,
  type AttachmentChoice,
  type LeftOut,
} from '../../models/attachments/choice.ts'
import { insertNew } from '../store/duplicate.ts'

/** An attachment with what is sealed of it. */
export type Attachment = Omit<StoredAttachment, 'sealed'> & AboutAttachment

/** What comes of an attachment; `size` as it is then known. */
export type Settled = {
  state: AttachmentState
  reason?: string | null
  blobId?: string | null
  size?: number
}

/** What hangs on e-mails: names and types are sealed here, and opened here. */
export class AttachmentStore {
  private readonly attachments
  private readonly choices
  private readonly vault: Vault

  constructor({ db, vault }: { db: Connection; vault: Vault }) {
    this.attachments = attachmentModel(db)
    this.choices = attachmentChoiceModel(db)
    this.vault = vault
  }

  /** Creates those that are not there; the others stay as they are. */
  async note(found: Attachment[]): Promise<void> {
    const [first] = found
    if (!first) return
    const keys = await this.vault.of(first.workspaceId)
    await insertNew(
      this.attachments,
      found.map((attachment) => sealed(keys, attachment)),
    )
  }

  /** All of an e-mail, in their order. */
  async of(workspaceId: string, emailId: string): Promise<Attachment[]> {
    const there = await this.attachments.find({ emailId, workspaceId }).sort({ position: 1 }).lean()
    if (there.length === 0) return []
    const keys = await this.vault.of(workspaceId)
    return there.map((attachment) => opened(keys, attachment))
  }

  async settle(_id: string, { state, reason = null, ...known }: Settled): Promise<void> {
    await this.attachments.updateOne({ _id }, { $set: { state, reason, ...known } })
  }

  /** These were never attachments of the e-mail, as what a scanner leaves in their place. */
  async remove(ids: string[]): Promise<void> {
    if (ids.length > 0) await this.attachments.deleteMany({ _id: { $in: ids }, blobId: null })
  }

  /** A person's word on what is not to come along; the last one counts, by its time. What is stored already stays. */
  async leaveOut(
    files: { name: string; size: number }[],
    { emailId: _id, ...by }: Omit<AttachmentChoice, '_id' | 'leftOut'> & { emailId: string },
  ): Promise<void> {
    const { blind } = await this.vault.of(by.workspaceId)
    const leftOut = files.map(({ name, size }) => ({ nameKey: fileKey(blind, name), size }))
    const thereAlready = await insertNew(this.choices, [{ _id, ...by, leftOut }])
    const { byUserId, at } = by
    if (thereAlready.size > 0)
      await this.choices.updateOne({ _id, at: { $lte: at } }, { $set: { byUserId, at, leftOut } })
  }

  async leftOutOf(emailId: string): Promise<LeftOut[]> {
    return (await this.choices.findById(emailId).lean())?.leftOut ?? []
  }

  async needs(blobId: string): Promise<boolean> {
    return (await this.attachments.exists({ blobId })) !== null
  }

  /** Which blobs hang on these e-mails. */
  async blobsOf(emailIds: string[]): Promise<string[]> {
    const which = { emailId: { $in: emailIds } }
    const there = await this.attachments.find(which).select({ blobId: 1 }).lean()
    return [...new Set(there.flatMap(({ blobId }) => blobId ?? []))]
  }

  /** E-mails that are no more: their records go. Their blobs are somebody's to doubt (`BlobStore.doubt`). */
  async forget(emailIds: string[]): Promise<void> {
    await this.attachments.deleteMany({ emailId: { $in: emailIds } })
    await this.choices.deleteMany({ _id: { $in: emailIds } })
  }

  /** Those that the plan did not let in, though it would now; the answer is their e-mails. */
  async withinLimit(workspaceId: string, limitBytes: number): Promise<string[]> {
    const state = 'over-limit'
    const there = await this.attachments
      .find({ workspaceId, state, size: { $lte: limitBytes } })
      .select({ emailId: 1 })
      .limit(1_000)
      .lean()
    return [...new Set(there.map(({ emailId }) => emailId))]
  }

  /** Workspaces in which something is over the limit. */
  async workspacesOverLimit(): Promise<string[]> {
    return this.attachments.distinct('workspaceId', { state: 'over-limit' })
  }
}

const About = z.object({
  name: z.string(),
  contentType: z.string(),
  contentId: z.string().nullable(),
  link: z.string().nullable(),
})

/** Under which name a file was left out, without the name. */
export const fileKey = (blind: Blind, name: string): string =>
  blind('name', JSON.stringify(['file', name.trim().normalize('NFC')]))

const nameOf = ({ _id }: { _id: string }) => ({ collection: 'attachments', id: _id })

function sealed(keys: WorkspaceKeys, attachment: Attachment): StoredAttachment {
  const { name, contentType, contentId, link, ...rest } = attachment
  const about = JSON.stringify({ name, contentType, contentId, link } satisfies AboutAttachment)
  return { ...rest, sealed: keys.seal(nameOf(attachment), { about }) }
}

function opened(keys: WorkspaceKeys, { sealed, ...rest }: StoredAttachment): Attachment {
  return { ...rest, ...About.parse(JSON.parse(keys.open(nameOf(rest), sealed, 'about'))) }
}
