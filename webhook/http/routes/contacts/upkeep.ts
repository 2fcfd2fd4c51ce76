import { Router } from 'express'
import { z } from 'zod'
import { Contact } from '../../../../models/wire/contacts/contact.ts'
import {
  AcceptSuggestion,
  DuplicateList,
  EmailMatches,
  Merge,
  MergePage,
  MergePreview,
  MergeRequest,
  PinRequest,
  SuggestionPage,
} from '../../../../models/wire/contacts/upkeep.ts'
import type { ContactDesks } from '../../../contacts/contact-desks.ts'
import { answerVersioned } from '../../etag.ts'
import { answer, parse } from '../../parse.ts'
import { Id, idIn, memberIn, Page } from './query.ts'

type Parts = { contactDesks: ContactDesks }

/** People one writes with who are no contacts. */
export function suggestionRoutes({ contactDesks: { suggestions } }: Parts): Router {
  const router = Router()
  router.get('/', async (request, response) => {
    const page = parse(Page, request.query)
    answer(response, SuggestionPage, await suggestions.page(memberIn(response), page))
  })
  router.post('/:id/accept', async (request, response) => {
    const { name } = parse(AcceptSuggestion, request.body ?? {})
    const value = await suggestions.accept(memberIn(response), idIn(request), name)
    answerVersioned(response, Contact, { value, version: value.version })
  })
  router.post('/:id/dismiss', async (request, response) => {
    await suggestions.dismiss(memberIn(response), idIn(request))
    response.status(204).end()
  })
  return router
}

/** Contacts that may be one person. */
export function duplicateRoutes({ contactDesks: { duplicates } }: Parts): Router {
  const router = Router()
  router.get('/', async (_request, response) => {
    answer(response, DuplicateList, await duplicates.list(memberIn(response)))
  })
  return router
}

export function mergeRoutes({ contactDesks: { merges } }: Parts): Router {
  const router = Router()
  router.get('/', async (request, response) => {
    const page = parse(Page, request.query)
    answer(response, MergePage, await merges.page(memberIn(response), page))
  })
  router.post('/preview', async (request, response) => {
    const wanted = parse(MergeRequest, request.body)
    answer(response, MergePreview, await merges.preview(memberIn(response), wanted))
  })
  router.post('/', async (request, response) => {
    const wanted = parse(MergeRequest, request.body)
    answer(response, Merge, await merges.merge(memberIn(response), wanted))
  })
  router.post('/:id/undo', async (request, response) => {
    answer(response, Merge, await merges.undo(memberIn(response), idIn(request)))
  })
  return router
}

export const PinQuery = z.object({ email: Id, contact: Id })

/** A person's word on whether an e-mail belongs to a contact. */
export function pinRoutes({ contactDesks: { matches } }: Parts): Router {
  const router = Router()
  router.put('/', async (request, response) => {
    const wanted = parse(PinRequest, request.body)
    answer(response, EmailMatches, await matches.pin(memberIn(response), wanted))
  })
  router.delete('/', async (request, response) => {
    const { email: emailId, contact: contactId } = parse(PinQuery, request.query)
    const now = await matches.unpin(memberIn(response), { emailId, contactId })
    answer(response, EmailMatches, now)
  })
  return router
}

/** Below `/emails`: whom one belongs to, and why. */
export function emailMatchRoutes({ contactDesks: { matches } }: Parts): Router {
  const router = Router()
  router.get('/:id/matches', async (request, response) => {
    answer(response, EmailMatches, await matches.matches(memberIn(response), idIn(request)))
  })
  return router
}
