import type {
  Email,
  EmailHead,
  EmailHeader,
  Sighting,
  SightingDetails,
  StoredEmail,
  StoredSighting,
} from '../../models/email.ts'
import { addressForms } from '../crm/decide/addresses.ts'
import { idOf } from '../keys/ids.ts'
import { ownThreadKeyOf } from '../threads/decide/thread-keys.ts'
import type { SealedKey, WorkspaceKeys } from '../keys/workspace-keys.ts'

/** An e-mail as one sighting shows it; the first to come writes the content, later ones add their sighting. */
export type SeenEmail = Omit<
  Email,
  | '_id'
  | 'partyKeys'
  | 'threadId'
  | 'ownThreadKey'
  | 'contactIds'
  | 'isFiledOnly'
  | 'matchRev'
  | 'bytes'
  | 'sightings'
> & {
  sighting: Sighting
  /** None until somebody has looked for it. */
  threadId?: string | null
}

export const emailIdOf = (workspaceId: string, identity: string) =>
  idOf('email', workspaceId, identity)

const nameOf = (id: string) => ({ collection: 'emails', id })
const fieldOf = (key: string) => `sighting ${key}`

export function sealEmail(keys: WorkspaceKeys, seen: SeenEmail): StoredEmail {
  const { workspaceId, identity, messageIdKey, sentAt, receivedAt, hasAttachments } = seen
  const _id = emailIdOf(workspaceId, identity)
  const header = JSON.stringify(headerOf(seen))
  const sealed = keys.seal(nameOf(_id), { header, body: seen.bodyHtml })
  return {
    ...{ _id, workspaceId, identity, messageIdKey, sentAt, receivedAt, hasAttachments },
    partyKeys: partyKeysOf(keys, seen),
    ...{ threadId: seen.threadId ?? null, ownThreadKey: ownThreadKeyOf(keys.blind, seen) },
    ...{ contactIds: [], isFiledOnly: false, matchRev: 0 },
    bytes: Buffer.byteLength(header) + Buffer.byteLength(seen.bodyHtml),
    sealed,
    sightings: [sealSighting(keys, { _id, sealed }, seen.sighting)],
  }
}

/** Without its key nothing more can be sealed: an e-mail that was deleted meanwhile. */
type Owner = { _id: string; sealed: SealedKey | null }

const hasDetails = ({ mailboxAddress, byName, categories }: SightingDetails): boolean =>
  mailboxAddress !== null || byName !== null || categories.length > 0

export function sealSighting(
  keys: WorkspaceKeys,
  { _id, sealed }: Owner,
  sighting: Sighting,
): StoredSighting {
  const { mailboxAddress, byName, categories, ...clear } = sighting
  const details: SightingDetails = { mailboxAddress, byName, categories }
  if (!sealed || !hasDetails(details)) return { ...clear, details: null }
  const field = fieldOf(sighting.key)
  const texts = { [field]: JSON.stringify(details) }
  return { ...clear, details: keys.sealMore(nameOf(_id), sealed, texts)[field] ?? null }
}

/** Without its body. */
export function openHead(keys: WorkspaceKeys, stored: StoredEmail): EmailHead {
  const { sealed, sightings, ...facts } = stored
  const open = openerOf(keys, stored)
  return {
    ...facts,
    ...(JSON.parse(open('header', sealed.fields.header)) as EmailHeader),
    sightings: sightings.map((sighting) => openSighting(open, sighting)),
  }
}

/** What opens the fields of one e-mail. */
export const openerOf = (keys: WorkspaceKeys, { _id, sealed }: Owner & { sealed: SealedKey }) =>
  keys.opener(nameOf(_id), sealed)

const NO_DETAILS: SightingDetails = { mailboxAddress: null, byName: null, categories: [] }

/** Sightings that were stored by an older version lack what it did not know. */
export function openSighting(
  open: ReturnType<typeof openerOf>,
  { details, ...clear }: StoredSighting,
): Sighting {
  const known: unknown = details ? JSON.parse(open(fieldOf(clear.key), details)) : null
  const isRead = (clear.isRead as boolean | undefined) ?? null
  return { ...clear, isRead, ...NO_DETAILS, ...(known as Partial<SightingDetails> | null) }
}

export const openEmail = (keys: WorkspaceKeys, stored: StoredEmail): Email => ({
  ...openHead(keys, stored),
  bodyHtml: keys.open(nameOf(stored._id), stored.sealed, 'body'),
})

function headerOf(seen: SeenEmail): EmailHeader {
  const { internetMessageId, references, inReplyTo, subject, preview, isProtected } = seen
  const { from, sender, to, cc, bcc, replyTo } = seen
  return {
    ...{ internetMessageId, references, inReplyTo, subject, preview },
    ...(isProtected && { isProtected }),
    ...{ from, sender, to, cc, bcc, replyTo },
  }
}

function partyKeysOf(keys: WorkspaceKeys, seen: EmailHeader): string[] {
  const { from, sender, to, cc, bcc, replyTo } = seen
  const parties = [from, sender, ...to, ...cc, ...bcc, ...replyTo].filter((one) => one !== null)
  const forms = parties.flatMap(({ address }) => addressForms(address) ?? [])
  const spellings = new Set(forms.flatMap(({ exact, folded }) => [exact, folded]))
  return [...spellings].map((spelling) => keys.blind('address', spelling))
}
