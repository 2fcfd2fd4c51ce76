import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Person } from '../../../crm/ports.ts'
import { requireMember, signedIn } from '../../authenticate.ts'
import { parse } from '../../parse.ts'

const MOST_IN_PAGE = 200

export const Id = z.string().min(1).max(64)

/** The query of every list. */
export const Page = z.object({
  limit: z.coerce.number().int().min(1).max(MOST_IN_PAGE).default(50),
  cursor: z.string().min(1).max(512).nullable().default(null),
})

export const idIn = (request: Request): string => parse(Id, request.params['id'])

/** Who asks; contacts are for members. */
export function memberIn(response: Response): Person {
  const person = signedIn(response)
  requireMember(person)
  return person
}
