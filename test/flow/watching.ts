import { Writable } from 'node:stream'
import { jest } from '@jest/globals'

const SHORTEST_SECRET = 16

/** What a running service lets out, and the secrets that pass by on the way: everything here speaks through `fetch`. */
export class Watching {
  readonly secrets = new Set<string>()
  /** Lines of the log; what else was printed; what clients were told went wrong. */
  readonly log: string[] = []
  readonly printed: string[] = []
  readonly problems: string[] = []
  readonly destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      this.log.push(chunk.toString())
      done()
    },
  })
  private readonly undo: (() => void)[] = []

  begin(): this {
    const real = globalThis.fetch
    globalThis.fetch = async (input, init) => {
      const response = await real(input, init)
      this.readRequest(init)
      await this.readResponse(response)
      return response
    }
    this.undo.push(() => (globalThis.fetch = real))
    for (const stream of [process.stdout, process.stderr]) {
      const write = stream.write.bind(stream)
      stream.write = (chunk: string | Uint8Array, ...rest: []) => {
        this.printed.push(Buffer.from(chunk as string).toString())
        return write(chunk, ...rest)
      }
      this.undo.push(() => (stream.write = write))
    }
    for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      const spy = jest.spyOn(console, level)
      spy.mockImplementation((...said: unknown[]) => {
        this.printed.push(said.map(String).join(' '))
      })
      this.undo.push(() => spy.mockRestore())
    }
    return this
  }

  end(): void {
    for (const step of this.undo) step()
  }

  private keep(...texts: (string | null | undefined)[]): void {
    for (const text of texts) if (text && text.length >= SHORTEST_SECRET) this.secrets.add(text)
  }

  private readRequest(init: RequestInit = {}): void {
    const headers = new Headers(init.headers)
    this.keep(headers.get('x-csrf-token'), headers.get('authorization')?.replace(/^Bearer /, ''))
    if (typeof init.body !== 'string') return
    this.keep(/"clientState":"([^"]+)"/.exec(init.body)?.[1])
    const form = new URLSearchParams(init.body)
    this.keep(
      ...['code', 'code_verifier', 'client_secret', 'refresh_token'].map((name) => form.get(name)),
    )
  }

  private async readResponse(response: Response): Promise<void> {
    const { headers, status } = response
    for (const line of headers.getSetCookie()) this.keep(line.split(/[=;]/)[1])
    const location = headers.get('location')
    if (location && URL.canParse(location)) {
      const { searchParams } = new URL(location)
      this.keep(
        ...['code', 'state', 'nonce', 'code_challenge'].map((name) => searchParams.get(name)),
      )
    }
    const type = headers.get('content-type') ?? ''
    if (
      type.startsWith('application/problem+json') ||
      (status >= 400 && type.startsWith('text/html'))
    )
      this.problems.push(await response.clone().text())
    if (response.url.endsWith('/token')) {
      const tokens = (await response.clone().json()) as Partial<Record<string, string>>
      this.keep(...['access_token', 'refresh_token', 'id_token'].map((name) => tokens[name]))
    }
  }
}
