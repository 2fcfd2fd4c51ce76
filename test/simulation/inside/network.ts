import { EventEmitter } from 'node:events'
import net, { type Socket } from 'node:net'
import { duplexPair, type Duplex, type Writable } from 'node:stream'

type Accept = (socket: Socket) => void

const listeners = new Map<string, Accept>()
const { createConnection: realConnect } = net
const servers = net.Server.prototype as unknown as Record<string, unknown>
const { listen: realListen, address: realAddress } = servers

/**
 * From now on, TCP connections to `host` end in `accept`, inside this process and without the kernel: always the same
 * run. Servers do not listen at a port either, as nobody comes in there.
 */
export function listenInside(host: string, accept: Accept): void {
  net.createConnection = connect as typeof net.createConnection
  const address = () => ({ address: '127.0.0.1', family: 'IPv4', port: 1 })
  Object.assign(servers, { listen, address })
  listeners.set(host, accept)
}

/** Connections to `host` are refused again; the last one gone leaves the network as it was. */
export function closeInside(host: string): void {
  listeners.delete(host)
  if (listeners.size > 0) return
  net.createConnection = realConnect
  Object.assign(servers, { listen: realListen, address: realAddress })
}

/** Two ends of a connection. */
export function cable(): [Socket, Socket] {
  const [here, there] = duplexPair()
  return [asSocket(here), asSocket(there)]
}

function listen(this: net.Server, _port: number, _host: string, listening: () => void): net.Server {
  process.nextTick(() => this.emit('listening'))
  return this.once('listening', listening)
}

function connect(options: net.NetConnectOpts, ...rest: []): Socket {
  const accept = 'host' in options ? listeners.get(options.host ?? '') : undefined
  if (!accept) return realConnect(options, ...rest)
  const [client, server] = Wire.pair()
  process.nextTick(() => {
    accept(server)
    client.emit('connect')
  })
  return client
}

/** As much of a socket as a driver uses, without a stream's buffers: commands are most of what a simulation does. */
class Wire extends EventEmitter {
  writable = true
  private end: Wire = this

  static pair(): [Socket, Socket] {
    const [here, there] = [new Wire(), new Wire()]
    here.end = there
    there.end = here
    return [asSocket(here), asSocket(there)]
  }

  write(bytes: Buffer): boolean {
    if (this.writable) process.nextTick(() => this.end.writable && this.end.emit('data', bytes))
    return true
  }

  pipe(reader: Writable): Writable {
    this.on('data', (bytes: Buffer) => reader.write(bytes))
    return reader
  }

  destroy(): void {
    for (const one of [this, this.end]) {
      if (one.writable) process.nextTick(() => one.emit('close'))
      one.writable = false
    }
  }
}

/** What drivers ask of a socket besides reading and writing. */
const asSocket = (side: Duplex | Wire): Socket =>
  Object.assign(side, {
    setKeepAlive: () => side,
    setNoDelay: () => side,
    setTimeout: () => side,
    ref: () => side,
    unref: () => side,
    remoteAddress: '127.0.0.1',
    remotePort: 1,
  }) as unknown as Socket
