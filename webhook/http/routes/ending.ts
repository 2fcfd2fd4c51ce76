import { Router } from 'express'
import { z } from 'zod'
import { Mailbox } from '../../../models/wire/mailbox.ts'
import {
  DisconnectQuery,
  EndWorkspace,
  Retention,
  RetentionPreview,
  RetentionQuestion,
  WorkspaceEnd,
} from '../../../models/wire/ending/ending.ts'
import type { MailboxDesk } from '../../crm/ports.ts'
import type { EndingDesk } from '../../ending/ending-desk.ts'
import type { RuleDesk } from '../../rules/desk.ts'
import { requireAdmin, requireAuditor, signedIn } from '../authenticate.ts'
import { answer, parse } from '../parse.ts'

const MailboxId = z.string().min(1).max(64)

export type EndingRouteParts = { mailboxes: MailboxDesk; endingDesk: EndingDesk }

/** Below `/mailboxes`: for its owner and admins. The answer is the mailbox as it is then. */
export function disconnectRoutes({ mailboxes, endingDesk }: EndingRouteParts): Router {
  return Router().delete('/:id', async (request, response) => {
    const person = signedIn(response)
    const mailbox = await mailboxes.find(person, parse(MailboxId, request.params['id']))
    const { mail } = parse(DisconnectQuery, request.query)
    const disconnected = await endingDesk.disconnect(person, mailbox, mail)
    answer(response, Mailbox, await mailboxes.overview(disconnected))
  })
}

export type RetentionRouteParts = {
  endingDesk: Pick<EndingDesk, 'retentionPreview'>
  rules: Pick<RuleDesk, 'ofWorkspace'>
}

/** Below `/rules`: how long mail is kept, and what keeping it for a time would remove. */
export function retentionRoutes({ endingDesk, rules }: RetentionRouteParts): Router {
  const router = Router()

  router.get('/retention', async (_request, response) => {
    const auditor = signedIn(response)
    requireAuditor(auditor)
    const { rules: chosen, ...told } = await rules.ofWorkspace(auditor)
    const { retentionDays = null, whenGone = 'keep' } = chosen
    answer(response, Retention, { ...told, retentionDays, whenGone })
  })

  router.post('/dry-run', async (request, response) => {
    const admin = signedIn(response)
    requireAdmin(admin)
    const question = parse(RetentionQuestion, request.body)
    answer(response, RetentionPreview, await endingDesk.retentionPreview(admin, question))
  })

  return router
}

/** Below `/workspace`: what it has, and its end. */
export function workspaceRoutes({ endingDesk }: Pick<EndingRouteParts, 'endingDesk'>): Router {
  const router = Router()

  router.get('/end', async (_request, response) => {
    const admin = signedIn(response)
    requireAdmin(admin)
    answer(response, WorkspaceEnd, await endingDesk.workspaceEnd(admin.workspaceId))
  })

  router.post('/end', async (request, response) => {
    const admin = signedIn(response)
    requireAdmin(admin)
    const typed = parse(EndWorkspace, request.body)
    answer(response.status(202), WorkspaceEnd, await endingDesk.endWorkspace(admin, typed))
  })

  return router
}
