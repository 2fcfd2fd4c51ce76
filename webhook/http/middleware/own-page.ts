import type { RequestHandler } from 'express'
import { CsrfError } from '../../errors.ts'
import { isSameText } from '../../keys/same-text.ts'
import { sessionOf } from '../authenticate.ts'

const CHANGES_NOTHING = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A change needs the session's own token, which no other site can read, and must not come from another origin. Browsers
 * tell where it comes from; a client that is no browser has no cookie to abuse.
 */
export function requireOwnPage(publicUrl: string): RequestHandler {
  return (request, response, next) => {
    if (!CHANGES_NOTHING.has(request.method)) {
      const token = request.get('x-csrf-token') ?? ''
      const origin = request.get('origin') ?? publicUrl
      const site = request.get('sec-fetch-site') ?? 'same-origin'
      const isOwn =
        isSameText(token, sessionOf(response).csrfToken) &&
        origin === publicUrl &&
        site === 'same-origin'
      if (!isOwn) throw new CsrfError()
    }
    next()
  }
}
