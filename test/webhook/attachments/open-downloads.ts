import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { Attachments } from '../../../webhook/attachments/attachment-desk.ts'
import type { AuditEntry } from '../../../webhook/audit/audit.ts'
import { EmailAccess } from '../../../webhook/crm/access/email-access.ts'
import { errorHandler } from '../../../webhook/http/error-handler.ts'
import { attachmentRoutes } from '../../../webhook/http/routes/attachments.ts'
import { createLogger } from '../../../webhook/logger.ts'
import { aPerson } from '../../support/builders.ts'
import type { Archive } from './an-archive.ts'

/** The routes of attachments over HTTP, on this archive; who asks, and whether it can be written down, is said here. */
export async function openDownloads(archive: Archive) {
  const audited: AuditEntry[] = []
  const state = { person: aPerson(), auditFails: false, audited }
  const write = async (entry: AuditEntry) => {
    if (state.auditFails) throw new Error('the audit log cannot be written')
    state.audited.push(entry)
  }
  const access = new EmailAccess(archive)
  const attachments = new Attachments({ ...archive, access, audit: { write } })
  const app = express()
  app.use((_request, response, next) => {
    response.locals['person'] = state.person
    next()
  })
  app.use('/emails', attachmentRoutes({ attachments }))
  app.use(errorHandler(createLogger('silent')))
  const server = createServer(app)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    state,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/emails`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
