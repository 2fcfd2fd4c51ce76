import { Router, type Express } from 'express'
import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Config } from '../config/config.ts'
import type { Entra } from '../sign-in/entra.ts'
import { bareApp } from './app.ts'
import { errorHandler, nothingHere } from './error-handler.ts'
import { requestId, requestLog } from './middleware/request-log.ts'
import { addinHeaders } from './middleware/security-headers.ts'
import { builtFiles, sendPage } from './middleware/static-files.ts'
import { settingsRoutes } from './routes/service/settings.ts'

export type AddinAppParts = {
  config: Config
  clock: Clock
  log: Logger
  entra: Entra
  /** Where the add-in's build is. */
  addinFolder: string
}

/** The add-in's own origin: its files and settings, no cookie and nothing to abuse one for. */
export function createAddinApp({ config, clock, log, entra, addinFolder }: AddinAppParts): Express {
  const app = bareApp()
  app.use(requestId, requestLog(log, clock), addinHeaders(config))
  app.use(settingsRoutes({ entra }))
  app.use(officePages(addinFolder, config.officeJsUrl), manifest(addinFolder, config.addinUrl))
  app.use(builtFiles(addinFolder))
  app.use(nothingHere, errorHandler(log))
  return app
}

/** The pages that load Office.js: where from is configuration. Outlook also looks at the root (outlook-addin 4.3). */
function officePages(folder: string, officeJsUrl: string): Router {
  const address = officeJsUrl.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  const edit = (html: string) => html.replaceAll('{{OFFICE_JS_URL}}', () => address)
  const router = Router()
  router.get(['/', '/taskpane.html'], (_request, response) =>
    sendPage(response, { folder, name: 'taskpane.html', edit }),
  )
  router.get('/commands.html', (_request, response) =>
    sendPage(response, { folder, name: 'commands.html', edit }),
  )
  return router
}

/** The manifest for this very address, for whoever installs the add-in by a link. */
function manifest(folder: string, addinUrl: string): Router {
  const edit = (xml: string) => xml.replaceAll('{{ADDIN_URL}}', () => addinUrl)
  return Router().get('/manifest.xml', (_request, response) =>
    sendPage(response, { folder, name: 'manifest.xml', edit }),
  )
}
