import { sightingKeyOf } from '../../store/emails/sighting-key.ts'
import type { ProviderMessage } from '../../provider/provider.ts'
import type { SeenEmail } from '../../store/email-store.ts'
import type { Blind } from '../../keys/workspace-keys.ts'
import { apartIdentityOf, identityOf, messageIdKeyOf } from '../decide/identity.ts'
import type { Chosen } from '../policies.ts'
import type { PageContext } from './page-context.ts'

type Here = Pick<PageContext, 'mailbox' | 'folder' | 'clock' | 'keys'> & {
  rules: Pick<PageContext['rules'], 'deduplicate'>
}

/** The e-mail as this mailbox's copy shows it, with the sighting it adds. `chosen`: for it, before it was sent. */
export function seenEmail(
  { mailbox, folder, clock, keys, rules }: Here,
  message: ProviderMessage,
  chosen: Chosen | null = null,
): SeenEmail {
  const { messageId, isRead, categories } = message
  const { identity, ...content } = contentOf(keys.blind, message)
  const key = sightingKeyOf(mailbox._id, messageId)
  return {
    ...content,
    workspaceId: mailbox.workspaceId,
    identity: rules.deduplicate ? identity : apartIdentityOf(identity, key),
    sighting: {
      key,
      via: 'sync',
      mailboxId: mailbox._id,
      folderId: folder._id,
      messageId,
      ownerUserId: mailbox.ownerUserId,
      since: clock.now(),
      ...{ isRead, categories, mailboxAddress: null, byName: null },
      ...(chosen && { chosen: { log: chosen.log, track: chosen.track } }),
    },
  }
}

/** What a message says, wherever it was seen, and the identity that follows from it. */
export function contentOf(
  blind: Blind,
  message: ProviderMessage,
): Omit<SeenEmail, 'workspaceId' | 'sighting'> {
  const { internetMessageId, references, inReplyTo, subject, preview, bodyHtml } = message
  const { from, sender, to, cc, bcc, replyTo, sentAt, receivedAt, hasAttachments } = message
  return {
    ...{ internetMessageId, references, inReplyTo, subject, preview, bodyHtml },
    ...{ from, sender, to, cc, bcc, replyTo, sentAt, receivedAt, hasAttachments },
    ...(message.isProtected && { isProtected: true }),
    identity: identityOf(blind, { ...message, fromAddress: from?.address ?? null }),
    messageIdKey: messageIdKeyOf(blind, internetMessageId),
  }
}

/** About what a message weighs in the store: its text, and a little for each party. */
export function weightOf({ bodyHtml, subject, to, cc }: ProviderMessage): number {
  const parties = [...to, ...cc].reduce(
    (sum, { name, address }) => sum + name.length + address.length + 64,
    0,
  )
  return Buffer.byteLength(bodyHtml) + Buffer.byteLength(subject) + 4 * parties
}
