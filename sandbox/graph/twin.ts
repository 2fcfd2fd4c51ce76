import express from 'express'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { NotificationLog } from './delivery/notification-log.ts'
import { deskRouter } from './desk/desk-router.ts'
import { FaultDesk } from './desk/fault-desk.ts'
import { plainMail } from './desk/plain-mail.ts'
import { graphRouter } from './http/app.ts'
import type { Dispatcher } from './http/dispatcher.ts'
import type { RequestLog } from './http/request-log.ts'
import type { GraphKnobs } from './knobs.ts'
import type { Mailboxes } from './store/mailboxes.ts'
import type { SubscriptionStore } from './subscriptions/subscription-store.ts'
import { createParts, type GraphTwinOptions, type TwinParts } from './twin-parts.ts'

export type { GraphTwinOptions } from './twin-parts.ts'

/** A stand-in for Microsoft Graph's mail on loopback. Its parts are the truth, for tests to read and to disturb. */
export class GraphTwin implements AsyncDisposable {
  /** Read live by all parts; turn them at any time. */
  readonly knobs: GraphKnobs
  readonly mailboxes: Mailboxes
  readonly subscriptions: SubscriptionStore
  /** Every request made. */
  readonly requests: RequestLog
  /** Every notification sent, and every one lost. */
  readonly notifications: NotificationLog
  readonly desk: FaultDesk
  /** What HTTP and `$batch` go through; a test may call it without a network. */
  readonly dispatcher: Dispatcher
  private server: Server | undefined

  private constructor(
    private readonly parts: TwinParts,
    options: GraphTwinOptions,
  ) {
    const { knobs, mailboxes, subscriptions, requests, notifier, dispatcher, random, clock } = parts
    this.knobs = knobs
    this.mailboxes = mailboxes
    this.subscriptions = subscriptions
    this.requests = requests
    this.notifications = notifier.log
    this.dispatcher = dispatcher
    this.desk = new FaultDesk({
      ...parts,
      compose: options.compose ?? ((to) => plainMail(to, random, clock.now())),
      consent: options.consent ?? {},
    })
  }

  static create(options: GraphTwinOptions): GraphTwin {
    return new GraphTwin(createParts(options), options)
  }

  /** Listens on loopback; 0 takes any free port. Graph is then at `<url>/v1.0`, the fault desk at `<url>/desk`. */
  async listen(port = 0): Promise<string> {
    const app = express().disable('x-powered-by').disable('etag')
    app.use('/v1.0', graphRouter(this.parts))
    app.use('/desk', deskRouter(this.desk, this.parts))
    const server = createServer(app)
    this.server = server
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, 'localhost', resolve)
    })
    return `http://localhost:${(server.address() as AddressInfo).port}`
  }

  /**
   * Resolves when no delivery is due or under way. An endpoint that itself waits for a virtual clock keeps it from
   * resolving; tell the clock to `letPromisesRun` instead.
   */
  idle(): Promise<void> {
    return this.parts.notifier.idle()
  }

  /** How many deliveries wait for time to pass. */
  pending(): number {
    return this.parts.notifier.pending()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.parts.notifier.close()
    const { server } = this
    if (!server) return
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}
