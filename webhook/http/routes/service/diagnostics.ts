import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import { Activity, ActivityQuery } from '../../../../models/wire/health/activity.ts'
import { Findings } from '../../../../models/wire/health/findings.ts'
import { MailboxHealth } from '../../../../models/wire/health/mailbox-health.ts'
import { SupportBundle } from '../../../../models/wire/health/support-bundle.ts'
import { SyncTestEvent } from '../../../../models/wire/health/sync-test.ts'
import type { Mailbox } from '../../../../models/mailbox.ts'
import type { MailboxDesk } from '../../../crm/ports.ts'
import type { FindingsDesk } from '../../../support/findings/findings-desk.ts'
import type { SupportDesk } from '../../../support/support-desk.ts'
import type { TestSync } from '../../../test-sync/test-sync.ts'
import { untilGone } from '../../abort.ts'
import { signedIn } from '../../authenticate.ts'
import { answer, parse } from '../../parse.ts'
import { openStream, sendEvent } from '../../server-sent.ts'

const MailboxId = z.string().min(1).max(64)

export type DiagnosticsDesks = {
  testSync: Pick<TestSync, 'run'>
  supportDesk: Pick<SupportDesk, 'health' | 'bundle' | 'activity'>
  findingsDesk: Pick<FindingsDesk, 'of'>
}

export type DiagnosticsRouteParts = DiagnosticsDesks & {
  mailboxes: Pick<MailboxDesk, 'find'>
  stopping: AbortSignal
}

/** What is worth knowing of mailboxes together; who asks decides of which. */
export function findingRoutes({ findingsDesk }: Pick<DiagnosticsDesks, 'findingsDesk'>): Router {
  return Router().get('/findings', async (_request, response) => {
    answer(response, Findings, await findingsDesk.of(signedIn(response)))
  })
}

/** How one mailbox is, for its owner and for admins: the test that they run, its figures, and what they send to support. */
export function diagnosticsRoutes(parts: DiagnosticsRouteParts): Router {
  const { mailboxes, testSync, supportDesk, stopping } = parts
  const router = Router()
  const mailboxOf = (request: Request, response: Response): Promise<Mailbox> =>
    mailboxes.find(signedIn(response), parse(MailboxId, request.params['id']))

  router.post('/:id/test', async (request, response) => {
    const mailbox = await mailboxOf(request, response)
    const over = AbortSignal.any([untilGone(response), stopping])
    const events = testSync.run(signedIn(response), mailbox, over)
    const first = await events.next() // what refuses it is still answered as a problem
    openStream(response)
    try {
      for (let next = first; !next.done; next = await events.next())
        sendEvent(response, SyncTestEvent.parse(next.value))
    } catch (error) {
      if (!over.aborted) throw error // else nobody waits for the rest
    } finally {
      await events.return()
      response.end()
    }
  })

  router.get('/:id/health', async (request, response) => {
    answer(response, MailboxHealth, await supportDesk.health(await mailboxOf(request, response)))
  })

  router.get('/:id/activity', async (request, response) => {
    const query = parse(ActivityQuery, request.query)
    const mailbox = await mailboxOf(request, response)
    answer(response, Activity, await supportDesk.activity(mailbox, query))
  })

  router.get('/:id/support-bundle', async (request, response) => {
    const mailbox = await mailboxOf(request, response)
    answer(response, SupportBundle, await supportDesk.bundle(signedIn(response), mailbox))
  })

  return router
}
