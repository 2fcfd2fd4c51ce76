import { Client, ResponseType } from '@microsoft/microsoft-graph-client'
import type { z } from 'zod'
import { ProviderError } from '../../errors.ts'
import { chain, FailureSlot, type ChainParts } from './middleware.ts'

export type GraphCall = {
  method?: 'get' | 'post' | 'patch' | 'delete'
  headers?: Record<string, string>
  body?: unknown
  signal: AbortSignal
}

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
      throw new ProviderError(
        'unexpected-answer',
        'later',
        'Graph answered in a shape we do not know.',
        {
          status: response.status,
        },
      )
    return answer.data
  }

  async send(
    target: string,
    { method = 'get', headers = {}, body, signal }: GraphCall,
  ): Promise<Response> {
    const slot = new FailureSlot()
    const request = this.client
      .api(this.below(target))
      .headers(headers)
      .options({ signal })
      .responseType(ResponseType.RAW)
      .middlewareOptions([slot])
    try {
      return (await (method === 'post' || method === 'patch'
        ? request[method](body)
        : request[method]())) as Response
    } catch (error) {
      throw slot.failure ?? error
    }
  }

  /**
   * Links are followed verbatim, but only to the Graph we were told of: a link to another host, scheme, port or version
   * would carry our token there (reliability C9).
   */
  private below(target: string): string {
    if (target.startsWith('/')) return target
    const url = URL.canParse(target) ? new URL(target) : null
    const prefix = `${this.base.pathname.replace(/\/$/, '')}/`
    if (!url || url.origin !== this.base.origin || url.username || !url.pathname.startsWith(prefix))
      throw new ProviderError(
        'unexpected-answer',
        'never',
        'Graph gave a link that leads elsewhere; not followed.',
      )
    return target.slice(this.base.origin.length + prefix.length - 1)
  }
}
