import { pipeline } from 'node:stream/promises'
import { Router, type Response } from 'express'
import { z } from 'zod'
import {
  Erasure,
  ErasureDryRun,
  ErasureList,
  Lifted,
  SignedErasureReport,
  Subject,
} from '../../../models/wire/people/erasure.ts'
import { actorOf } from '../../audit/audit.ts'
import type { Asking, ErasureDesk } from '../../people/erasure/erasure-desk.ts'
import type { ExportDesk } from '../../people/export/export-desk.ts'
import { isGone } from '../abort.ts'
import { requireAdmin, signedIn } from '../authenticate.ts'
import { answer, parse } from '../parse.ts'

const Id = z.string().min(1).max(64)

export type PeopleRouteParts = {
  erasureDesk: Pick<ErasureDesk, 'dryRun' | 'begin' | 'list' | 'find' | 'report' | 'lift'>
  exportDesk: Pick<ExportDesk, 'export'>
}

/** Taking people out, and giving them what is known of them: for administrators. Addresses come in bodies, never in URLs. */
export function peopleRoutes({ erasureDesk, exportDesk }: PeopleRouteParts): Router {
  const router = Router()
  router.use((_request, response, next) => {
    requireAdmin(signedIn(response))
    next()
  })

  router.post('/erasures/dry-run', async (request, response) => {
    const subject = parse(Subject, request.body)
    answer(response, ErasureDryRun, await erasureDesk.dryRun(askingIn(response), subject))
  })

  router.post('/erasures', async (request, response) => {
    const subject = parse(Subject, request.body)
    const begun = await erasureDesk.begin(askingIn(response), subject)
    response.status(202)
    answer(response, Erasure, begun)
  })

  router.get('/erasures', async (_request, response) => {
    answer(response, ErasureList, { erasures: await erasureDesk.list(askingIn(response)) })
  })

  router.get('/erasures/:id', async (request, response) => {
    const id = parse(Id, request.params.id)
    answer(response, Erasure, await erasureDesk.find(askingIn(response), id))
  })

  router.get('/erasures/:id/report', async (request, response) => {
    const id = parse(Id, request.params.id)
    const report = await erasureDesk.report(askingIn(response), id)
    response.set('Content-Disposition', 'attachment; filename="flowcrm-erasure.json"')
    answer(response, SignedErasureReport, report)
  })

  router.post('/lift', async (request, response) => {
    const subject = parse(Subject, request.body)
    answer(response, Lifted, { lifted: await erasureDesk.lift(askingIn(response), subject) })
  })

  router.post('/export', async (request, response) => {
    const subject = parse(Subject, request.body)
    const archive = await exportDesk.export(askingIn(response), subject)
    response.set('Content-Type', 'application/gzip')
    response.set('Content-Disposition', 'attachment; filename="flowcrm-person.tar.gz"')
    await pipeline(archive, response).catch((error: unknown) => {
      if (!isGone(error)) throw error
    })
  })

  return router
}

function askingIn(response: Response): Asking {
  const person = signedIn(response)
  return { workspaceId: person.workspaceId, who: actorOf(person) }
}
