import { MINUTE } from '../../duration.ts'
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
 * first form: Office.js does not tell it, and the add-in's log must meet the sync's copy; `settledIdentity` minds it. A
 * keyed digest: nobody who has the database alone can tell whether a message is there.
 */
export function identityOf(blind: Blind, facts: IdentityFacts): string {
  const sender = facts.fromAddress?.trim().toLowerCase() ?? ''
  const messageId = normaliseMessageId(facts.internetMessageId)
  if (messageId !== null) return `id:${blind('identity', JSON.stringify([messageId, sender]))}`
  const sent = facts.sentAt?.toISOString() ?? ''
  const print = [sender, sent, facts.subject.trim(), facts.bodyHtml]
  return `print:${blind('identity', JSON.stringify(print))}`
}

/** Of a copy, or of an e-mail as it stands: under which identity, and when that was sent, where it is told. */
export type Sending = { identity: string; sentAt: Date | null }

/** Copies of one message say the same of when it was sent; this is for their clocks. */
const SAME_SENDING_MS = 2 * MINUTE

/** Whether the two can be one sending. Where either does not tell, they can. */
export const canBeOneSending = (one: Date | null, other: Date | null): boolean =>
  !one || !other || Math.abs(one.getTime() - other.getTime()) <= SAME_SENDING_MS

/** Whether it is a Message-ID's first e-mail: the one that copies without a date join. */
export const isByMessageId = (identity: string): boolean => /^id:\S+$/.test(identity)

/** The identities that decide which e-mail a copy joins; none where there is nothing to decide. */
export const namesToSettle = (copy: Sending): string[] =>
  isByMessageId(copy.identity) && copy.sentAt ? [copy.identity, ...datedIdentities(copy)] : []

/**
 * The identity that a copy is stored under: that of its Message-ID, unless another sending stands there. `standing` says
 * of an identity when its e-mail was sent: null where that is not told, undefined where there is no such e-mail.
 */
export function settledIdentity(
  copy: Sending,
  standing: (identity: string) => Date | null | undefined,
): string {
  const [undated, ...dated] = namesToSettle(copy)
  const [own] = dated
  if (undated === undefined || own === undefined) return copy.identity
  const near = dated.find((identity) => standing(identity) !== undefined)
  const isFree = canBeOneSending(standing(undated) ?? null, copy.sentAt)
  return near ?? (isFree ? undated : own)
}

/** The minute that it was sent in tells it from others of its Message-ID; clocks may put copies a minute apart. */
function datedIdentities({ identity, sentAt }: Sending): string[] {
  if (!sentAt) return []
  const minute = Math.floor(sentAt.getTime() / MINUTE)
  return [minute, minute - 1, minute + 1].map((each) => `${identity} ${each}`)
}

/** Where e-mails are not de-duplicated: each sighting is an e-mail of its own. */
export const apartIdentityOf = (identity: string, sightingKey: string): string =>
  `${identity} ${sightingKey}`

/** All that a copy can be stored under, whatever else was there, and however the workspace had it then. */
export function possibleIdentities({ identity, sentAt }: Sending, sightingKey: string): string[] {
  const [shared = identity] = identity.split(' ', 1)
  const copy = { identity: shared, sentAt }
  return [shared, ...datedIdentities(copy), apartIdentityOf(shared, sightingKey)]
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
