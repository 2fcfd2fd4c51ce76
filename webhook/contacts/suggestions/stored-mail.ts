import { worthSuggesting } from '../../crm/decide/suggesting.ts'
import type { Vault } from '../../keys/vault.ts'
import { emailIdOf, type SeenEmail } from '../../store/email-store.ts'
import type { ContactStore } from '../store/contact-store.ts'
import type { Matcher } from '../matching/matcher.ts'
import type { OnStored, StoredMail } from '../ports.ts'
import type { SeenStranger, SuggestionStore } from './suggestion-store.ts'

/** Whose mail is the workspace's own. */
export type OwnDomains = { ownDomains(workspaceId: string): Promise<ReadonlySet<string>> }

export type StoredMailParts = {
  matcher: Matcher
  contacts: Pick<ContactStore, 'known'>
  suggestions: SuggestionStore
  vault: Pick<Vault, 'of'>
  policies: OwnDomains
}

/** What follows from e-mails being stored: whom they belong to, and who could be worth a contact. Repeatable. */
export const afterStoring =
  (parts: StoredMailParts): OnStored =>
  async (workspaceId, mail) => {
    if (mail.length === 0) return
    const ids = mail.map(({ seen }) => emailIdOf(workspaceId, seen.identity))
    await parts.matcher.match(workspaceId, ids)
    await suggest(parts, workspaceId, mail)
  }

async function suggest(parts: StoredMailParts, workspaceId: string, mail: StoredMail[]) {
  const ownDomains = await parts.policies.ownDomains(workspaceId)
  const strangers = new Map<string, SeenStranger>()
  for (const { seen, isMachineMail } of mail) {
    const { receivedAt: at, sighting } = seen
    const facts = { parties: partiesOf(seen), isMachineMail, ownDomains }
    for (const { name, address } of worthSuggesting(facts).values())
      add(strangers, { address, name, ownerUserId: sighting.ownerUserId, at })
  }
  const { blind } = await parts.vault.of(workspaceId)
  const keyOf = ({ address }: SeenStranger) => blind('address', address)
  const all = [...strangers.values()]
  const known = await parts.contacts.known(workspaceId, all.map(keyOf))
  await parts.suggestions.note(
    workspaceId,
    all.filter((stranger) => !known.has(keyOf(stranger))),
  )
}

/** Once for each person and address, with the latest mail and the first name given. */
function add(strangers: Map<string, SeenStranger>, stranger: SeenStranger): void {
  const key = JSON.stringify([stranger.ownerUserId, stranger.address])
  const known = strangers.get(key)
  if (!known) return void strangers.set(key, stranger)
  if (known.name === '') known.name = stranger.name
  if (known.at < stranger.at) known.at = stranger.at
}

const partiesOf = ({ from, sender, to, cc, bcc, replyTo }: SeenEmail) =>
  [from, sender, ...to, ...cc, ...bcc, ...replyTo].filter((party) => party !== null)
