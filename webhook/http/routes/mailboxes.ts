import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Mailbox as StoredMailbox } from '../../../models/mailbox.ts'
import {
  ChangeSettings,
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
import type { MailboxControls, MailboxDesk, Person } from '../../crm/ports.ts'

const MailboxId = z.string().min(1).max(64)

export type MailboxRouteParts = { mailboxes: MailboxDesk; mailboxControl: MailboxControls }

export function mailboxRoutes(parts: MailboxRouteParts): Router {
  const { mailboxes } = parts
  const router = Router()
  router.use(controlRoutes(parts))

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
    const person = signedIn(response)
    const mailbox = await mailboxes.find(person, idIn(request))
    // Not aborted when the page is left: half of a choice would be neither the old nor the new one.
    const choice = { watched, signal: new AbortController().signal }
    answer(response, Mailbox, await mailboxes.chooseFolders(person, mailbox, choice))
  })

  return router
}

/** What is asked of one mailbox; the answer is the mailbox as it is then. */
function controlRoutes({ mailboxes, mailboxControl: control }: MailboxRouteParts): Router {
  const router = Router()
  const on = async (
    request: Request,
    response: Response,
    act: (mailbox: StoredMailbox, person: Person) => Promise<StoredMailbox>,
  ) => {
    const person = signedIn(response)
    const mailbox = await mailboxes.find(person, idIn(request))
    answer(response, Mailbox, await mailboxes.overview(await act(mailbox, person)))
  }

  router.patch('/:id/settings', async (request, response) => {
    const changes = parse(ChangeSettings, request.body)
    await on(request, response, (mailbox, person) =>
      control.changeSettings(person, mailbox, changes),
    )
  })
  router.post('/:id/pause', (request, response) =>
    on(request, response, (mailbox, person) => control.pause(person, mailbox)),
  )
  router.post('/:id/resume', (request, response) =>
    on(request, response, (mailbox, person) => control.resume(person, mailbox)),
  )
  router.post('/:id/sync', (request, response) =>
    on(request, response, (mailbox) => control.syncNow(mailbox)),
  )
  router.post('/:id/reconcile', (request, response) =>
    on(request, response, (mailbox) => control.reconcileNow(mailbox)),
  )

  return router
}

const idIn = (request: Request): string => parse(MailboxId, request.params['id'])
