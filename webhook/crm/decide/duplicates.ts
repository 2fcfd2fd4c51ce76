import { addressForms } from './addresses.ts'
import { wholeNameOf } from './names.ts'

export type DuplicateReason =
  'same-mailbox' | 'same-name-and-company' | 'same-name-and-similar-domain'

export type ComparedContact = { name: string; companyId: string | null; addresses: string[] }

/** Where everybody has an address; a shared one says nothing. */
const PUBLIC_DOMAINS = new Set([
  'gmail',
  'googlemail',
  'outlook',
  'hotmail',
  'live',
  'yahoo',
  'icloud',
  'gmx',
  'web',
  'aol',
  'proton',
])
/** Second levels under which countries give out names: `contoso.co.uk`. */
const SECOND_LEVELS = new Set(['co', 'com', 'org', 'net', 'ac', 'gov', 'edu'])

/** Why two contacts may be one person; null: nothing says so. A suspicion for a person to look at, never more. */
export function duplicateReason(
  one: ComparedContact,
  other: ComparedContact,
): DuplicateReason | null {
  const forms = (contact: ComparedContact) =>
    contact.addresses.map((address) => addressForms(address)).filter((each) => each !== null)
  const [mine, theirs] = [forms(one), forms(other)]
  if (mine.some(({ folded }) => theirs.some((each) => each.folded === folded)))
    return 'same-mailbox'
  const name = wholeNameOf(one.name)
  if (name === null || name !== wholeNameOf(other.name)) return null
  if (one.companyId !== null && one.companyId === other.companyId) return 'same-name-and-company'
  return mine.some(({ domain }) => theirs.some((each) => areSimilar(domain, each.domain)))
    ? 'same-name-and-similar-domain'
    : null
}

/** One organization by the looks of it: the same domain, one under the other, or the same name in another country. */
export function areSimilar(one: string, other: string): boolean {
  const [mine, theirs] = [organizationOf(one), organizationOf(other)]
  return mine !== null && mine === theirs
}

/** `contoso` of `mail.contoso.co.uk`; null where everybody has an address. */
function organizationOf(domain: string): string | null {
  const labels = domain.split('.')
  if (labels.length < 2 || domain.startsWith('[')) return null
  const isUnderCountry = labels.length > 2 && SECOND_LEVELS.has(labels.at(-2) ?? '')
  const name = labels.at(isUnderCountry ? -3 : -2) ?? ''
  return PUBLIC_DOMAINS.has(name) ? null : name
}
