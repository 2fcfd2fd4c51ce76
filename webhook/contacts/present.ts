import type { Company as WireCompany } from '../../models/wire/contacts/company.ts'
import type { Contact as WireContact } from '../../models/wire/contacts/contact.ts'
import type { Company } from './store/company-store.ts'
import type { Contact } from './store/contact-store.ts'

/** A contact for people; `company` is the one it names, if that is still there. */
export const presentContact = (contact: Contact, company: Company | null): WireContact => ({
  id: contact._id,
  name: contact.name,
  jobTitle: contact.jobTitle,
  phone: contact.phone,
  company: company && { id: company._id, name: company.name },
  addresses: contact.addresses,
  mergedInto: contact.mergedInto,
  version: contact.rev,
  createdAt: contact.createdAt.toISOString(),
  updatedAt: contact.updatedAt.toISOString(),
})

export const presentCompany = (company: Company): WireCompany => ({
  id: company._id,
  name: company.name,
  domains: company.domains,
  version: company.rev,
  createdAt: company.createdAt.toISOString(),
  updatedAt: company.updatedAt.toISOString(),
})
