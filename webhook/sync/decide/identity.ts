import type { Blind } from '../../keys/workspace-keys.ts'

/** What identity is made of; the same for every copy of a message. */
export type IdentityFacts = {
  internetMessageId: string | null
  fromAddress: string | null
  sentAt: Date | null
  subject: string
  bodyHtml: string
}

/**
 * The name under which all copies of one message meet (product 4.4): its Message-ID, with the sender as a guard against
 * different messages under one id; without a Message-ID a fingerprint of what it says. The sent date is no part of the
 * first form: Office.js does not tell it, and the add-in's log must meet the sync's copy. A keyed digest: nobody who has the
 * database alone can tell whether a message is there.
 */
export function identityOf(blind: Blind, facts: IdentityFacts): string {
  const sender = facts.fromAddress?.trim().toLowerCase() ?? ''
  const messageId = normaliseMessageId(facts.internetMessageId)
  if (messageId !== null) return `id:${blind('identity', JSON.stringify([messageId, sender]))}`
  const sent = facts.sentAt?.toISOString() ?? ''
  const print = [sender, sent, facts.subject.trim(), facts.bodyHtml]
  return `print:${blind('identity', JSON.stringify(print))}`
}

/** An identity that meets nobody else's: for a copy that claims a known Message-ID and says something else. */
export const personalIdentityOf = (blind: Blind, userId: string, facts: IdentityFacts): string =>
  `own:${blind('identity', JSON.stringify([userId, identityOf(blind, facts)]))}`

/** What to look an e-mail up by when all one has is its Message-ID. */
export function messageIdKeyOf(blind: Blind, internetMessageId: string | null): string | null {
  const messageId = normaliseMessageId(internetMessageId)
  return messageId === null ? null : blind('message-id', messageId)
}

/** RFC 5322 3.6.4: the brackets are no part of the id. Relays fold its case, so all of it is folded. */
export function normaliseMessageId(internetMessageId: string | null): string | null {
  const bare = internetMessageId?.trim().replace(/^<|>$/g, '').trim().toLowerCase()
  return bare ? bare : null
}
