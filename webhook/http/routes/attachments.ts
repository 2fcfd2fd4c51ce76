import { pipeline } from 'node:stream/promises'
import { Router, type Response } from 'express'
import { z } from 'zod'
import { AttachmentList } from '../../../models/wire/attachment.ts'
import type { AttachmentDesk, Download } from '../../attachments/ports.ts'
import { isGone } from '../abort.ts'
import { signedIn } from '../authenticate.ts'
import { answer, parse } from '../parse.ts'
import { downloadAs } from '../presenters/file-name.ts'

const Id = z.string().min(1).max(64)
const ContentId = z.string().min(1).max(998) // a header line (RFC 5322 2.1.1)

/** Below `/emails`. */
export function attachmentRoutes({ attachments }: { attachments: AttachmentDesk }): Router {
  const router = Router()
  router.get('/:id/attachments', async (request, response) => {
    const id = parse(Id, request.params.id)
    answer(response, AttachmentList, await attachments.of(signedIn(response), id))
  })

  router.get('/:id/attachments/:attachmentId', async (request, response) => {
    const person = signedIn(response)
    const { id, attachmentId } = parse(z.object({ id: Id, attachmentId: Id }), request.params)
    const file = await attachments.download(person, id, attachmentId)
    // Whatever its sender calls it: nothing that a browser would open by itself.
    response.set('Content-Type', 'application/octet-stream')
    response.set('Content-Disposition', downloadAs(file.name))
    await send(response, file)
  })

  router.get('/:id/inline/:contentId', async (request, response) => {
    const person = signedIn(response)
    const { id, contentId } = parse(z.object({ id: Id, contentId: ContentId }), request.params)
    const picture = await attachments.picture(person, id, contentId)
    response.set('Content-Type', picture.contentType.toLowerCase())
    response.set('Content-Disposition', 'inline')
    await send(response, picture)
  })
  return router
}

/** Even if a browser showed it as a page: without scripts, without an origin, without anything of ours (reliability F6). */
async function send(response: Response, { bytes, size }: Download): Promise<void> {
  response.set('X-Content-Type-Options', 'nosniff')
  response.set('Content-Security-Policy', "default-src 'none'; sandbox")
  response.set('Content-Length', String(size))
  await pipeline(bytes, response).catch((error: unknown) => {
    if (!isGone(error)) throw error
  })
}
