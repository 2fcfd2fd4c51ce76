import { z } from 'zod'

const text = (longest: number) => z.string().trim().max(longest)

export const Company = z.object({
  id: z.string(),
  name: z.string(),
  /** The main one first; the others are aliases of it: the same mailbox names reach the same people there. */
  domains: z.array(z.string()),
  /** For `If-Match`. */
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type Company = z.infer<typeof Company>

/** `GET /api/v1/companies?q=&limit=&cursor=`, the newest first. */
export const CompanyPage = z.object({
  companies: z.array(Company),
  nextCursor: z.string().nullable(),
})
export type CompanyPage = z.infer<typeof CompanyPage>

const domains = z.array(text(320).min(1)).max(50)

/** `POST /api/v1/companies` */
export const NewCompany = z.strictObject({ name: text(200).min(1), domains: domains.default([]) })
export type NewCompany = z.infer<typeof NewCompany>

/** `PATCH /api/v1/companies/:id`: only what is named changes. */
export const ChangeCompany = z.strictObject({
  name: text(200).min(1).optional(),
  domains: domains.optional(),
})
export type ChangeCompany = z.infer<typeof ChangeCompany>
