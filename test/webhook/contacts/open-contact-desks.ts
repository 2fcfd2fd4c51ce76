import type { AuditEntry } from '../../../webhook/audit/audit.ts'
import { openContacts } from '../../../webhook/contacts/contact-desks.ts'
import { ContactStore } from '../../../webhook/contacts/store/contact-store.ts'
import { emailIdOf, type SeenEmail } from '../../../webhook/store/email-store.ts'
import { WORKSPACE } from '../../support/builders.ts'
import { openStores } from '../store/open-stores.ts'

export type OpenContacts = Awaited<ReturnType<typeof openContactDesks>>

/** Everything about contacts on an empty database; what is audited and judged again is kept. */
export async function openContactDesks() {
  const stores = await openStores()
  const { db, vault, clock } = stores
  const audited: AuditEntry[] = []
  const judgedAgain: string[][] = []
  const contacts = new ContactStore({ db, vault, clock })
  const opened = openContacts({
    ...{ ...stores, contacts },
    audit: { write: async (entry) => void audited.push(entry) },
    reevaluate: async ({ addressKeys }) => {
      if (addressKeys.includes('poison')) throw new Error('poison')
      judgedAgain.push(addressKeys)
    },
  })
  return {
    ...stores,
    ...opened,
    ...{ contacts, audited, judgedAgain },
    /** Stores mail as a page does. */
    receive: async (...seen: SeenEmail[]) => {
      await stores.emails.see(seen)
      await opened.onStored(
        WORKSPACE,
        seen.map((each) => ({ seen: each, isMachineMail: false })),
      )
      return seen.map(({ identity }) => emailIdOf(WORKSPACE, identity))
    },
    contactIdsOf: async (emailId: string) => (await stores.emails.find(emailId))?.contactIds,
    [Symbol.asyncDispose]: () => stores[Symbol.asyncDispose](),
  }
}
