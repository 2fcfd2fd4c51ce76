import { Client, ResponseType } from '@microsoft/microsoft-graph-client'
import type { z } from 'zod'
import { ProviderError } from '../../../errors.ts'
import { MAX_EMPTY_PAGES } from '../limits.ts'
import { Call, chain, type ChainParts } from './middleware.ts'
import type { Operation } from './network.ts'
import type { BytesComing } from './streaming.ts'

export type GraphCall = {
  operation: Operation
  method?: 'get' | 'post' | 'patch' | 'delete'
  headers?: Record<string, string>
  body?: unknown
  signal: AbortSignal
}

type Page = { value: unknown[]; '@odata.nextLink'?: string | undefined }

/**
 * One authenticated way to Graph for one mailbox, over Microsoft's client with our middleware. Answers are parsed by the
 * caller's schema; every failure is a `ProviderError`.
 */
export class GraphClient {
  private readonly client: Client
  private readonly base: URL

  constructor(graphUrl: string, parts: ChainParts) {
    this.base = new URL(graphUrl)
    this.client = Client.initWithMiddleware({
      middleware: chain(parts),
      baseUrl: `${this.base.origin}/`,
      defaultVersion: this.base.pathname.replace(/^\/|\/$/g, ''),
    })
  }

  /** `target` is a path below the version, or a link that Graph gave us. */
  async json<T>(target: string, schema: z.ZodType<T>, call: GraphCall): Promise<T> {
    const response = await this.send(target, call)
    const answer = schema.safeParse(await response.json().catch(() => undefined))
    if (!answer.success)
      throw unexpected('Graph answered in a shape we do not know.', { status: response.status })
    return answer.data
  }

  /** The bytes of the answer as they come: one request, in its mailbox's turn, until the last of them. */
  async *bytes(target: string, call: Pick<GraphCall, 'operation' | 'signal'>): BytesComing {
    const streaming = new Call(call.operation, { streams: true })
    await this.send(target, call, streaming)
    if (streaming.bytes) yield* streaming.bytes
  }

  async send(
    target: string,
    { operation, method = 'get', headers = {}, body, signal }: GraphCall,
    call = new Call(operation),
  ): Promise<Response> {
    const request = this.client
      .api(this.below(target))
      .headers(headers)
      .options({ signal })
      .responseType(ResponseType.RAW)
      .middlewareOptions([call])
    try {
      return (await (method === 'post' || method === 'patch'
        ? request[method](body)
        : request[method]())) as Response
    } catch (error) {
      throw call.failure ?? error
    }
  }

  /**
   * A list page by page, along its nextLinks; `call` is asked before each page. Pages that lead in a circle, or on and on
   * to nothing, are left (reliability C9).
   */
  async *pages<T extends Page>(
    first: string,
    schema: z.ZodType<T>,
    call: () => GraphCall,
  ): AsyncGenerator<T> {
    const followed = new Set<string>()
    let empty = 0
    for (let link: string | undefined = first; link;) {
      if (followed.has(link)) throw unexpected('Graph gave pages that lead in a circle.')
      followed.add(link)
      const page: T = await this.json(link, schema, call())
      empty = page.value.length > 0 ? 0 : empty + 1
      if (empty > MAX_EMPTY_PAGES) throw unexpected('Graph gave empty pages without end.')
      yield page
      link = page['@odata.nextLink']
    }
  }

  /**
   * Links are followed as they are, but only to the Graph we were told of: a link to another host, scheme, port or
   * version would carry our token there (reliability C9). Microsoft's client takes what follows `https://` for a host,
   * wherever it stands.
   */
  private below(target: string): string {
    const prefix = `${this.base.pathname.replace(/\/$/, '')}/`
    const isPath = /^\/(?!\/)/.test(target)
    const whole = isPath ? `${this.base.origin}${prefix}${target.slice(1)}` : target
    const url = URL.canParse(whole) ? new URL(whole) : null
    const path = url ? `${url.pathname}${url.search}` : ''
    const isOurs = url?.origin === this.base.origin && !url.username && !url.password
    if (!isOurs || !path.startsWith(prefix) || path.includes('https://'))
      throw unexpected('Graph gave a link that leads elsewhere; not followed.')
    if (isPath && WAY_THROUGH_FOLDERS.test(target))
      throw new ProviderError('item-not-found', 'never', 'No id of Graph is spelt like that.')
    return path.slice(prefix.length - 1)
  }
}

/** An id `..`, which a person may type, cannot be escaped: a URL with it is another URL. */
const WAY_THROUGH_FOLDERS = /^[^?]*\/\.{1,2}(?:[/?]|$)/

const unexpected = (message: string, details: ProviderError['details'] = {}) =>
  new ProviderError('unexpected-answer', 'later', message, details)
