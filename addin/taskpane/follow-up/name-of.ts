import type { Contact } from '../../../models/wire/contacts/contact.ts'

/** What a contact is called in a list: one without a name by its address. */
export const nameOf = ({ name, addresses }: Pick<Contact, 'name' | 'addresses'>): string =>
  name || addresses[0]?.address || 'No name'
