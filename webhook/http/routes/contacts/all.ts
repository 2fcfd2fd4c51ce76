import { Router } from 'express'
import type { ContactDesks } from '../../../contacts/contact-desks.ts'
import { companyRoutes } from './companies.ts'
import { contactRoutes } from './contacts.ts'
import {
  duplicateRoutes,
  emailMatchRoutes,
  mergeRoutes,
  pinRoutes,
  suggestionRoutes,
} from './upkeep.ts'

/** Everything about contacts, below `/api/v1`. */
export function allContactRoutes(parts: { contactDesks: ContactDesks }): Router {
  const router = Router()
  router.use('/contacts', contactRoutes(parts))
  router.use('/companies', companyRoutes(parts))
  router.use('/suggestions', suggestionRoutes(parts))
  router.use('/duplicates', duplicateRoutes(parts))
  router.use('/merges', mergeRoutes(parts))
  router.use('/pins', pinRoutes(parts))
  router.use('/emails', emailMatchRoutes(parts))
  return router
}
