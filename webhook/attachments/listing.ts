import type { WorkspaceKeys } from '../keys/workspace-keys.ts'
import type { MailProvider, ProviderAttachment } from '../provider/provider.ts'
import type { Attachment } from './attachment-store.ts'

/** An attachment as the provider lists it now, and the record it is kept as. */
export type Entry = { listed: ProviderAttachment; record: Attachment }

type Of = { emailId: string; keys: WorkspaceKeys; link: string | null }

/**
 * Which record is which attachment. The provider's ids differ from copy to copy and change when a scanner is done, so a
 * record is named by what the attachment looks like, and by its turn among those that look alike.
 */
export function entriesOf(listed: ProviderAttachment[], { emailId, keys, link }: Of): Entry[] {
  const turns = new Map<string, number>()
  return listed.map((attachment, position) => {
    const { kind, name, contentType, contentId, size, isInline } = attachment
    const looks = JSON.stringify([kind, name, contentType, contentId, size, isInline])
    const turn = turns.get(looks) ?? 0
    turns.set(looks, turn + 1)
    const record: Attachment = {
      _id: keys.blind('name', JSON.stringify(['attachment', emailId, looks, turn])),
      ...{ workspaceId: keys.workspaceId, emailId, position, kind },
      ...{ state: 'pending', reason: null, size, isInline, blobId: null },
      ...{ name, contentType, contentId, link },
    }
    return { listed: attachment, record }
  })
}

/** A copy of the e-mail in a mailbox that can be asked. */
export type Copy = { provider: MailProvider; messageId: string }
export type Listing = { copy: Copy; listed: ProviderAttachment[] }

/** Asks the copies in turn; null when none of the mailboxes has the message any more. */
export async function listFrom(copies: Copy[], signal: AbortSignal): Promise<Listing | null> {
  for (const copy of copies) {
    const listed = await copy.provider.attachments(copy.messageId, signal)
    if (listed) return { copy, listed }
  }
  return null
}
