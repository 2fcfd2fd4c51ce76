import type { ChangeContact } from '../../models/wire/contacts/contact.ts'
import { normaliseAddress } from '../crm/decide/addresses.ts'
import { inUseFirst } from '../crm/decide/merged-contact.ts'
import { BadRequestError } from '../errors.ts'
import type { Contact } from './store/contact-store.ts'

/** What is wrong with one field. */
export const fault = (path: string, message: string) =>
  new BadRequestError('The request is not as FlowCRM needs it.', [{ path, message }])

/** Normalised, each once. Throws a BadRequestError that names what is no address. */
export function readAddresses(texts: string[], path: string): string[] {
  const read = texts.map((text) => normaliseAddress(text))
  const at = read.indexOf(null)
  if (at >= 0) throw fault(`${path}.${at}`, 'is no e-mail address; write it like name@example.com')
  return [...new Set(read.filter((address) => address !== null))]
}

/** What is in use no longer was once: it stays, as a former one. */
export function changedAddresses(was: Contact, { addresses, forget }: ChangeContact, now: Date) {
  const gone = new Set(readAddresses(forget ?? [], 'forget'))
  const kept = was.addresses.filter(({ address }) => !gone.has(address))
  if (!addresses) return kept
  const inUse = readAddresses(addresses, 'addresses')
  const former = kept
    .filter(({ address }) => !inUse.includes(address))
    .map(({ address, formerSince }) => ({ address, formerSince: formerSince ?? now.toISOString() }))
  return inUseFirst([...inUse.map((address) => ({ address, formerSince: null })), ...former])
}
