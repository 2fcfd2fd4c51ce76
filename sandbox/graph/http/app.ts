import { randomUUID } from 'node:crypto'
import express, {
  type ErrorRequestHandler,
  type Request,
  type Response,
  type Router,
} from 'express'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import type { Clock } from '../../../webhook/clock.ts'
import { GraphFault } from '../errors.ts'
import type { Dispatcher } from './dispatcher.ts'
import { errorReply, withGraphHeaders } from './envelope.ts'
import { BODY_BYTES } from './throttle/limits.ts'
import type { Damage, RequestFaults } from './request-faults.ts'
import type { GraphResponse } from './route.ts'

export type GraphRouterParts = { dispatcher: Dispatcher; faults: RequestFaults; clock: Clock }

/** `/v1.0` over HTTP. All else about Graph is in the dispatcher. */
export function graphRouter({ dispatcher, faults, clock }: GraphRouterParts): Router {
  const router = express.Router()
  router.use(express.raw({ type: () => true, limit: BODY_BYTES }))
  router.use(async (req: Request, res: Response) => {
    const path = req.url
    const reply = await dispatcher.handle({
      method: req.method,
      path,
      headers: plainHeaders(req),
      body: Buffer.isBuffer(req.body) ? req.body : new Uint8Array(),
      origin: `${req.protocol}://${req.get('host') ?? 'localhost'}`,
    })
    await send(res, reply, faults.takeDamage(req.method, path))
  })
  router.use(unreadable(clock))
  return router
}

/** A body that could not be read (too long, broken encoding) is answered in Graph's own form (graph-contract 6.2). */
const unreadable =
  (clock: Clock): ErrorRequestHandler =>
  async (error: unknown, req, res, _next) => {
    const { status } = RefusedBody.parse(error)
    const requestId = randomUUID()
    const ids = {
      requestId,
      clientRequestId: req.get('client-request-id') ?? requestId,
      at: clock.now(),
    }
    const fault = new GraphFault(
      status,
      status === 413 ? 'RequestEntityTooLarge' : 'BadRequest',
      'The body cannot be read.',
    )
    await send(res, withGraphHeaders(errorReply(fault, ids), ids), undefined)
  }

const RefusedBody = z.object({ status: z.number().int().min(400).max(499) })

const plainHeaders = (req: Request): Record<string, string> =>
  Object.fromEntries(
    Object.entries(req.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )

async function send(
  res: Response,
  reply: GraphResponse,
  damage: Damage | undefined,
): Promise<void> {
  if (damage === 'hang') return
  if (damage === 'reset') {
    if (reply.bytes instanceof Readable) reply.bytes.destroy()
    return void res.socket?.resetAndDestroy()
  }
  res.status(reply.status)
  for (const [name, value] of Object.entries(reply.headers ?? {})) res.setHeader(name, value)
  if (damage === 'not-json')
    return void res.type('html').end('<html><body>Bad gateway</body></html>')
  if (damage === 'error-with-200')
    return void res.status(200).json({ error: { code: 'UnknownError', message: '' } })
  if (damage === 'wrong-type') return void res.status(200).json({ value: { id: 7 } })
  if (reply.bytes instanceof Readable)
    return damage === 'truncated' ? breakOff(res, reply.bytes) : stream(res, reply.bytes)
  const bytes = bytesOf(reply)
  if (damage === 'truncated') return truncate(res, bytes)
  if (bytes.length === 0) return void res.end()
  res.setHeader('content-length', bytes.length)
  res.end(bytes)
}

function bytesOf({ body, bytes }: GraphResponse): Buffer {
  if (bytes instanceof Uint8Array) return Buffer.from(bytes)
  return body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body))
}

/** Promises the whole body, sends half of it and hangs up. */
function truncate(res: Response, bytes: Buffer): void {
  res.setHeader('content-length', bytes.length)
  res.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => res.socket?.destroy())
}

const stream = (res: Response, bytes: Readable): Promise<void> =>
  pipeline(bytes, res).catch(() => undefined) // whoever asked has gone

/** The same of a stream: its first piece. */
async function breakOff(res: Response, bytes: Readable): Promise<void> {
  for await (const piece of bytes) {
    res.write(piece, () => res.socket?.destroy())
    return
  }
}
