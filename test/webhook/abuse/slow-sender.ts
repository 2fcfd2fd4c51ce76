import { connect, type AddressInfo, type Socket } from 'node:net'

/** Somebody who says a beginning, and then a byte now and then. `ended` tells how long the other side bore it, in ms. */
export class SlowSender {
  readonly ended: Promise<number>
  private readonly socket: Socket

  constructor(
    { address, port }: AddressInfo,
    { beginning, drip }: { beginning: string; drip: string },
  ) {
    this.socket = connect(port, address)
    this.socket.on('error', () => undefined) // a reset is an end, too
    this.socket.resume()
    this.ended = new Promise((resolve) => {
      this.socket.once('connect', () => {
        const startedAt = performance.now()
        this.socket.write(beginning)
        const dripping = setInterval(() => this.socket.writable && this.socket.write(drip), 1_000)
        this.socket.once('close', () => {
          clearInterval(dripping)
          resolve(performance.now() - startedAt)
        })
      })
    })
  }

  end(): void {
    this.socket.destroy()
  }
}
