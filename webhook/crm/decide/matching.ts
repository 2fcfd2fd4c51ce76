import { addressForms } from './addresses.ts'

export const partyRoles = ['from', 'sender', 'reply-to', 'to', 'cc', 'bcc'] as const
export type PartyRole = (typeof partyRoles)[number]

export type Party = { role: PartyRole; address: string }

/** What one contact is known by: its addresses, and the same at its company's alias domains. */
export type KnownContact = { contactId: string; addresses: string[]; aliases: string[] }

/** Why an e-mail belongs to a contact. `relay`: a machine sent it for the person that answers go to. */
export type MatchReason = {
  by: 'address' | 'plus-tag' | 'alias-domain' | 'relay' | 'pinned'
  role: PartyRole | null
  address: string | null
}

export type Match = { contactId: string; reasons: MatchReason[] }

/** A person's word on one e-mail; for e-mails of the same thread it holds too, unless they have a word of their own. */
export type PinFacts = { contactId: string; emailId: string; belongs: boolean; at: Date }

/** Such a word, and who said it of which thread; `ownThreadKey`: the own one of the e-mail that it was said of. */
export type PlacedWord = PinFacts & {
  threadId: string | null
  ownThreadKey: string | null
  byUserId: string
}

/** What it takes to tell which words are about an e-mail. */
export type WordedEmail = {
  _id: string
  threadId: string | null
  ownThreadKey: string | null
  sightings: readonly { ownerUserId: string }[]
}

/**
 * The words about an e-mail: on itself, and on its thread. Into a thread comes whatever refers to it, and a Message-ID can
 * be read off any reply. So a word on another e-mail of the thread counts on mail that nobody may see by it only when
 * whoever said it has this mail too.
 */
export function wordsAbout(
  email: WordedEmail,
  matched: readonly string[],
  words: readonly PlacedWord[],
): PlacedWord[] {
  const all = words.filter(
    (word) => isOn(word, email) || (email.threadId !== null && word.threadId === email.threadId),
  )
  return isOpenedBy(email, matched, all)
    ? all
    : all.filter((word) => !word.belongs || isOn(word, email) || isOfOwner(word, email))
}

/**
 * Whether an e-mail is matched so that colleagues see it: by an address, by a word on itself, or by one that its owner said
 * on its own thread. Somebody else's mail can join threads; a word on the one makes no mail of the other public.
 */
export function isOpenedBy(
  email: WordedEmail,
  matched: readonly string[],
  words: readonly PlacedWord[],
): boolean {
  const opening = words.filter(
    (word) => !word.belongs || isOn(word, email) || isOnOwnThread(word, email),
  )
  return contactIdsOf(email._id, matched, opening).length > 0
}

const isOn = ({ emailId }: PlacedWord, { _id }: WordedEmail): boolean => emailId === _id

const isOfOwner = ({ byUserId }: PlacedWord, { sightings }: WordedEmail): boolean =>
  sightings.some(({ ownerUserId }) => ownerUserId === byUserId)

const isOnOwnThread = (word: PlacedWord, email: WordedEmail): boolean =>
  isOfOwner(word, email) && word.ownThreadKey !== null && word.ownThreadKey === email.ownThreadKey

/** Keys alone, as they are stored: which contacts. Everything about the reasons is in `matchesOf`. */
export function contactIdsOf(
  emailId: string,
  matched: readonly string[],
  pins: readonly PinFacts[],
): string[] {
  const words = lastWords(emailId, pins)
  const pinned = [...words].filter(([, pin]) => pin.belongs).map(([contactId]) => contactId)
  const rest = matched.filter((contactId) => words.get(contactId)?.belongs !== false)
  return [...new Set([...rest, ...pinned])].sort()
}

/** Every contact an e-mail belongs to, with every reason. Pure; agrees with `contactIdsOf` on the same facts. */
export function matchesOf(
  email: { id: string; parties: readonly Party[] },
  contacts: readonly KnownContact[],
  pins: readonly PinFacts[],
): Match[] {
  const words = lastWords(email.id, pins)
  const matches = contacts.map(({ contactId, ...known }) => ({
    contactId,
    reasons: email.parties.flatMap((party) => reasonFor(party, known, email.parties) ?? []),
  }))
  const kept = matches.filter(
    ({ contactId, reasons }) => reasons.length > 0 && words.get(contactId)?.belongs !== false,
  )
  for (const [contactId, { belongs }] of words) {
    if (!belongs) continue
    const match = kept.find((each) => each.contactId === contactId)
    if (match) match.reasons.unshift(PINNED)
    else kept.push({ contactId, reasons: [PINNED] })
  }
  return kept.sort((one, other) => (one.contactId < other.contactId ? -1 : 1))
}

const PINNED: MatchReason = { by: 'pinned', role: null, address: null }

function reasonFor(
  { role, address }: Party,
  known: Pick<KnownContact, 'addresses' | 'aliases'>,
  parties: readonly Party[],
): MatchReason | null {
  const forms = addressForms(address)
  if (!forms) return null
  const { exact, folded } = forms
  const isOwn = known.addresses.includes(exact)
  const isTagged = known.addresses.includes(folded)
  if (!isOwn && !isTagged && ![exact, folded].some((form) => known.aliases.includes(form)))
    return null
  const isRelayed = role === 'reply-to' && !hasSender(exact, parties)
  const by = isRelayed ? 'relay' : isOwn ? 'address' : isTagged ? 'plus-tag' : 'alias-domain'
  return { by, role, address: exact }
}

/** Whether the mail says it is from this address itself. */
const hasSender = (exact: string, parties: readonly Party[]): boolean =>
  parties.some(({ role, address }) => role === 'from' && addressForms(address)?.exact === exact)

/** Of each contact the word that counts: the one on this very e-mail, else the newest one on its thread. */
function lastWords(emailId: string, pins: readonly PinFacts[]): Map<string, PinFacts> {
  const words = new Map<string, PinFacts>()
  for (const pin of pins) {
    const other = words.get(pin.contactId)
    if (!other || weighs(pin, other, emailId)) words.set(pin.contactId, pin)
  }
  return words
}

function weighs(pin: PinFacts, other: PinFacts, emailId: string): boolean {
  const isOwn = pin.emailId === emailId
  if (isOwn !== (other.emailId === emailId)) return isOwn
  if (pin.at.getTime() !== other.at.getTime()) return pin.at > other.at
  return pin.emailId > other.emailId // any order, and always the same
}
