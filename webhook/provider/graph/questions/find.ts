import { MAX_FOUND, type FoundMessage, type MessageDescription } from '../../provider.ts'
import type { GraphClient } from '../requests/graph-client.ts'
import { query, quoted } from './query.ts'
import { FoundPage, foundSelect, SubjectPage } from '../schemas.ts'

/** Asks the whole mailbox, Deleted Items too. One request. */
export async function find(
  graph: GraphClient,
  { root, description }: { root: string; description: MessageDescription },
  signal: AbortSignal,
): Promise<FoundMessage[]> {
  const options = query({ $select: foundSelect, ...wanted(description), $top: MAX_FOUND })
  const call = { operation: 'find', signal } as const
  const { value } = await graph.json(`${root}/messages?${options}`, FoundPage, call)
  return value.map(({ id, parentFolderId, receivedDateTime }) => ({
    messageId: id,
    providerFolderId: parentFolderId,
    receivedAt: new Date(receivedDateTime),
  }))
}

/** What narrows messages to those of one conversation. Graph takes no order beside it. */
export const ofConversation = (conversationId: string) => ({
  $filter: `conversationId eq ${quoted(conversationId)}`,
})

/** Of whichever of its messages Graph names first; null when the mailbox has none. */
export async function conversationSubject(
  graph: GraphClient,
  { root, conversationId }: { root: string; conversationId: string },
  signal: AbortSignal,
): Promise<string | null> {
  const options = query({ $select: 'subject', ...ofConversation(conversationId), $top: 1 })
  const call = { operation: 'find', signal } as const
  const { value } = await graph.json(`${root}/messages?${options}`, SubjectPage, call)
  return value[0] ? (value[0].subject ?? '') : null
}

/** What is ordered by must be filtered by first, or Graph finds it too complex (graph-contract 4.1). */
function wanted(description: MessageDescription): Record<string, string> {
  if ('internetMessageId' in description) {
    const ways = [...new Set(spellings(description.internetMessageId))]
    return { $filter: ways.map((way) => `internetMessageId eq ${quoted(way)}`).join(' or ') }
  }
  const { from, receivedFrom, receivedTo } = description
  const clauses = [
    `receivedDateTime ge ${receivedFrom.toISOString()}`,
    `receivedDateTime le ${receivedTo.toISOString()}`,
    `from/emailAddress/address eq ${quoted(from)}`,
  ]
  return { $filter: clauses.join(' and '), $orderby: 'receivedDateTime desc' }
}

/** Mailboxes keep it in brackets, and people quote it without; a few senders' have none. */
function spellings(internetMessageId: string): string[] {
  const given = internetMessageId.trim()
  const bare = given.replace(/^<|>$/g, '').trim()
  return [`<${bare}>`, bare, given]
}
