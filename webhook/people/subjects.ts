import type { Subject as WireSubject } from '../../models/wire/people/erasure.ts'
import { fault, readAddresses } from '../contacts/edit-contact.ts'
import { domainsIn } from '../contacts/aliases.ts'
import type { CompanyStore } from '../contacts/store/company-store.ts'
import { aliasesOf } from '../contacts/store/contact-keys.ts'
import { addressForms } from '../crm/decide/addresses.ts'
import { AppError, NotFoundError } from '../errors.ts'
import type { Vault } from '../keys/vault.ts'
import type { MailboxStore } from '../store/mailbox-store.ts'
import { recognising, subjectOf, type Subject } from './subject.ts'
import type { SubjectContacts } from './subject-contacts.ts'

/** Nobody is taken out whose own mailbox is being read: all of it would go. */
export class OwnMailboxError extends AppError {
  readonly code = 'own-mailbox'
  readonly retry = 'never'

  constructor() {
    super('This is the address of a connected mailbox. Disconnect that mailbox first.')
  }
}

export type SubjectParts = {
  contacts: Pick<SubjectContacts, 'addressesOf'>
  companies: Pick<CompanyStore, 'domainsOf'>
  mailboxes: Pick<MailboxStore, 'inWorkspace'>
  vault: Pick<Vault, 'of'>
}

/** Finds out whom somebody means. */
export class Subjects {
  constructor(private readonly parts: SubjectParts) {}

  /** With the spellings of alias domains: the same people are reached there. Throws a NotFoundError, a BadRequestError. */
  async find(workspaceId: string, asked: WireSubject): Promise<Subject> {
    const { blind } = await this.parts.vault.of(workspaceId)
    const spellings = await this.spellings(workspaceId, await this.addresses(workspaceId, asked))
    return subjectOf(
      workspaceId,
      spellings.map((spelling) => blind('address', spelling)),
    )
  }

  /** Throws an OwnMailboxError. */
  async refuseOwn({ workspaceId, keys }: Subject): Promise<void> {
    const { mailboxes, vault } = this.parts
    const { blind } = await vault.of(workspaceId)
    const isTheirs = recognising(blind, keys)
    for (const { status, address } of await mailboxes.inWorkspace(workspaceId))
      if (status !== 'disconnected' && isTheirs(address)) throw new OwnMailboxError()
  }

  private async addresses(workspaceId: string, asked: WireSubject): Promise<string[]> {
    if ('addresses' in asked) return readAddresses(asked.addresses, 'addresses')
    const addresses = await this.parts.contacts.addressesOf(workspaceId, asked.contactId)
    if (!addresses) throw new NotFoundError()
    if (addresses.length === 0)
      throw fault('contactId', 'this contact has no address; delete it as a contact')
    return addresses
  }

  private async spellings(workspaceId: string, addresses: string[]): Promise<string[]> {
    const domains = domainsIn([{ addresses: addresses.map((address) => ({ address })) }])
    const domainsOf = await this.parts.companies.domainsOf(workspaceId, [...new Set(domains)])
    const forms = [...addresses, ...aliasesOf(addresses, domainsOf)].flatMap(
      (address) => addressForms(address) ?? [],
    )
    return forms.flatMap(({ exact, folded }) => [exact, folded])
  }
}
