import { domainOf } from '../crm/decide/addresses.ts'
import type { Vault } from '../keys/vault.ts'
import type { CompanyStore } from './store/company-store.ts'
import { matchKeysOf } from './store/contact-keys.ts'
import type { ContactStore } from './store/contact-store.ts'
import type { Place } from './cursor.ts'

const CONTACTS_AT_ONCE = 200

export type AliasParts = {
  contacts: ContactStore
  companies: CompanyStore
  vault: Pick<Vault, 'of'>
}

/** Contacts whose keys are not what their companies' domains make of them; `addressKeys` come or go by `save`. */
export type Outdated = { addressKeys: string[]; save: () => Promise<void> }

/** Keeps the spellings that alias domains give to contacts' addresses. */
export class Aliases {
  constructor(private readonly parts: AliasParts) {}

  /** Contacts at these domains, lot by lot. */
  async *outdated(workspaceId: string, domainKeys: string[]): AsyncGenerator<Outdated> {
    const { contacts, companies, vault } = this.parts
    const { blind } = await vault.of(workspaceId)
    let before: Place | null = null
    while (domainKeys.length > 0) {
      const lot = await contacts.page(
        workspaceId,
        { anyOf: [{ domainKeys }] },
        { limit: CONTACTS_AT_ONCE, before },
      )
      const last = lot.at(-1)
      if (!last) return
      before = { at: last.createdAt, id: last._id }
      const domainsOf = await companies.domainsOf(workspaceId, domainsIn(lot))
      const ids = lot.map(({ _id }) => _id)
      const keysNow = await contacts.matchKeysOf(workspaceId, ids)
      const changes = lot.flatMap((contact) => {
        const was = keysNow.get(contact._id) ?? []
        const matchKeys = matchKeysOf(contact, { blind, domainsOf })
        const changed = difference(was, matchKeys)
        return changed.length > 0 ? [{ contact, matchKeys, changed }] : []
      })
      if (changes.length === 0) continue
      yield {
        addressKeys: changes.flatMap(({ changed }) => changed),
        save: async () => {
          for (const { contact, matchKeys } of changes)
            await contacts.saveMatchKeys(contact, matchKeys)
        },
      }
    }
  }
}

export const domainsIn = (
  contacts: readonly { addresses: readonly { address: string }[] }[],
): string[] =>
  contacts.flatMap(({ addresses }) => addresses.flatMap(({ address }) => domainOf(address) ?? []))

/** What is in one of the two alone. */
function difference(one: string[], other: string[]): string[] {
  const [ones, others] = [new Set(one), new Set(other)]
  return [...one.filter((key) => !others.has(key)), ...other.filter((key) => !ones.has(key))]
}
