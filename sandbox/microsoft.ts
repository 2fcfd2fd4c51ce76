import type { Clock } from '../webhook/clock.ts'
import { sandboxKnobs, type KnobChanges } from './graph/knobs.ts'
import { GraphTwin } from './graph/twin.ts'
import { OutlookHost } from './outlook/outlook-host.ts'
import { twinMail } from './outlook/twin/twin-mail.ts'
import { Random } from './random.ts'
import { nextMail } from './seed/next-mail.ts'
import { people, tenants } from './sign-in/directory.ts'
import { Issuer } from './sign-in/issuer.ts'

export type MicrosoftOptions = {
  clock: Clock
  /** Same seed, same run. */
  seed: number
  /** Where FlowCRM is: its redirect URIs, and the pane's address. */
  serviceUrl: string
  addinUrl: string
  ports?: { graph: number; signIn: number; outlook: number }
  knobs?: KnobChanges
}

/** Everything of Microsoft 365 that FlowCRM meets: sign-in, Graph and an Outlook-like page, on loopback. */
export class Microsoft implements AsyncDisposable {
  private constructor(
    readonly issuer: Issuer,
    readonly graph: GraphTwin,
    private readonly outlook: OutlookHost,
    readonly urls: { authority: string; graph: string; faultDesk: string; outlook: string },
  ) {}

  static async start(options: MicrosoftOptions): Promise<Microsoft> {
    const { clock, serviceUrl, addinUrl, ports = { graph: 0, signIn: 0, outlook: 0 } } = options
    const random = new Random(options.seed)
    const issuer = Issuer.create({
      clock,
      random,
      redirectUris: redirectUris(serviceUrl, addinUrl),
    })
    const authority = await issuer.listen(ports.signIn)
    const graph = GraphTwin.create({
      clock,
      random,
      tokenCheck: (token) => issuer.verifyAccessToken(token),
      signValidationToken: (request) => issuer.signValidationToken(request),
      consent: {
        revoked: (oid) => issuer.consents.revoke({ oid }),
      },
      compose: (to) => nextMail(random, clock.now(), to).mime,
      knobs: options.knobs ?? sandboxKnobs,
    })
    addMailboxes(graph)
    graph.knobs.http.sharedWith = sharedMailboxes
    const graphUrl = await graph.listen(ports.graph)
    const outlook = OutlookHost.create({
      mail: twinMail(graph.mailboxes),
      paneUrl: `${addinUrl}/taskpane.html`,
    })
    const outlookUrl = await outlook.listen(ports.outlook)
    return new Microsoft(issuer, graph, outlook, {
      authority,
      graph: `${graphUrl}/v1.0`,
      faultDesk: `${graphUrl}/desk`,
      outlook: outlookUrl,
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.outlook[Symbol.asyncDispose]()
    await this.graph[Symbol.asyncDispose]()
    await this.issuer[Symbol.asyncDispose]()
  }
}

/** Who may open the shared mailbox in Outlook; FlowCRM needs the app's own permission for it (graph-contract 1.5). */
const sharedMailboxes = { [people.sales.oid]: [people.alice.oid, people.bob.oid] }

/** What is registered with the app (README, "Against a real tenant"). */
const redirectUris = (serviceUrl: string, addinUrl: string) => ({
  web: [`${serviceUrl}/auth/callback`, `${serviceUrl}/auth/admin-consent/callback`],
  spa: [`${addinUrl}/auth-redirect.html`],
})

function addMailboxes(graph: GraphTwin): void {
  for (const { oid, mail, name, tenantId } of Object.values(people))
    if (tenantId === tenants.contoso.id)
      graph.mailboxes.addMailbox({ userId: oid, address: mail, displayName: name, tenantId })
}
