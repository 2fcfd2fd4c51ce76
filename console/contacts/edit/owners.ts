import { ContactPage, type Contact } from '../../../models/wire/contacts/contact.ts'
import type { Api } from '../../../ui/api/client.ts'
import { pathWith } from '../../paging/use-pages.ts'

/** Somebody who is there already. */
export type Owner = {
  contact: Contact
  /** The address that was asked for. */
  address: string
  /** It is theirs to the letter; otherwise they have one that ends up in the same mailbox. */
  isExact: boolean
}

/** Contacts that have one of these addresses, or another spelling of it; each once. */
export async function ownersOf(api: Api, addresses: readonly string[]): Promise<Owner[]> {
  const found = await Promise.all(
    addresses.map(async (address) => {
      const { contacts } = await api.get(pathWith('/api/v1/contacts', { q: address }), ContactPage)
      return contacts.map((contact) => ({ contact, address, isExact: has(contact, address) }))
    }),
  )
  return [...new Map(found.flat().map((owner) => [owner.contact.id, owner])).values()]
}

const has = ({ addresses }: Contact, wanted: string): boolean =>
  addresses.some(({ address }) => address.toLowerCase() === wanted.toLowerCase())
