/** As much of a browser as signing in needs: it keeps cookies, and goes where it is told only when asked to. */
export class Browser {
  readonly cookies = new Map<string, string>()

  constructor(readonly base: string) {}

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.send('GET', path, { headers })
  }

  async send(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    if (this.cookies.size > 0 && !headers.has('cookie')) headers.set('cookie', this.cookieHeader)
    const response = await fetch(new URL(path, this.base), {
      ...init,
      method,
      headers,
      redirect: 'manual',
    })
    for (const line of response.headers.getSetCookie()) this.keep(line)
    return response
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  private keep(line: string): void {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    if (/expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.delete(name)
    else this.cookies.set(name, value)
  }
}

/** Where a redirect leads. */
export function locationOf(response: Response): string {
  const location = response.headers.get('location')
  if (response.status !== 302 || !location)
    throw new Error(`expected a redirect, got ${response.status}`)
  return location
}
