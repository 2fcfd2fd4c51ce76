import type { PersonKey } from './sign-in/directory.ts'
import type { Issuer } from './sign-in/issuer.ts'

/** A call of the console's API, as JSON. */
export type ApiCall = { method?: string; headers?: Record<string, string>; body?: unknown }

/**
 * A browser without a window, as far as signing in needs one: follows the service's redirects, answers the authority's
 * pages through the issuer, keeps the service's cookies.
 */
export class Browserless {
  private readonly cookies = new Map<string, string>()
  private csrfToken = ''

  constructor(
    private readonly serviceUrl: string,
    private readonly issuer: Issuer,
  ) {}

  /** Signs in to the console, or connects the own mailbox (`/auth/connect`). */
  async visit(path: string, person: PersonKey): Promise<void> {
    const departure = await this.fetch(path)
    const authorize = departure.headers.get('location') ?? ''
    const arrival = await this.fetch(this.issuer.authorizeAs(person, authorize))
    if (arrival.status >= 400)
      throw new Error(`${path} ended in ${arrival.status}: ${await arrival.text()}`)
  }

  async signIn(person: PersonKey): Promise<this> {
    await this.visit('/auth/sign-in', person)
    const session = await this.json<{ csrfToken: string }>('/api/v1/session')
    this.csrfToken = session.csrfToken
    return this
  }

  /** A call of the console's API. Throws when it is refused. */
  async json<T>(path: string, init: ApiCall = {}): Promise<T> {
    return (await (await this.call(path, init)).json()) as T
  }

  /** The same, whatever it answers with. */
  async call(path: string, { method = 'GET', headers, body }: ApiCall = {}): Promise<Response> {
    const response = await this.fetch(path, {
      method,
      headers: {
        ...{ 'content-type': 'application/json', 'x-csrf-token': this.csrfToken },
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok)
      throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return response
  }

  async fetch(target: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    headers.set('origin', this.serviceUrl)
    headers.set('sec-fetch-site', 'same-origin')
    const response = await fetch(new URL(target, this.serviceUrl), {
      ...init,
      headers,
      redirect: 'manual',
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const at = pair.indexOf('=')
      this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
}
