import type { Connection } from 'mongoose'
import { emailModel } from '../../models/email.ts'
import type { EmailStore } from '../../webhook/store/email-store.ts'
import type { FolderStore } from '../../webhook/store/folder-store.ts'

type Stores = { db: Connection; emails: EmailStore; folders: FolderStore }

/** Every e-mail there is, opened, by subject; its sightings with the names of their folders. */
export async function storedEmails({ db, emails, folders }: Stores) {
  const ids = await emailModel(db).find().select({ _id: 1 }).lean()
  const found = (await Promise.all(ids.map(({ _id }) => emails.find(_id)))).filter(
    (email) => email !== null,
  )
  const places = found.flatMap(({ sightings }) =>
    sightings.flatMap(({ folderId }) => folderId ?? []),
  )
  const known = await folders.findMany([...new Set(places)])
  const nameOf = new Map(known.map(({ _id, displayName }) => [_id, displayName]))
  return found
    .map((email) => ({
      ...email,
      sightings: email.sightings.map((sighting) => ({
        ...sighting,
        folderName: nameOf.get(sighting.folderId ?? '') ?? null,
      })),
    }))
    .toSorted((one, other) => (one.subject < other.subject ? -1 : 1))
}

/** Loses the e-mail with this subject, as if somebody had deleted it from the database. */
export async function loseEmail(stores: Stores, subject: string): Promise<void> {
  const lost = (await storedEmails(stores)).find((email) => email.subject === subject)
  await emailModel(stores.db).deleteOne({ _id: lost?._id ?? '' })
}
