import { Router } from 'express'
import { z } from 'zod'
import { MemberPage, MOST_MEMBERS } from '../../../../models/wire/people/member.ts'
import type { Members } from '../../../people/members.ts'
import { requireAuditor, signedIn } from '../../authenticate.ts'
import { answer, parse } from '../../parse.ts'

export const MemberPageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(MOST_MEMBERS).default(50),
  cursor: z.string().min(1).max(200).nullable().default(null),
})

/** Who may do what: for auditors and administrators, of their own workspace. */
export function memberRoutes({ members }: { members: Pick<Members, 'page'> }): Router {
  return Router().get('/', async (request, response) => {
    const person = signedIn(response)
    requireAuditor(person)
    const asked = parse(MemberPageQuery, request.query)
    answer(response, MemberPage, await members.page(person.workspaceId, asked))
  })
}
