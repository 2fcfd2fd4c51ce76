import { Router, urlencoded, type Request, type Response } from 'express'
import { z } from 'zod'
import { AADSTS_TABLE, type AadstsCode } from '../aadsts-table.ts'
import { AadstsError } from '../aadsts.ts'
import type { IssuerContext } from '../context.ts'
import { personByName, tenantByName } from '../directory.ts'
import { adminConsent, type AdminOutcome } from '../flows/admin-consent.ts'
import { authorityOf } from '../flows/authority.ts'
import { authorize, type Outcome, type Visit } from '../flows/authorize.ts'
import { answerUrl, type Target } from '../flows/target.ts'
import { adminConsentPage, consentPage } from '../pages/consent-page.ts'
import { formPostPage, noticePage } from '../pages/notice-page.ts'
import { peoplePage, type FormPage } from '../pages/people-page.ts'
import { clearSession, readSession, writeSession } from './session-cookie.ts'

type Decide = (visit: Visit) => Outcome | AdminOutcome

/** The pages a person sees: sign-in and consent, admin consent, sign-out, and what an error number means. */
export function pageRoutes(context: IssuerContext): Router {
  const router = Router()
  const form = urlencoded({ extended: false })
  const pages: [path: string, decide: Decide][] = [
    ['/:tenant/oauth2/v2.0/authorize', (visit) => authorize(context, visit)],
    ['/:tenant/v2.0/adminconsent', (visit) => adminConsent(context, visit, 2)],
    ['/:tenant/adminconsent', (visit) => adminConsent(context, visit, 1)],
  ]
  for (const [path, decide] of pages) {
    router.get(path, (request, response) => visitPage(context, { request, response, decide }))
    router.post(path, form, (request, response) =>
      visitPage(context, { request, response, decide }),
    )
  }
  router.get('/:tenant/oauth2/v2.0/logout', (request, response) =>
    signOut(context, request, response),
  )
  router.get('/error', explain)
  return router
}

const clicks = z.object({
  person: z.string().optional(),
  decision: z.enum(['accept', 'cancel']).optional(),
})

type PageCall = { request: Request; response: Response; decide: Decide }

/** A page's forms post back to it with all of its parameters, so every step is judged anew and nothing waits on the server. */
function visitPage(context: IssuerContext, { request, response, decide }: PageCall): void {
  const sent: unknown = request.method === 'POST' ? request.body : request.query
  const params = z.record(z.string(), z.unknown()).catch({}).parse(sent)
  const { person, decision } = request.method === 'POST' ? clicks.catch({}).parse(params) : {}
  const chosen = person ? personByName(person) : undefined
  const outcome = decide({
    authority: authorityOf(String(request.params['tenant']), context.app),
    params,
    session: context.accounts.personOfSession(readSession(request)),
    chosen,
    decision,
  })
  if (chosen) writeSession(response, context.accounts.startSession(chosen))
  if (outcome.show === 'answer') return sendAnswer(response, outcome.target, outcome.answer)
  response.send(
    pageFor(outcome, {
      action: request.path,
      fields: carriedFields(params),
      appName: context.app.name,
    }),
  )
}

type Shown = Exclude<Outcome | AdminOutcome, { show: 'answer' }>

function pageFor(outcome: Shown, form: FormPage): string {
  switch (outcome.show) {
    case 'people':
      return peoplePage(form, outcome.people)
    case 'consent':
      return consentPage(form, outcome.person, outcome.asked)
    case 'admin-consent': {
      const tenant = tenantByName(outcome.person.tenantId)
      if (!tenant) throw new AadstsError(90002)
      return adminConsentPage(form, outcome.person, { tenant, asked: outcome.asked })
    }
  }
}

function carriedFields(params: Visit['params']): Record<string, string> {
  const entries = Object.entries(params).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && !['person', 'decision'].includes(entry[0]),
  )
  return Object.fromEntries(entries)
}

function sendAnswer(response: Response, target: Target, answer: Record<string, string>): void {
  if (target.mode === 'form_post') {
    const state = target.state === undefined ? {} : { state: target.state }
    response.send(formPostPage(target.redirectUri, { ...answer, ...state }))
  } else response.redirect(303, answerUrl(target, answer))
}

function signOut({ accounts, app }: IssuerContext, request: Request, response: Response): void {
  accounts.endSession(readSession(request))
  clearSession(response)
  const back = request.query['post_logout_redirect_uri']
  const state = request.query['state']
  if (typeof back !== 'string' || !app.platformOf(back))
    return void response.send(noticePage('You are signed out', 'You can close this window.'))
  const params =
    typeof state === 'string'
      ? `${back.includes('?') ? '&' : '?'}${new URLSearchParams({ state })}`
      : ''
  response.redirect(303, back + params)
}

/** Where `error_uri` leads. */
function explain(request: Request, response: Response): void {
  const code = Number(request.query['code'])
  if (isKnown(code)) response.send(noticePage(`AADSTS${code}`, AADSTS_TABLE[code][1]))
  else response.status(404).send(noticePage('Unknown error', 'The sandbox has no such number.'))
}

const isKnown = (code: number): code is AadstsCode => Object.hasOwn(AADSTS_TABLE, code)
