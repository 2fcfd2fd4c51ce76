import type {
  ContactContent,
  ContactKeys,
  StoredContact,
} from '../../../models/contacts/contact.ts'
import type { WorkspaceKeys } from '../../keys/workspace-keys.ts'
import { contactKeys, type DomainsOf } from './contact-keys.ts'
import { openJson, sealJson } from './sealing.ts'

/** A contact, readable. */
export type Contact = Omit<StoredContact, keyof ContactKeys | 'sealed'> & ContactContent

export type NewContact = ContactContent & { companyId: string | null }

/** Names must have all of the keys; the others one of them. */
type Way = Partial<Pick<ContactKeys, 'nameKeys' | 'matchKeys' | 'foldedKeys' | 'domainKeys'>>

/** Which contacts are looked for: of this company, and found in any of these ways. */
export type ContactFilter = {
  companyId?: string
  anyOf?: Way[]
}

const COLLECTION = 'contacts'

/** What of a document follows from what the contact is to be. */
export function written(
  _id: string,
  { companyId, ...content }: NewContact,
  { keys, domainsOf }: { keys: WorkspaceKeys; domainsOf: DomainsOf },
) {
  const { name, jobTitle, phone, addresses } = content
  const sealed = sealJson(
    keys,
    { collection: COLLECTION, id: _id },
    { content: { name, jobTitle, phone, addresses } satisfies ContactContent },
  )
  return { companyId, sealed, ...contactKeys(_id, content, { blind: keys.blind, domainsOf }) }
}

export function opened(keys: WorkspaceKeys, document: StoredContact): Contact {
  const { _id, workspaceId, rev, companyId, mergedInto, mergeId, took } = document
  const { createdAt, updatedAt, sealed } = document
  const of = { collection: COLLECTION, id: _id }
  const content = openJson<ContactContent>(keys, of, { sealed, field: 'content' })
  const place = { mergedInto, mergeId, took }
  return { _id, workspaceId, rev, companyId, ...place, createdAt, updatedAt, ...content }
}

export const queryOf = ({ companyId, anyOf }: ContactFilter) => ({
  ...(companyId !== undefined && { companyId }),
  ...(anyOf && { $and: [{ $or: anyOf.map(wayOf) }] }),
})

const wayOf = ({ nameKeys, ...others }: Way) => ({
  ...(nameKeys && { nameKeys: { $all: nameKeys } }),
  ...Object.fromEntries(Object.entries(others).map(([field, keys]) => [field, { $in: keys }])),
})
