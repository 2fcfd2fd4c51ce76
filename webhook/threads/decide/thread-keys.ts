import type { Blind } from '../../keys/workspace-keys.ts'
import { normaliseMessageId } from '../../sync/decide/identity.ts'

/** What an e-mail says of the thread that it is in. */
export type ThreadFacts = {
  identity: string
  internetMessageId: string | null
  /** Message-IDs as they are written, the oldest first. */
  references: readonly string[]
  inReplyTo: string | null
  /** Where the provider puts it among the mail of that mailbox; in others it has another name. */
  conversation: { mailboxId: string; conversationId: string } | null
}

/** A sender can write as many as they like. What began the thread and what is new in it is where others meet it. */
const FIRST_REFERENCES = 5
const LAST_REFERENCES = 45

/**
 * The keys of an e-mail: two e-mails are in one thread when they share one. Its own Message-ID (or its identity where it
 * has none), those it refers to, and its conversation in one mailbox (product 4.4). Keyed digests, of this workspace alone.
 */
export function threadKeysOf(
  blind: Blind,
  { identity, internetMessageId, references, inReplyTo, conversation }: ThreadFacts,
): string[] {
  const named = [...endsOf(references), inReplyTo].map(normaliseMessageId)
  const names = [
    nameOf(normaliseMessageId(internetMessageId), identity),
    ...named.flatMap((messageId) => (messageId === null ? [] : [nameOf(messageId, identity)])),
    ...(conversation
      ? [['conversation', conversation.mailboxId, conversation.conversationId]]
      : []),
  ]
  return [...new Set(names.map((name) => keyOf(blind, name)))]
}

/** The key of the oldest message that an e-mail names: one, though it may refer to several conversations. */
export function ownThreadKeyOf(
  blind: Blind,
  {
    identity,
    internetMessageId,
    references,
    inReplyTo,
  }: Pick<ThreadFacts, 'identity' | 'internetMessageId' | 'references' | 'inReplyTo'>,
): string {
  const named = [...references.slice(0, FIRST_REFERENCES), inReplyTo, internetMessageId]
  const oldest = named.map(normaliseMessageId).find((messageId) => messageId !== null)
  return keyOf(blind, nameOf(oldest ?? null, identity))
}

const nameOf = (messageId: string | null, identity: string): string[] =>
  messageId === null ? ['identity', identity] : ['message', messageId]

const keyOf = (blind: Blind, name: string[]): string => blind('thread', JSON.stringify(name))

const endsOf = (references: readonly string[]): readonly string[] =>
  references.length <= FIRST_REFERENCES + LAST_REFERENCES
    ? references
    : [...references.slice(0, FIRST_REFERENCES), ...references.slice(-LAST_REFERENCES)]
