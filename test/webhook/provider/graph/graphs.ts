import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { VirtualClock } from '../../../../sandbox/clock.ts'
import type { TokenCheck } from '../../../../sandbox/graph/http/access/access.ts'
import type { Incoming } from '../../../../sandbox/graph/http/dispatcher.ts'
import { GraphTwin, type GraphTwinOptions } from '../../../../sandbox/graph/twin.ts'
import { Random } from '../../../../sandbox/random.ts'
import {
  graphProviders,
  type GraphProvidersParts,
} from '../../../../webhook/provider/graph/graph-providers.ts'
import type {
  ChangePage,
  MailProvider,
  MessageChange,
} from '../../../../webhook/provider/provider.ts'
import { ALICE, BOB, WORKSPACE } from '../../../support/builders.ts'

export { ALICE, BOB }
export const untilTheEnd = new AbortController().signal

const TO_WRITE = '.may-write'

export const tokenCheck: TokenCheck = async (token) => ({
  aud: 'https://graph.microsoft.com',
  appId: 'flow-crm',
  tid: WORKSPACE,
  scopes: ['Mail.Read', 'User.Read', ...(token.endsWith(TO_WRITE) ? ['Mail.ReadWrite'] : [])],
  roles: [],
  capabilities: [],
  oid: token.replace(TO_WRITE, ''),
  issuedAt: new Date(0),
  expiresAt: new Date('9999-01-01'),
})

/** The providers of our service for that Graph; a token says whose it is, and whether it is to write with. */
export function providersFor(
  graphUrl: string,
  clock: VirtualClock,
  over: Partial<GraphProvidersParts> = {},
) {
  const providers = graphProviders({
    graphUrl,
    accessToken: async ({ providerUserId }, { right }) =>
      right === 'write' ? `${providerUserId}${TO_WRITE}` : providerUserId,
    concurrencyPerMailbox: 4,
    requestsPer10Minutes: 10_000,
    sharers: () => 1,
    fetch,
    clock,
    random: () => 0.5,
    ...over,
  })
  const of = (providerUserId: string): MailProvider =>
    providers.forMailbox({
      workspaceId: WORKSPACE,
      providerUserId,
      authMode: 'delegated',
      homeAccountId: 'home',
    })
  return { providers, of, alice: of(ALICE), bob: of(BOB) }
}

/** The Graph twin over loopback HTTP with Alice's and Bob's mailboxes, in virtual time. `seen` is what it was asked. */
export async function aTwin(
  options: Partial<GraphTwinOptions> = {},
  clock = new VirtualClock(),
  over: Partial<GraphProvidersParts> = {},
) {
  const graph = GraphTwin.create({ clock, random: new Random(7), tokenCheck, ...options })
  graph.mailboxes.addMailbox({ userId: ALICE, address: 'Alice@flow.example', displayName: 'Alice' })
  graph.mailboxes.addMailbox({ userId: BOB, address: 'bob@flow.example', displayName: 'Bob' })
  const seen: Incoming[] = []
  const handle = graph.dispatcher.handle.bind(graph.dispatcher)
  graph.dispatcher.handle = (incoming) => {
    seen.push(incoming)
    return handle(incoming)
  }
  const url = await graph.listen()
  const folderId = (name: string, user = ALICE) => graph.mailboxes.folder(user, name).id
  return {
    ...{ clock, graph, seen, url, folderId, inbox: folderId('inbox') },
    ...providersFor(`${url}/v1.0`, clock, over),
    [Symbol.asyncDispose]: () => graph[Symbol.asyncDispose](),
  }
}
export type Twin = Awaited<ReturnType<typeof aTwin>>

export const aMime = (subject: string, body = 'Good morning.') =>
  Buffer.from(
    [
      'From: Carol <Carol@Customer.example>',
      'To: Alice <alice@flow.example>, Dan <dan@customer.example>',
      'Cc: Bob <bob@flow.example>',
      `Subject: ${subject}`,
      `Message-ID: <${subject.replaceAll(/\W/g, '')}@customer.example>`,
      'Date: Fri, 20 Nov 2026 08:59:30 +0000',
      'Content-Type: text/html; charset=utf-8',
      '',
      `<p>${body}</p>`,
      '',
    ].join('\r\n'),
  )

/** Mail 0, Mail 1 and so on, into Alice's Inbox. */
export async function fill({ graph }: Pick<Twin, 'graph'>, count: number, folder = 'inbox') {
  const refs = []
  for (let n = 0; n < count; n++)
    refs.push(await graph.mailboxes.deliver(ALICE, { folder, mime: aMime(`Mail ${n}`) }))
  return refs
}

/** `fetch` to a twin without a network: the same run each time. */
export const fetchInside =
  ({ dispatcher }: GraphTwin): typeof fetch =>
  async (url, { method = 'GET', headers, body } = {}) => {
    const { origin, pathname, search } = new URL(url as string)
    const reply = await dispatcher.handle({
      ...{ method: method.toUpperCase(), path: pathname.replace('/v1.0', '') + search, origin },
      headers: Object.fromEntries(new Headers(headers)),
      body: Buffer.from((body as string | undefined) ?? ''),
    })
    const text = reply.body === undefined ? null : JSON.stringify(reply.body)
    const bytes = reply.bytes instanceof Uint8Array ? Buffer.from(reply.bytes) : text
    return new Response(bytes, { status: reply.status, headers: reply.headers ?? {} })
  }

export async function pagesOf(pages: AsyncIterable<ChangePage>): Promise<ChangePage[]> {
  const read: ChangePage[] = []
  for await (const page of pages) read.push(page)
  return read
}

export const subjectsOf = (changes: MessageChange[]): string[] =>
  changes.map((change) => (change.kind === 'present' ? change.message.subject : change.kind))

export type Answer = {
  status?: number
  headers?: Record<string, string>
  body?: unknown
}
export type Asked = {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

/** A Graph that says what the test tells it to say, for what the twin never would. */
export async function aScriptedGraph(
  answer: (asked: Asked, url: string) => Answer | Promise<Answer>,
  over: Partial<GraphProvidersParts> = {},
) {
  const clock = new VirtualClock()
  const asked: Asked[] = []
  let url = ''
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = '', url: path = '', headers } = request
    const one = { method, url: path, headers, body: Buffer.concat(chunks).toString() }
    asked.push(one)
    const { status = 200, headers: given = {}, body } = await answer(one, url)
    response.writeHead(status, { 'content-type': 'application/json', ...given })
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}))
  }
  const server = createServer((request, response) => void reply(request, response))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    ...{ clock, asked, url },
    ...providersFor(`${url}/v1.0`, clock, over),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
export type ScriptedGraph = Awaited<ReturnType<typeof aScriptedGraph>>
