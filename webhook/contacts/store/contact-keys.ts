import type { ContactContent, ContactKeys } from '../../../models/contacts/contact.ts'
import { addressForms, atDomain } from '../../crm/decide/addresses.ts'
import { beginningsOf, wholeNameOf } from '../../crm/decide/names.ts'
import type { Blind } from '../../keys/workspace-keys.ts'

/** All domains of the company that has this one; empty when none has. */
export type DomainsOf = (domain: string) => readonly string[]

/** Names have few words, so that fewer bits tell less of which is which (reliability 5.1). */
const NAME_KEY_CHARS = 8

export const nameKey = (blind: Blind, word: string): string =>
  blind('name', word).slice(0, NAME_KEY_CHARS)

/** What makes a document's place in a unique index when it claims nothing: an empty list would count as a value. */
export const claimsOf = (_id: string, keys: string[]): string[] =>
  keys.length > 0 ? keys : [`none:${_id}`]

/** The same address as its company's other domains would spell it. */
export const aliasesOf = (addresses: string[], domainsOf: DomainsOf): string[] => [
  ...new Set(
    addresses.flatMap((address) => {
      const domain = addressForms(address)?.domain ?? ''
      const others = domainsOf(domain).filter((other) => other !== domain)
      return others.flatMap((other) => atDomain(address, other) ?? [])
    }),
  ),
]

type Spelling = { blind: Blind; domainsOf: DomainsOf }

/** What an e-mail's party keys are held against. */
export function matchKeysOf(
  { addresses: all }: Pick<ContactContent, 'addresses'>,
  { blind, domainsOf }: Spelling,
): string[] {
  const addresses = all.map(({ address }) => address)
  const spellings = [...addresses, ...aliasesOf(addresses, domainsOf)]
  return unique(spellings.map((address) => blind('address', address)))
}

/** Everything a contact is found by. Its addresses are normalised. */
export function contactKeys(_id: string, content: ContactContent, spelling: Spelling): ContactKeys {
  const { blind } = spelling
  const addresses = content.addresses.map(({ address }) => address)
  const forms = addresses.flatMap((address) => addressForms(address) ?? [])
  const exact = unique(forms.map((form) => blind('address', form.exact)))
  const wholeName = wholeNameOf(content.name)
  const locals = addresses.map((address) => address.slice(0, address.lastIndexOf('@')))
  return {
    claimKeys: claimsOf(_id, exact),
    matchKeys: matchKeysOf(content, spelling),
    foldedKeys: unique(forms.map((form) => blind('address', form.folded))),
    domainKeys: unique(forms.map((form) => blind('domain', form.domain))),
    nameKeys: beginningsOf([content.name, ...locals]).map((word) => nameKey(blind, word)),
    wholeNameKey: wholeName === null ? null : blind('name', `whole:${wholeName}`),
  }
}

const unique = (keys: string[]): string[] => [...new Set(keys)]
