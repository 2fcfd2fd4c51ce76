import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Email, LiveEvent } from '../../../models/wire/email.ts'
import type { FolderChoice, Mailbox } from '../../../models/wire/mailbox.ts'
import type { Session } from '../../../models/wire/session.ts'
import { aMailbox, aTree } from './fixtures.ts'

export type Request = {
  method: string
  path: string
  csrf: string | undefined
  ifMatch: string | undefined
  body: unknown
}
/** An answer a test puts in the place of the usual one. */
export type Answer = { status: number; body?: unknown; headers?: Record<string, string> }

/**
 * The far side of the network for the console: a real HTTP server on loopback that answers by the contract
 * from the few facts a test gives it.
 */
export class FakeService {
  session: Session | null = null
  mailboxes: Mailbox[] = []
  emails: Email[] = []
  folders: FolderChoice[] = aTree
  readonly requests: Request[] = []
  /** The latest of each path. */
  readonly queries = new Map<string, string>()
  /** `GET /api/v1/mailboxes` → the answer instead of the usual one; a null answer never comes. */
  readonly instead = new Map<string, Answer | null>()
  /** Told of each request before it is answered, which waits for it: for what happens meanwhile. */
  onRequest: (request: Request) => void | Promise<void> = () => undefined
  readonly #lines = new Set<ServerResponse>()
  readonly #server = createServer((request, response) => void this.#handle(request, response))

  async start(port = 0): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve))
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  get openLines(): number {
    return this.#lines.size
  }

  send(event: LiveEvent): void {
    for (const line of this.#lines)
      line.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  }

  cutLines(): void {
    for (const line of this.#lines) line.destroy()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cutLines()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url)
    const method = request.method ?? 'GET'
    const csrf = request.headers['x-csrf-token'] as string | undefined
    const body = await readBody(request)
    const ifMatch = request.headers['if-match']
    const asked = { method, path: pathname, csrf, ifMatch, body }
    this.requests.push(asked)
    await this.onRequest(asked)
    this.queries.set(pathname, searchParams.toString())
    const instead = this.instead.get(`${method} ${pathname}`)
    if (instead === null) return
    if (instead) return reply(response, instead)
    if (pathname === '/api/v1/events' && this.session) return this.#openLine(response)
    reply(response, this.#answer(`${method} ${pathname}`, searchParams, body))
  }

  #answer(asked: string, query: URLSearchParams, body: unknown): Answer {
    if (!this.session) return aProblem(401, 'not-signed-in', 'Sign in first.')
    if (asked === 'GET /api/v1/session') return { status: 200, body: this.session }
    if (asked === 'GET /api/v1/mailboxes')
      return { status: 200, body: { mailboxes: this.mailboxes } }
    if (asked === 'GET /api/v1/health/findings')
      return { status: 200, body: { at: new Date().toISOString(), findings: [] } }
    if (asked === 'GET /api/v1/emails') return { status: 200, body: this.#page(query) }
    if (asked === 'POST /auth/sign-out') {
      this.session = null
      return { status: 204 }
    }
    if (asked === 'POST /api/v1/mailboxes') {
      const { address } = body as { address: string }
      const mailbox = aMailbox({
        id: `m-${address}`,
        address,
        displayName: '',
        authMode: 'app',
        folders: [],
      })
      this.mailboxes = [...this.mailboxes, mailbox]
      return { status: 201, body: mailbox }
    }
    const mailbox = this.mailboxes.find(({ id }) =>
      asked.endsWith(`/mailboxes/${encodeURIComponent(id)}/folders`),
    )
    if (!mailbox) return aProblem(404, 'not-found', 'There is no such thing.')
    if (asked.startsWith('GET')) return { status: 200, body: { folders: this.folders } }
    return { status: 200, body: this.#watch(mailbox, (body as { watched: string[] }).watched) }
  }

  #page(query: URLSearchParams) {
    const mailbox = this.mailboxes.find(({ id }) => id === query.get('mailbox'))
    const all = this.emails.filter(
      ({ sightings }) =>
        !mailbox || sightings.some(({ mailboxAddress }) => mailboxAddress === mailbox.address),
    )
    const start = Number(query.get('cursor') ?? 0)
    const end = start + Number(query.get('limit') ?? 50)
    const nextCursor = end < all.length ? String(end) : null
    return { emails: all.slice(start, end), nextCursor, total: all.length }
  }

  #watch(mailbox: Mailbox, watched: string[]): Mailbox {
    const folders = this.folders
      .filter(({ id }) => watched.includes(id))
      .map(({ id, displayName, totalItemCount }) => ({
        id,
        displayName,
        deleted: false,
        proof: null,
        backfill: { done: 0, total: totalItemCount, finishedAt: null, secondsLeft: null },
        lastSyncAt: null,
        subscriptionExpiresAt: null,
        light: { colour: 'amber' as const, sentence: 'Reading the history.' },
      }))
    const light = { colour: 'amber' as const, sentence: 'Reading the history of 2 folders.' }
    const changed = { ...mailbox, folders, light }
    this.mailboxes = this.mailboxes.map((one) => (one.id === mailbox.id ? changed : one))
    return changed
  }

  #openLine(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': here\n\n')
    this.#lines.add(response)
    response.on('close', () => this.#lines.delete(response))
  }
}

/** An error as the service words it. */
export const aProblem = (status: number, code: string, detail: string): Answer => ({
  status,
  body: { type: 'about:blank', title: code, status, code, detail, requestId: 'req-42' },
})

function reply(response: ServerResponse, { status, body, headers }: Answer): void {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text)
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  if (request.headers['content-type'] === 'text/csv') return text
  return text === '' ? undefined : JSON.parse(text)
}
