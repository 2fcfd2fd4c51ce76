import { json, Router, type ErrorRequestHandler, type Request, type Response } from 'express'
import { BadRequestError } from '../../../errors.ts'
import type { Receiver } from '../../../notifications/receiver.ts'
import { NotificationBatch, readBatch } from '../../../notifications/schema.ts'

/** Graph's batches are far smaller; more is somebody else (reliability A3). */
const MAX_BODY = '1mb'
/** Graph's own tokens are a sentence; more is not echoed (reliability A4). */
const MAX_TOKEN_CHARS = 4_096

type Taking = Pick<Receiver, 'take'>

/**
 * Where Graph rings. Anonymous, so everything is proven here: handshake first and without any I/O (Graph waits 10 s and
 * then gives the subscription up), then parse, prove, write down, 202.
 */
export function notificationRoutes(receiver: Taking): Router {
  const router = Router()
  router.post(
    ['/notifications', '/lifecycle'],
    handshake,
    json({ limit: MAX_BODY, inflate: false }),
    (req, res) => accept(receiver, req, res),
  )
  router.use(unreadable)
  return router
}

/** The token goes back decoded, as plain text and never as HTML: the sender is not known yet (graph-contract 1.6). */
function handshake(req: Request, res: Response, next: () => void): void {
  const { validationToken } = req.query
  if (validationToken === undefined) return next()
  if (typeof validationToken !== 'string' || validationToken.length > MAX_TOKEN_CHARS)
    throw new BadRequestError('The validation token is not one of Microsoft Graph.', [
      {
        path: 'validationToken',
        message: `must be given once, up to ${MAX_TOKEN_CHARS} characters`,
      },
    ])
  res
    .status(200)
    .set({
      'Content-Type': 'text/plain; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'",
      'Cache-Control': 'no-store',
    })
    .end(validationToken)
}

async function accept(receiver: Taking, req: Request, res: Response): Promise<void> {
  const read = NotificationBatch.safeParse(req.body)
  if (!read.success) throw notOne('This is not a notification of Microsoft Graph.')
  const batch = readBatch(read.data)
  if (!batch)
    throw new BadRequestError('None of the notifications can be read.', [
      { path: 'value[].subscriptionId, value[].clientState', message: 'must both be text' },
    ])
  await receiver.take(batch)
  res.status(202).end() // the same for genuine and forged: the answer tells nothing (graph-contract 2.2)
}

/** The parser's refusals in our words; a body too large stays what it is. */
const unreadable: ErrorRequestHandler = (error: unknown, _req, _res, next) => {
  const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined
  next(status === 400 || status === 415 ? notOne('The body cannot be read.') : error)
}

const notOne = (message: string) =>
  new BadRequestError(message, [
    {
      path: 'value',
      message: 'must be a list of 1 to 5,000 notifications, sent as application/json in UTF-8',
    },
  ])
