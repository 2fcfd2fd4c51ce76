import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import { AadstsError, tokenErrorBody } from '../aadsts.ts'
import type { IssuerContext } from '../context.ts'
import { errorPage, FORM_POST_SCRIPT, noticePage } from '../pages/notice-page.ts'
import { STYLE } from '../pages/style.ts'
import { discoveryRoutes } from './discovery.ts'
import { pageRoutes } from './page-routes.ts'
import { tokenRoute } from './token-route.ts'

/** The issuer over HTTP, in the order in which a request meets it. */
export function createApp(context: IssuerContext): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  app.use(securityHeaders)
  app.get('/style.css', (_request, response) => void response.type('css').send(STYLE))
  app.get('/form-post.js', (_request, response) => void response.type('js').send(FORM_POST_SCRIPT))
  app.use(discoveryRoutes(context))
  app.use(tokenRoute(context))
  app.use(pageRoutes(context))
  app.use((_request, response) => {
    response
      .status(404)
      .send(noticePage('There is nothing here', 'Start from the app you want to sign in to.'))
  })
  app.use(failurePage(context))
  return app
}

/**
 * No scripts but our own file, no framing. Form targets stay on this computer; Chromium also applies them to the redirects
 * after a form, which lead to the app. No Cross-Origin-Opener-Policy: msal-browser talks to its pop-up's opener.
 */
const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'Content-Security-Policy':
      "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'; " +
      "form-action 'self' http://localhost:* http://127.0.0.1:* https://localhost:*",
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  })
  next()
}

const failurePage =
  (context: IssuerContext): ErrorRequestHandler =>
  (error, _request, response, next) => {
    if (!(error instanceof AadstsError)) return next(error)
    response.status(error.status).send(errorPage(tokenErrorBody(error, context)))
  }
