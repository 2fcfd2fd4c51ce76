import { Router, type Request } from 'express'
import { z } from 'zod'
import {
  ChooseFolders,
  ConnectAppMailbox,
  FolderChoices,
  Mailbox,
  MailboxList,
} from '../../../models/wire/mailbox.ts'
import { NotFoundError } from '../../errors.ts'
import { untilGone } from '../abort.ts'
import { requireAdmin, signedIn } from '../authenticate.ts'
import { answer, parse } from '../parse.ts'
import type { MailboxDesk } from '../../crm/ports.ts'

const MailboxId = z.string().min(1).max(64)

export function mailboxRoutes({ mailboxes }: { mailboxes: MailboxDesk }): Router {
  const router = Router()

  router.get('/', async (_request, response) => {
    answer(response, MailboxList, { mailboxes: await mailboxes.of(signedIn(response)) })
  })

  router.post('/', async (request, response) => {
    const admin = signedIn(response)
    requireAdmin(admin)
    const { address } = parse(ConnectAppMailbox, request.body)
    const { _id } = await mailboxes.connectShared(admin, address, untilGone(response))
    const connected = (await mailboxes.of(admin)).find(({ id }) => id === _id)
    if (!connected) throw new NotFoundError()
    answer(response.status(201), Mailbox, connected)
  })

  router.get('/:id/folders', async (request, response) => {
    const mailbox = await mailboxes.find(signedIn(response), idIn(request))
    const folders = await mailboxes.folderChoices(mailbox, untilGone(response))
    answer(response, FolderChoices, { folders })
  })

  router.put('/:id/folders', async (request, response) => {
    const { watched } = parse(ChooseFolders, request.body)
    const mailbox = await mailboxes.find(signedIn(response), idIn(request))
    // Not aborted when the page is left: half of a choice would be neither the old nor the new one.
    const signal = new AbortController().signal
    answer(response, Mailbox, await mailboxes.chooseFolders(mailbox, watched, signal))
  })

  return router
}

const idIn = (request: Request): string => parse(MailboxId, request.params['id'])
