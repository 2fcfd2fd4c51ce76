import express, { type Express } from 'express'
import helmet from 'helmet'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { mailRoutes } from './mail-routes.ts'
import type { OutlookMail } from './outlook-mail.ts'
import { moduleScript, officeScript } from './page-scripts.ts'

export type OutlookHostOptions = {
  mail: OutlookMail
  /** The pane's page, e.g. `http://localhost:3004/taskpane.html`. */
  paneUrl: string
}

/**
 * A page that hosts the add-in as Outlook does: a message list, a reading pane, a form to write in, the task pane in a
 * cross-origin frame, and `/office.js` for it. For trying and testing on one's own machine: it asks nobody to sign in.
 */
export class OutlookHost {
  readonly #app: Express
  #server: Server | null = null

  private constructor(options: OutlookHostOptions) {
    this.#app = hostApp(options)
  }

  static create(options: OutlookHostOptions): OutlookHost {
    return new OutlookHost(options)
  }

  /** Listens on loopback; 0 takes a free port. Resolves to the page's address, without a slash at its end. */
  async listen(port = 0): Promise<string> {
    const server = this.#app.listen(port, '127.0.0.1')
    this.#server = server
    await once(server, 'listening')
    return `http://localhost:${(server.address() as AddressInfo).port}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const server = this.#server
    if (!server) return
    this.#server = null
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
}

function hostApp({ mail, paneUrl }: OutlookHostOptions): Express {
  const app = express()
  app.use(securityHeaders(new URL(paneUrl).origin))
  app.get('/office.js', async (_req, res) => {
    // The pane is of another origin, and may load it all the same.
    res.set('cross-origin-resource-policy', 'cross-origin')
    res.type('text/javascript').send(await officeScript())
  })
  app.get('/page/*name', async (req, res) => {
    const script = await moduleScript(req.params.name.join('/'))
    if (script === null) res.sendStatus(404)
    else res.type('text/javascript').send(script)
  })
  app.get('/api/start', (_req, res) => void res.json({ paneUrl, mailboxes: mail.mailboxes() }))
  app.use('/api/mailboxes', mailRoutes(mail))
  app.use(express.static(path.resolve('sandbox/outlook/page/static')))
  return app
}

/** No COOP: the sign-in window the pane opens must stay able to answer it (outlook-addin 4.3). */
function securityHeaders(paneOrigin: string) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        connectSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        frameSrc: ["'self'", paneOrigin],
        baseUri: ["'none'"],
        formAction: ["'none'"],
      },
    },
    crossOriginOpenerPolicy: false,
    strictTransportSecurity: false,
    originAgentCluster: false,
  })
}
