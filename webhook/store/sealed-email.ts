import type {
  Email,
  EmailHead,
  EmailHeader,
  Sighting,
  StoredEmail,
  StoredSighting,
} from '../../models/email.ts'
import { addressForms } from '../crm/decide/addresses.ts'
import { idOf } from '../keys/ids.ts'
import type { SealedKey, WorkspaceKeys } from '../keys/workspace-keys.ts'

/** An e-mail as one sighting shows it; the first to come writes the content, later ones add their sighting. */
export type SeenEmail = Omit<
  Email,
  '_id' | 'partyKeys' | 'threadId' | 'contactIds' | 'matchRev' | 'bytes' | 'sightings'
> & { sighting: Sighting }

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
    ...{ threadId: null, contactIds: [], matchRev: 0 },
    bytes: Buffer.byteLength(header) + Buffer.byteLength(seen.bodyHtml),
    sealed,
    sightings: [sealSighting(keys, { _id, sealed }, seen.sighting)],
  }
}

/** Without its key nothing more can be sealed: an e-mail that was deleted meanwhile. */
type Owner = { _id: string; sealed: SealedKey | null }

/** Whether sealing this sighting takes the e-mail's data key. */
export const hasDetails = ({ mailboxAddress, byName }: Sighting): boolean =>
  mailboxAddress !== null || byName !== null

export function sealSighting(
  keys: WorkspaceKeys,
  { _id, sealed }: Owner,
  sighting: Sighting,
): StoredSighting {
  const { mailboxAddress, byName, ...clear } = sighting
  if (!sealed || !hasDetails(sighting)) return { ...clear, details: null }
  const field = fieldOf(sighting.key)
  const texts = { [field]: JSON.stringify({ mailboxAddress, byName }) }
  return { ...clear, details: keys.sealMore(nameOf(_id), sealed, texts)[field] ?? null }
}

/** Without its body. */
export function openHead(keys: WorkspaceKeys, stored: StoredEmail): EmailHead {
  const { sealed, sightings, ...facts } = stored
  const open = keys.opener(nameOf(stored._id), sealed)
  return {
    ...facts,
    ...(JSON.parse(open('header', sealed.fields.header)) as EmailHeader),
    sightings: sightings.map(({ details, ...sighting }) => ({
      ...sighting,
      ...(details
        ? (JSON.parse(open(fieldOf(sighting.key), details)) as Details)
        : { mailboxAddress: null, byName: null }),
    })),
  }
}

type Details = Pick<Sighting, 'mailboxAddress' | 'byName'>

export const openEmail = (keys: WorkspaceKeys, stored: StoredEmail): Email => ({
  ...openHead(keys, stored),
  bodyHtml: keys.open(nameOf(stored._id), stored.sealed, 'body'),
})

function headerOf(seen: SeenEmail): EmailHeader {
  const { internetMessageId, references, inReplyTo, subject, preview } = seen
  const { from, sender, to, cc, bcc, replyTo } = seen
  return {
    ...{ internetMessageId, references, inReplyTo, subject, preview },
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
