import { connect, type Socket } from 'node:net'

/** Of an answer: its status and its head; null when the connection broke before it came. */
type Answered = (answer: { status: number; head: string } | null) => void

/**
 * One kept-alive HTTP/1.1 connection with one request at a time, and as little work as possible: what the driver uses of
 * the processor is missing to the service that it measures.
 */
export class Connection {
  private readonly socket: Socket
  private received = ''
  private answered: Answered | null = null

  constructor(private readonly url: URL) {
    this.socket = connect(Number(url.port), url.hostname).setNoDelay(true).setEncoding('latin1')
    this.socket.on('data', (chunk: string) => this.receive(chunk))
    this.socket.on('error', () => undefined) // close follows
    this.socket.on('close', () => this.settle(null))
  }

  get isUsable(): boolean {
    return !this.socket.destroyed
  }

  post(body: string, answered: Answered): void {
    this.answered = answered
    this.socket.write(
      `POST ${this.url.pathname} HTTP/1.1\r\nHost: ${this.url.host}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    )
  }

  close(): void {
    this.socket.destroy()
  }

  private receive(chunk: string): void {
    this.received += chunk
    const headEnd = this.received.indexOf('\r\n\r\n')
    if (headEnd === -1) return
    const head = this.received.slice(0, headEnd)
    const [, length = '0'] = /^content-length: *(\d+)/im.exec(head) ?? []
    if (this.received.length < headEnd + 4 + Number(length)) return
    this.received = ''
    const status = Number(head.slice('HTTP/1.1 '.length, 'HTTP/1.1 202'.length))
    this.settle({ status, head })
  }

  private settle(answer: Parameters<Answered>[0]): void {
    const { answered } = this
    this.answered = null
    answered?.(answer)
  }
}
