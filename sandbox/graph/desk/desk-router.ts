import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express'
import { z } from 'zod'
import { deskState, type DeskStateParts } from './desk-state.ts'
import type { FaultDesk } from './fault-desk.ts'
import { DESK_ACTS } from './fault-table.ts'
import { UnknownMailboxError } from './mail-desk.ts'
import { NoSuchMailError } from './newest.ts'
import { DESK_PAGE } from './page/page.ts'
import { DESK_SCRIPT } from './page/script.ts'
import { DESK_STYLE } from './page/style.ts'

/** The fault desk over HTTP: the page, what it shows, and `POST /desk/api/<fault>`. */
export function deskRouter(desk: FaultDesk, state: DeskStateParts): Router {
  const router = express.Router()
  router.use(safeHeaders, ownOriginOnly)
  router.get('/', (_req, res) => void res.type('html').send(DESK_PAGE))
  router.get('/desk.css', (_req, res) => void res.type('css').send(DESK_STYLE))
  router.get('/desk.js', (_req, res) => void res.type('js').send(DESK_SCRIPT))
  router.get('/api/state', (_req, res) => void res.json(deskState(state)))
  router.post('/api/:fault', express.json({ limit: '64kb' }), async (req, res) => {
    const act = DESK_ACTS[req.params.fault ?? '']
    if (!act)
      return void res
        .status(404)
        .json({ problem: 'There is no such fault.', faults: Object.keys(DESK_ACTS) })
    res.json({ done: await act.run(desk, req.body ?? {}) })
  })
  router.use(problems)
  return router
}

const safeHeaders: RequestHandler = (_req, res, next) => {
  res.set({
    'content-security-policy':
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  next()
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * Another site must not turn these knobs through somebody's browser. A host that is not loopback is a rebound DNS name;
 * an origin that is not this page's own is another site. Programs send no origin and may pass.
 */
const ownOriginOnly: RequestHandler = (req, res, next) => {
  const host = req.get('host') ?? ''
  const origin = req.get('origin')
  const isLocal = LOOPBACK.includes(host.replace(/:\d+$/, ''))
  const isOwn = origin === undefined || origin === `${req.protocol}://${host}`
  if (isLocal && (isOwn || req.method === 'GET')) return next()
  res
    .status(403)
    .json({ problem: 'Only this computer, and only this page, may use the fault desk.' })
}

const problems: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (error instanceof z.ZodError)
    return void res.status(400).json({ problem: z.prettifyError(error) })
  if (error instanceof SyntaxError)
    return void res.status(400).json({ problem: 'The body is not JSON.' })
  if (error instanceof UnknownMailboxError)
    return void res.status(404).json({ problem: error.message })
  if (error instanceof NoSuchMailError) return void res.status(409).json({ problem: error.message })
  next(error)
}
