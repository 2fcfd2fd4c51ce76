import type { Party } from '../../models/wire/email.ts'
import type { OfficeCall } from './host.ts'

/** A recipient without an SMTP address (a distribution list of one's own, an old Exchange name) is left out. */
export function partiesOf(people: Office.EmailAddressDetails[] | undefined): Party[] {
  return (people ?? []).flatMap((person) => partyOf(person) ?? [])
}

export function partyOf(person: Office.EmailAddressDetails | undefined): Party | null {
  const address = person?.emailAddress?.trim() ?? ''
  if (!address.includes('@')) return null
  return { name: person?.displayName ?? '', address }
}

type Shareable = Partial<Pick<Office.MessageRead, 'getSharedPropertiesAsync'>>

/** Whose mailbox an item lies in. The method is there for shared items only (outlook-addin 2.6). */
export async function ownerOf(
  mailbox: Office.Mailbox,
  item: Shareable,
  call: OfficeCall,
): Promise<string> {
  const own = mailbox.userProfile.emailAddress
  if (!item.getSharedPropertiesAsync) return own
  const shared = await call<Office.SharedProperties>((done) =>
    item.getSharedPropertiesAsync?.(done),
  )
  return shared.targetMailbox || shared.owner || own
}
