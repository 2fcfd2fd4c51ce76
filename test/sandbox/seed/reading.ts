import PostalMime, { type Email } from 'postal-mime'
import { seedMails, type SeedMail } from '../../../sandbox/seed/seed-mail.ts'

/** A Saturday morning: working days must be counted over the weekends. */
export const now = new Date('2026-11-21T08:30:00Z')

export type ReadMail = { copy: SeedMail; email: Email; source: string }

/** A mail by the eyes of an independent parser. */
export const read = (mime: Uint8Array): Promise<Email> =>
  PostalMime.parse(mime, { attachmentEncoding: 'arraybuffer' })

/** Every seeded copy, parsed; big files are left empty. */
export async function readSeeds(): Promise<ReadMail[]> {
  const copies = seedMails(now)
  return Promise.all(
    copies.map(async (copy) => {
      const mime = copy.lightMime()
      return { copy, email: await read(mime), source: Buffer.from(mime).toString('latin1') }
    }),
  )
}

export const header = (email: Email, name: string) =>
  email.headers.find(({ key }) => key === name.toLowerCase())?.value
