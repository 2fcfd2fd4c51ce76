import { Router } from 'express'
import { Contact, ContactPage, NewContact } from '../../../../models/wire/contacts/contact.ts'
import { EmailMatches, PinRequest } from '../../../../models/wire/contacts/upkeep.ts'
import { Explanation } from '../../../../models/wire/explain.ts'
import { EmailStatusRequest } from '../../../../models/wire/log-email.ts'
import { KeepOutRequest, KeptOut } from '../../../../models/wire/pane/keep-out.ts'
import { AddAddress, ContactSearch, Look, LookRequest } from '../../../../models/wire/pane/look.ts'
import type { ComposeDesk } from '../../../compose/compose-desk.ts'
import type { ContactDesks } from '../../../contacts/contact-desks.ts'
import type { FollowUpDesks } from '../../../follow-up/open-follow-ups.ts'
import type { PaneDesk } from '../../../pane/pane-desk.ts'
import type { ApiTokens } from '../../../sign-in/api-tokens.ts'
import type { KeepOut } from '../../../rules/keep-out.ts'
import { untilGone } from '../../abort.ts'
import { requireBearer } from '../../authenticate.ts'
import { allowOrigin } from '../../middleware/cors.ts'
import { readJson } from '../../middleware/read-json.ts'
import { answer, parse } from '../../parse.ts'
import { limitRate, type RateLimiter } from '../../rate/rate-limit.ts'
import { memberIn } from '../contacts/query.ts'
import { composeRoutes } from './compose.ts'
import { paneFollowUpRoutes } from './follow-up.ts'

/** Who could be the same person: more than these nobody reads in a narrow pane. */
const MOST_CANDIDATES = 5

/** A mail names up to a thousand people, each by name and address. */
const MOST_BYTES = 512 * 1024

export type PaneRouteParts = {
  paneDesk: PaneDesk
  composeDesk: ComposeDesk
  keepOut: KeepOut
  contactDesks: Pick<ContactDesks, 'contacts' | 'matches'>
  followUpDesks: FollowUpDesks
  apiTokens: ApiTokens
  rateLimiter: RateLimiter
  addinUrl: string
}

/**
 * What the pane asks beside its log: its origin alone, by bearer token, without cookies. Everything is posted: a browser
 * asks once whether it may, and what people look for is in no address.
 */
export function paneRoutes(parts: PaneRouteParts): Router {
  const { paneDesk, keepOut, apiTokens, rateLimiter, addinUrl } = parts
  const router = Router()
  router.use(allowOrigin(addinUrl))
  router.use(requireBearer(apiTokens), limitRate(rateLimiter))
  router.use(readJson({ limit: MOST_BYTES }))

  router.post('/look', async (request, response) => {
    const open = parse(LookRequest, request.body)
    answer(response, Look, await paneDesk.look(memberIn(response), open))
  })

  router.post('/conversation', async (request, response) => {
    const wanted = parse(KeepOutRequest, request.body)
    answer(response, KeptOut, await keepOut.set(memberIn(response), wanted))
  })

  router.post('/explain', async (request, response) => {
    const open = parse(EmailStatusRequest, request.body)
    const told = await paneDesk.explain(memberIn(response), open, untilGone(response))
    answer(response, Explanation, told)
  })

  return router.use(contactRoutes(parts), composeRoutes(parts), paneFollowUpRoutes(parts))
}

function contactRoutes({ paneDesk, contactDesks }: PaneRouteParts): Router {
  const { contacts, matches } = contactDesks
  const router = Router()

  router.post('/contacts/search', async (request, response) => {
    const { q } = parse(ContactSearch, request.body)
    const query = { q, companyId: null, limit: MOST_CANDIDATES, cursor: null }
    answer(response, ContactPage, await contacts.page(memberIn(response), query))
  })

  router.post('/contacts', async (request, response) => {
    const wanted = parse(NewContact, request.body)
    answer(response.status(201), Contact, await contacts.create(memberIn(response), wanted))
  })

  router.post('/contacts/addresses', async (request, response) => {
    const more = parse(AddAddress, request.body)
    answer(response, Contact, await paneDesk.addAddress(memberIn(response), more))
  })

  router.post('/pins', async (request, response) => {
    const word = parse(PinRequest, request.body)
    answer(response, EmailMatches, await matches.pin(memberIn(response), word))
  })

  return router
}
