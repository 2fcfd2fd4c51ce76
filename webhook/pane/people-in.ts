import type { Party } from '../../models/wire/email.ts'
import type { LookContact, LookRequest } from '../../models/wire/pane/look.ts'
import type { MatchesDesk, Seen } from '../contacts/matching/matches-desk.ts'
import { presentContact } from '../contacts/present.ts'
import type { CompanyStore } from '../contacts/store/company-store.ts'
import type { ContactStore } from '../contacts/store/contact-store.ts'
import type { OwnDomains } from '../contacts/suggestions/stored-mail.ts'
import { addressForms, domainOf } from '../crm/decide/addresses.ts'
import { partyRoles } from '../crm/decide/matching.ts'
import { worthSuggesting } from '../crm/decide/suggesting.ts'
import type { Person } from '../crm/ports.ts'
import type { Vault } from '../keys/vault.ts'
import { addressKeysOf } from '../sync/page/ledger-facts.ts'

/** A mail to more people than that is a newsletter, and nobody makes contacts of it one by one. */
const MOST_STRANGERS = 20

export type PeopleParts = {
  vault: Pick<Vault, 'of'>
  contacts: Pick<ContactStore, 'findMany'>
  companies: Pick<CompanyStore, 'findMany'>
  policies: OwnDomains
  desks: { matches: Pick<MatchesDesk, 'present' | 'wouldMatch'> }
}

type Matches = Awaited<ReturnType<MatchesDesk['wouldMatch']>>
type Reasons = LookContact['reasons']

/** Whom a message names; `bcc`: of one that is being written. */
type Naming = Pick<LookRequest, 'mailboxAddress' | 'from' | 'to' | 'cc'> & { bcc?: Party[] }

/** Who takes part in a message: those who are contacts, and those who could be. `seen`: as it is stored, if it is. */
export async function peopleIn(
  parts: PeopleParts,
  person: Person,
  { request, seen }: { request: Naming; seen: Seen | null },
): Promise<{ contacts: LookContact[]; strangers: Party[] }> {
  const matches = await matchesOf(parts, person, { request, seen })
  const [contacts, ownDomains] = await Promise.all([
    withCompanies(parts, person.workspaceId, matches),
    parts.policies.ownDomains(person.workspaceId),
  ])
  const own = domainOf(request.mailboxAddress)
  const domains = own === null ? ownDomains : new Set([...ownDomains, own])
  return { contacts, strangers: strangersIn(request, matches, domains) }
}

async function matchesOf(
  { desks, vault }: PeopleParts,
  person: Person,
  { request, seen }: { request: Naming; seen: Seen | null },
): Promise<Matches> {
  if (seen) return (await desks.matches.present(seen)).matches
  const { from, to, cc, bcc = [] } = request
  const named = { from, to, cc, sender: null, bcc, replyTo: [] }
  const { blind } = await vault.of(person.workspaceId)
  const partyKeys = addressKeysOf(blind, [named])
  return desks.matches.wouldMatch(person.workspaceId, { ...named, partyKeys })
}

async function withCompanies(
  { contacts, companies }: PeopleParts,
  workspaceId: string,
  matches: Matches,
): Promise<LookContact[]> {
  const ids = matches.map(({ contactId }) => contactId)
  const found = new Map((await contacts.findMany(workspaceId, ids)).map((each) => [each._id, each]))
  const companyIds = [...found.values()].flatMap(({ companyId }) => companyId ?? [])
  const named = await companies.findMany(workspaceId, [...new Set(companyIds)])
  const companyOf = new Map(named.map((company) => [company._id, company]))
  return [...matches]
    .sort((one, other) => closeness(one.reasons) - closeness(other.reasons))
    .flatMap(({ contactId, reasons }) => {
      const contact = found.get(contactId)
      if (!contact) return []
      const company = companyOf.get(contact.companyId ?? '') ?? null
      return [{ contact: presentContact(contact, company), reasons }]
    })
}

/** A person's word first, then who wrote, then whom it is to. */
const closeness = (reasons: Reasons): number =>
  Math.min(...reasons.map(({ role }) => (role === null ? -1 : partyRoles.indexOf(role))))

function strangersIn(
  { from, to, cc, bcc = [] }: Naming,
  matches: Matches,
  ownDomains: ReadonlySet<string>,
): Party[] {
  const parties = [...(from ? [from] : []), ...to, ...cc, ...bcc]
  const known = matches.flatMap(({ reasons }) =>
    reasons.flatMap(({ address }) => addressForms(address ?? '')?.folded ?? []),
  )
  const people = worthSuggesting({ parties, isMachineMail: false, ownDomains })
  return [...people.values()]
    .filter(({ address }) => !known.includes(address))
    .slice(0, MOST_STRANGERS)
}
