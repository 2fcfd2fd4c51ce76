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

/**
 * What is to be written of a look, and no more: who marks a mail as read while a page with its categories is under way has
 * read it.
 */
export type LookChange = { emailId: string; key: string } & Partial<
  Pick<StoredSighting, 'isRead' | 'details'>
>

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
    const news = {
      ...(isRead !== sighting.isRead && { isRead }),
      ...(details !== sighting.details && { details }),
    }
    return Object.keys(news).length > 0 ? [{ emailId: email._id, key: look.key, ...news }] : []
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

export const lookWrite = ({ emailId, key, ...news }: LookChange) => ({
  updateOne: {
    filter: { _id: emailId },
    update: {
      $set: Object.fromEntries(
        Object.entries(news).map(([field, value]) => [`sightings.$[seen].${field}`, value]),
      ),
    },
    arrayFilters: [{ 'seen.key': key }],
  },
})
