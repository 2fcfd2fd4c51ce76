import express, { type RequestHandler, type Router } from 'express'
import { z } from 'zod'
import type { OutlookMail } from './outlook-mail.ts'

/** Mail may be hostile: no script, no remote picture, no form; only its own inline styles. */
const MAIL_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"

const people = z.array(z.object({ name: z.string(), address: z.string().min(3) }))
const start = z.union([
  z.object({ kind: z.literal('new') }),
  z.object({ kind: z.enum(['reply', 'replyAll', 'forward']), to: z.string() }),
])
const draft = z.object({
  ...{ to: people, cc: people, bcc: people, subject: z.string(), bodyHtml: z.string() },
  headers: z.record(z.string().regex(/^x-/i), z.string()),
  id: z.string().nullable(),
  start,
})

/** A mailbox's messages over HTTP, for the host page alone. */
export function mailRoutes(mail: OutlookMail): Router {
  const router = express.Router()
  router.use(ownPageOnly)
  router.get('/:address/messages', async (req, res) => {
    res.json(await mail.messages(req.params.address))
  })
  router.get('/:address/messages/:id', async ({ params }, res) => {
    const message = await mail.message(params.address, params.id)
    if (message) res.json(message)
    else res.sendStatus(404)
  })
  router.get('/:address/messages/:id/body', async ({ params }, res) => {
    const message = await mail.message(params.address, params.id)
    res.set('content-security-policy', MAIL_POLICY)
    res
      .status(message ? 200 : 404)
      .type('text/html')
      .send(message?.bodyHtml ?? '')
  })
  router.get('/:address/messages/:id/attachments/:attachment', async ({ params }, res) => {
    const bytes = await mail.attachment?.(params.address, params.id, params.attachment)
    if (bytes) res.type('application/octet-stream').send(Buffer.from(bytes))
    else res.sendStatus(404)
  })
  router.post('/:address/messages/:id/archive', async ({ params }, res) => {
    const id = await mail.archive?.(params.address, params.id)
    if (id) res.json({ id })
    else res.sendStatus(404)
  })
  addWriting(router, mail)
  return router
}

function addWriting(router: Router, { write }: OutlookMail): void {
  const json = express.json({ limit: '8mb' })
  router.post('/:address/drafts/begin', json, async (req, res) => {
    const fields = await write?.begin(addressIn(req.params), start.parse(req.body))
    if (fields) res.json(fields)
    else res.sendStatus(404)
  })
  router.post('/:address/drafts', json, async (req, res) => {
    const { id, ...fields } = draft.parse(req.body)
    const saved = await write?.save(addressIn(req.params), id, fields)
    if (saved) res.json(saved)
    else res.sendStatus(404)
  })
  router.post('/:address/drafts/:id/send', async ({ params }, res) => {
    const sent = await write?.send(params.address, params.id)
    res.sendStatus(sent ? 204 : 404)
  })
}

const addressIn = ({ address }: { address?: string | string[] }): string => String(address)

/** Another site must not send mail through somebody's browser; programs send no origin and may pass. */
const ownPageOnly: RequestHandler = (req, res, next) => {
  const origin = req.get('origin')
  if (origin === undefined || origin === `${req.protocol}://${req.get('host') ?? ''}`) next()
  else res.sendStatus(403)
}
