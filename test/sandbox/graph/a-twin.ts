import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type {
  ChangeNotification,
  ChangeNotificationCollection,
  Subscription,
} from '@microsoft/microsoft-graph-types'
import { VirtualClock } from '../../../sandbox/clock.ts'
import type { TokenCheck, TokenClaims } from '../../../sandbox/graph/http/access/access.ts'
import type { Post, PostReply, PostRequest } from '../../../sandbox/graph/delivery/post.ts'
import type { GraphResponse } from '../../../sandbox/graph/http/route.ts'
import { GraphTwin, type GraphTwinOptions } from '../../../sandbox/graph/twin.ts'
import { Random } from '../../../sandbox/random.ts'

export const TENANT = '11111111-1111-4111-8111-111111111111'
export const ALICE = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
export const BOB = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb'
export const APP = '99999999-9999-4999-8999-999999999999'
export const HOOK = 'https://crm.example/graph'
export const LIFE = 'https://crm.example/life'

type TokenTraits = Partial<Omit<TokenClaims, 'issuedAt' | 'expiresAt' | 'oid'>> & {
  /** null: an app-only token. */
  oid?: string | null
  /** ms from now, on the twin's clock */
  lifetimeMs?: number
}

/** Every token says of itself what it grants: the issuer has tests of its own. */
export function tokenMint(clock: VirtualClock) {
  const token = ({ oid = ALICE, lifetimeMs = 3_599_000, ...traits }: TokenTraits = {}): string => {
    const claims = {
      aud: 'https://graph.microsoft.com',
      appId: APP,
      tid: TENANT,
      ...(oid === null ? {} : { oid }),
      scopes: oid === null ? [] : ['Mail.ReadWrite', 'Mail.Read', 'Mail.Send'],
      roles: oid === null ? ['Mail.ReadWrite', 'Mail.Read'] : [],
      capabilities: [],
      issuedAt: clock.now(),
      expiresAt: new Date(clock.now().getTime() + lifetimeMs),
      ...traits,
    }
    return Buffer.from(JSON.stringify(claims)).toString('base64url')
  }
  const tokenCheck: TokenCheck = async (text) => {
    const claims = JSON.parse(Buffer.from(text, 'base64url').toString()) as TokenClaims
    return { ...claims, issuedAt: new Date(claims.issuedAt), expiresAt: new Date(claims.expiresAt) }
  }
  return { token, tokenCheck }
}

/** An endpoint in memory: it shakes hands and keeps what it is sent, with its clock time. */
export class Endpoint {
  readonly received: {
    at: Date
    url: string
    batch: ChangeNotificationCollection
    timeoutMs: number
  }[] = []
  readonly handshakes: { url: URL; request: PostRequest }[] = []
  /** What it answers to a batch; 202 by default. */
  answer: (url: string) => number | Promise<number> = () => 202
  /** What it answers to a handshake, when that is not what Graph wants. */
  handshake: ((url: URL) => PostReply | Promise<PostReply>) | undefined

  constructor(private readonly clock: VirtualClock) {}

  readonly post: Post = async (url, request) => {
    const parsed = new URL(url)
    const token = parsed.searchParams.get('validationToken')
    if (token !== null) {
      this.handshakes.push({ url: parsed, request })
      return (
        this.handshake?.(parsed) ?? {
          status: 200,
          contentType: 'text/plain; charset=utf-8',
          body: token,
        }
      )
    }
    const batch = JSON.parse(request.body) as ChangeNotificationCollection
    this.received.push({ at: this.clock.now(), url, batch, timeoutMs: request.timeoutMs })
    return { status: await this.answer(url), contentType: '', body: '' }
  }

  items(url?: string): ChangeNotification[] {
    return this.received
      .filter((post) => url === undefined || post.url === url)
      .flatMap(({ batch }) => batch.value ?? [])
  }

  changes(): ChangeNotification[] {
    return this.items().filter(({ changeType }) => changeType !== undefined)
  }

  lifecycle(): ChangeNotification[] {
    return this.items().filter(({ lifecycleEvent }) => lifecycleEvent !== undefined)
  }
}

/** Whatever a reply may hold: a subscription, a list, a batch, an error. */
export type Body = Subscription & {
  '@odata.context': string
  '@odata.nextLink'?: string
  value: Subscription[]
  error: { code: string; message: string; innerError: Record<string, string> }
  responses: { id: string; status: number; headers: Record<string, string>; body?: Body }[]
}
export type Reply = { status: number; headers: Record<string, string>; body: Body }

/** A twin in virtual time with Alice's and Bob's mailboxes, an endpoint, and a way to call Graph without a network. */
export function aTwin(options: Partial<GraphTwinOptions> = {}) {
  const clock = new VirtualClock()
  const { token, tokenCheck } = tokenMint(clock)
  const endpoint = new Endpoint(clock)
  const twin = GraphTwin.create({
    clock,
    random: new Random(7),
    tokenCheck,
    post: endpoint.post,
    ...options,
  })
  twin.mailboxes.addMailbox({ userId: ALICE, address: 'alice@flow.example', displayName: 'Alice' })
  twin.mailboxes.addMailbox({ userId: BOB, address: 'bob@flow.example', displayName: 'Bob' })
  const call = async (
    method: string,
    path: string,
    {
      body,
      as = token(),
      headers = {},
    }: { body?: unknown; as?: string | null; headers?: Record<string, string> } = {},
  ): Promise<Reply> => {
    const response: GraphResponse = await twin.dispatcher.handle({
      method,
      path,
      headers: {
        ...(as === null ? {} : { authorization: `Bearer ${as}` }),
        'content-type': 'application/json',
        ...headers,
      },
      body:
        body === undefined
          ? new Uint8Array()
          : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
      origin: 'http://localhost:3001',
    })
    // As over the wire: what JSON cannot carry is not there.
    const sent = JSON.parse(JSON.stringify(response.body ?? {})) as Body
    return { status: response.status, headers: response.headers ?? {}, body: sent }
  }
  const inMinutes = (minutes: number) =>
    new Date(clock.now().getTime() + minutes * 60_000).toISOString()
  const subscription = (changes: Record<string, unknown> = {}) => ({
    changeType: 'created,updated,deleted',
    resource: `/users/${ALICE}/mailFolders('inbox')/messages`,
    notificationUrl: HOOK,
    lifecycleNotificationUrl: LIFE,
    expirationDateTime: inMinutes(4_000),
    clientState: 'secret',
    ...changes,
  })
  const subscribe = async (
    changes: Record<string, unknown> = {},
    more: Parameters<typeof call>[2] = {},
  ) => {
    const reply = await call('POST', '/subscriptions', { body: subscription(changes), ...more })
    if (reply.status !== 201) throw new Error(JSON.stringify(reply.body))
    return reply.body.id ?? ''
  }
  const deliver = (subject = 'Hello', user = ALICE) =>
    twin.mailboxes.deliver(user, { mime: aMail(subject) })
  return { twin, clock, endpoint, token, call, inMinutes, subscription, subscribe, deliver }
}

export const aMail = (subject: string) =>
  Buffer.from(
    [
      'From: Carol <carol@customer.example>',
      'To: Alice <alice@flow.example>',
      `Subject: ${subject}`,
      `Message-ID: <${subject.replaceAll(/\W/g, '')}@customer.example>`,
      'Date: Fri, 20 Nov 2026 09:00:00 +0000',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Good morning.',
      '',
    ].join('\r\n'),
  )

/** A real HTTP endpoint on loopback, as a service would run one. */
export async function anHttpEndpoint() {
  const received: ChangeNotificationCollection[] = []
  const server = createServer((req, res) => {
    const url = new URL(req.url ?? '/', 'http://localhost')
    const token = url.searchParams.get('validationToken')
    if (token !== null) return void res.writeHead(200, { 'content-type': 'text/plain' }).end(token)
    const chunks: Buffer[] = []
    req
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        received.push(JSON.parse(Buffer.concat(chunks).toString()) as ChangeNotificationCollection)
        res.writeHead(202).end()
      })
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/hook?t=1`,
    received,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
