import { openContacts } from '../../../webhook/contacts/contact-desks.ts'
import { ContactStore } from '../../../webhook/contacts/store/contact-store.ts'
import { ComposeDesk } from '../../../webhook/compose/compose-desk.ts'
import type { Providers } from '../../../webhook/provider/provider.ts'
import type { OpenStores } from '../store/open-stores.ts'

/** The desk beside drafts, on these stores, with contacts of its own. */
export function openComposeDesk(stores: OpenStores & { providers: Providers }): ComposeDesk {
  const contacts = new ContactStore(stores)
  const opened = openContacts({ ...stores, contacts, reevaluate: async () => undefined })
  return new ComposeDesk({ ...stores, ...opened, contacts })
}
