import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const LOOK_MS = 50

/**
 * What stands before several instances, as simple as they come: looks at `/readyz`, hands requests on in turn over
 * connections that it keeps, and never repeats one, so that whatever an instance refuses shows.
 */
export class LoadBalancer implements AsyncDisposable {
  private backends: string[] = []
  private ready: string[] = []
  private turn = 0
  private readonly agent = new Agent({ keepAlive: true })
  private readonly server = createServer((from, to) => this.handOn(from, to))
  private isOpen = true
  private looking = Promise.resolve()

  static async start(): Promise<LoadBalancer> {
    const balancer = new LoadBalancer()
    await new Promise<void>((listening) => balancer.server.listen(0, 'localhost', listening))
    balancer.looking = balancer.keepLooking()
    return balancer
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`
  }

  /** Sends it requests as soon as it says that it is ready. */
  async add(backend: string): Promise<void> {
    this.backends.push(backend)
    while (!this.ready.includes(backend)) await moment()
  }

  remove(backend: string): void {
    this.backends = this.backends.filter((one) => one !== backend)
    this.ready = this.ready.filter((one) => one !== backend)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.isOpen = false
    await this.looking
    this.agent.destroy()
    this.server.closeAllConnections()
    await new Promise((closed) => this.server.close(closed))
  }

  private async keepLooking(): Promise<void> {
    while (this.isOpen) {
      await this.look()
      await moment()
    }
  }

  private async look(): Promise<void> {
    const answers = await Promise.all(
      this.backends.map(async (backend) => {
        const answer = await fetch(`${backend}/readyz`).catch(() => null)
        return answer?.ok ? [backend] : []
      }),
    )
    this.ready = answers.flat().filter((backend) => this.backends.includes(backend))
  }

  private handOn(from: IncomingMessage, to: ServerResponse): void {
    const backend = this.ready[this.turn++ % Math.max(1, this.ready.length)]
    if (!backend) return void to.writeHead(502).end()
    const { method = 'GET', headers } = from
    const onward = request(
      new URL(from.url ?? '/', backend),
      { method, headers, agent: this.agent },
      (answer) => {
        to.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(to)
      },
    )
    onward.on('error', () => (to.headersSent ? to.destroy() : to.writeHead(502).end()))
    from.pipe(onward)
  }
}

const moment = () => new Promise((later) => setTimeout(later, LOOK_MS))
