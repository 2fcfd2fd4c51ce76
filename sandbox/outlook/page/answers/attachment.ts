import type { ItemAttachment } from '../../outlook-mail.ts'
import type { Asked } from './asked.ts'
import { Refusal } from './refusal.ts'

/** What Outlook hands out of an attachment at most (outlook-addin 2.8 "Attachments added": 25 MB). */
const MAX_BYTES = 25 * 1_024 * 1_024

const EML = 'eml' as Office.MailboxEnums.AttachmentContentFormat
const BASE64 = 'base64' as Office.MailboxEnums.AttachmentContentFormat

/** Bytes as base64, an attached message as EML; a file in the cloud and what Outlook cannot open are refused. */
export async function attachmentContent({
  open,
  args,
  scene,
}: Asked): Promise<Office.AttachmentContent> {
  const attachment = attachmentsOf(open).find(({ id }) => id === args[0])
  const messageId = open.kind === 'draft' ? open.draft.id : open.id
  if (!attachment || messageId === null) throw new Refusal('InvalidAttachmentId')
  if (scene.faults.attachments === 'refused' || attachment.kind === 'cloud')
    throw new Refusal('AttachmentTypeNotSupported')
  if (attachment.size > MAX_BYTES) throw new Refusal('AttachmentSizeExceeded')
  const bytes = await scene.page.attachmentBytes(messageId, attachment.id)
  if (!bytes) throw new Refusal('InvalidAttachmentId')
  return attachment.kind === 'item'
    ? { content: new TextDecoder().decode(bytes), format: EML }
    : { content: base64Of(bytes), format: BASE64 }
}

function attachmentsOf(open: Asked['open']): readonly ItemAttachment[] {
  if (open.kind === 'draft') return open.draft.attachments
  return open.kind === 'message' ? (open.mail.attachments ?? []) : []
}

/** In pieces: a call takes only so many arguments. */
function base64Of(bytes: Uint8Array): string {
  const PIECE = 0x8000
  let binary = ''
  for (let at = 0; at < bytes.length; at += PIECE)
    binary += String.fromCharCode(...bytes.subarray(at, at + PIECE))
  return btoa(binary)
}
