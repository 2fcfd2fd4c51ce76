import { createHash } from 'node:crypto'
import type { Envelope } from './envelope.ts'

export type Conversation = { conversationId: string; conversationIndex: string }

/**
 * Which conversation of a mailbox a mail belongs to: the oldest mail it refers to, under the same topic. The id is the
 * mailbox's own (graph-contract 4.1); the index is 22 bytes for the first mail and 5 more for each reply.
 */
export function conversationOf(
  tag: string,
  roots: ReadonlyMap<string, string>,
  { references, internetMessageId, subject }: Envelope,
): Conversation {
  const oldest = references[0] ?? internetMessageId
  const root = roots.get(oldest) ?? oldest
  const digest = createHash('sha256')
    .update(`${tag}\n${root}\n${topicOf(subject)}`)
    .digest()
  const children = Buffer.alloc(5 * references.length, digest)
  const index = Buffer.concat([Buffer.from([1]), digest.subarray(0, 21), children])
  return {
    conversationId: `AAQkAD${digest.toString('base64url')}AQAA=`,
    conversationIndex: index.toString('base64'),
  }
}

/** Mail that names only its parent is traced through parents that came before it, as far as they were read on arrival. */
export function rememberRoot(
  roots: Map<string, string>,
  { references, internetMessageId }: Envelope,
): void {
  const [oldest] = references
  if (oldest !== undefined) roots.set(internetMessageId, roots.get(oldest) ?? oldest)
}

/** The subject without the `RE:` and `FW:` that replies put before it. */
export const topicOf = (subject: string) =>
  subject.replace(/^(?:\s*(?:re|fwd?|aw|wg|sv|tr)\s*:)+/i, '').trim()
