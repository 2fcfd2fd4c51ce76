import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Router } from 'express'
import { z } from 'zod'
import { AuditFilter, AuditPage, AuditVerdict } from '../../../../models/wire/audit.ts'
import { actorOf } from '../../../audit/audit.ts'
import type { AuditReader } from '../../../audit/audit-desk.ts'
import { contentTypes, ExportFormat, linesOf } from '../../../audit/export-formats.ts'
import { requireAuditor, signedIn } from '../../authenticate.ts'
import { answer, parse } from '../../parse.ts'

export const AuditPageQuery = AuditFilter.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.coerce.number().int().min(1).nullable().default(null),
})
export const AuditExportQuery = AuditFilter.extend({ format: ExportFormat.default('jsonl') })

/** Who did what: for auditors and administrators, of their own workspace. */
export function auditRoutes({ auditDesk }: { auditDesk: AuditReader }): Router {
  const router = Router()
  router.use((_request, response, next) => {
    requireAuditor(signedIn(response))
    next()
  })

  router.get('/', async (request, response) => {
    const { limit, cursor: before, ...filter } = parse(AuditPageQuery, request.query)
    const { workspaceId } = signedIn(response)
    answer(response, AuditPage, await auditDesk.page(workspaceId, filter, { limit, before }))
  })

  router.get('/verify', async (_request, response) => {
    answer(response, AuditVerdict, await auditDesk.verify(signedIn(response).workspaceId))
  })

  router.get('/export', async (request, response) => {
    const { format, ...filter } = parse(AuditExportQuery, request.query)
    const person = signedIn(response)
    const how = { who: actorOf(person), format }
    const records = await auditDesk.export(person.workspaceId, filter, how)
    response.set({
      'Content-Type': contentTypes[format],
      'Content-Disposition': `attachment; filename="flowcrm-audit.${format}"`,
    })
    await pipeline(Readable.from(linesOf(records, format)), response)
  })

  return router
}
