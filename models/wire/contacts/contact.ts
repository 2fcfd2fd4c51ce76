import { z } from 'zod'

const text = (longest: number) => z.string().trim().max(longest)
/** RFC 5321 allows 254; what is no address is said by the service, in words. */
const address = text(640).min(1)

export const MOST_ADDRESSES = 50

export const ContactAddress = z.object({
  address: z.string(),
  /** When it was given up; null: in use. */
  formerSince: z.iso.datetime().nullable(),
})
export type ContactAddress = z.infer<typeof ContactAddress>

export const Contact = z.object({
  id: z.string(),
  name: z.string(),
  jobTitle: z.string(),
  phone: z.string(),
  company: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** In use first. */
  addresses: z.array(ContactAddress),
  /** It was merged into this contact, which has its e-mails now. */
  mergedInto: z.string().nullable(),
  /** For `If-Match`. */
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type Contact = z.infer<typeof Contact>

/** `GET /api/v1/contacts?q=&company=&limit=&cursor=`, the newest first. */
export const ContactPage = z.object({
  contacts: z.array(Contact),
  nextCursor: z.string().nullable(),
})
export type ContactPage = z.infer<typeof ContactPage>

/** `POST /api/v1/contacts`. Without a company, the one that has the first address's domain. */
export const NewContact = z
  .strictObject({
    name: text(200).default(''),
    jobTitle: text(200).default(''),
    phone: text(60).default(''),
    companyId: z.string().min(1).max(64).nullable().optional(),
    addresses: z.array(address).max(MOST_ADDRESSES).default([]),
  })
  .refine(({ name, addresses }) => name !== '' || addresses.length > 0, {
    path: ['name'],
    message: 'a contact needs a name or an address',
  })
export type NewContact = z.infer<typeof NewContact>

/** `PATCH /api/v1/contacts/:id`: only what is named changes. */
export const ChangeContact = z.strictObject({
  name: text(200).optional(),
  jobTitle: text(200).optional(),
  phone: text(60).optional(),
  companyId: z.string().min(1).max(64).nullable().optional(),
  /** Those in use. One that is left out becomes a former one, and still matches the mail of its time. */
  addresses: z.array(address).max(MOST_ADDRESSES).optional(),
  /** Never were theirs: taken out altogether. */
  forget: z.array(address).max(MOST_ADDRESSES).optional(),
})
export type ChangeContact = z.infer<typeof ChangeContact>
