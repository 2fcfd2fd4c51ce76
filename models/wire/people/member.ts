import { z } from 'zod'
import { Role } from '../session.ts'

/** In one page. */
export const MOST_MEMBERS = 500

/** Somebody who has signed in to the console. */
export const Member = z.object({
  /** Entra object id; what the audit log names them by. */
  userId: z.string(),
  displayName: z.string(),
  address: z.string(),
  /** Of the last sign-in: they are given in Entra. */
  roles: z.array(Role),
  signedInAt: z.iso.datetime(),
  /** Connected ones that are theirs. */
  mailboxes: z.int().min(0),
})
export type Member = z.infer<typeof Member>

/** `GET /api/v1/members`: who signed in last, first. */
export const MemberPage = z.object({
  members: z.array(Member),
  nextCursor: z.string().nullable(),
})
export type MemberPage = z.infer<typeof MemberPage>
