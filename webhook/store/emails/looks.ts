import type { StoredEmail, StoredSighting } from '../../../models/email.ts'
import type { KeysOf } from '../../keys/vault.ts'
import { openerOf, openSighting, sealSighting } from '../sealed-email.ts'

/** How a message looks in its mailbox now; what is not said has not changed. `key` names its sighting. */
export type Look = {
  emailId: string
  key: string
  isRead?: boolean
  categories?: readonly string[]
}

/** A sighting as it is to look. */
export type LookChange = { emailId: string; sighting: StoredSighting }

/** What of these looks is news to e-mails as they are stored. */
export function changedLooks(
  stored: Pick<StoredEmail, '_id' | 'workspaceId' | 'sealed' | 'sightings'>[],
  keys: KeysOf,
  looks: Look[],
): LookChange[] {
  const byId = new Map(stored.map((email) => [email._id, email]))
  return looks.flatMap((look) => {
    const email = byId.get(look.emailId)
    const sighting = email?.sightings.find(({ key }) => key === look.key)
    if (!email || !sighting) return []
    const isRead = look.isRead ?? sighting.isRead
    const { details } = isMarkedAnew(sighting, look)
      ? resealed(email, keys, { sighting, categories: look.categories ?? [] })
      : sighting
    if (isRead === sighting.isRead && details === sighting.details) return []
    return [{ emailId: email._id, sighting: { ...sighting, isRead, details } }]
  })
}

/** Without opening anything: whether its categories may be others. Most messages have none, before and after. */
const isMarkedAnew = ({ details }: StoredSighting, { categories }: Look): boolean =>
  categories !== undefined && (details !== null || categories.length > 0)

type Marked = { sighting: StoredSighting; categories: readonly string[] }

function resealed(
  email: Pick<StoredEmail, '_id' | 'workspaceId' | 'sealed'>,
  keysOf: KeysOf,
  { sighting, categories }: Marked,
): StoredSighting {
  const keys = keysOf(email.workspaceId)
  const opened = openSighting(openerOf(keys, email), sighting)
  if (JSON.stringify(opened.categories) === JSON.stringify(categories)) return sighting
  return sealSighting(keys, email, { ...opened, categories: [...categories] })
}

export const lookWrite = ({ emailId, sighting: { key, isRead, details } }: LookChange) => ({
  updateOne: {
    filter: { _id: emailId },
    update: { $set: { 'sightings.$[seen].isRead': isRead, 'sightings.$[seen].details': details } },
    arrayFilters: [{ 'seen.key': key }],
  },
})
