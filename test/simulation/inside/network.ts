import net, { type Socket } from 'node:net'
import { duplexPair, type Duplex } from 'node:stream'

type Accept = (socket: Socket) => void

const listeners = new Map<string, Accept>()
let realConnect: typeof net.createConnection | null = null

/** From now on, TCP connections to `host` end in `accept`, inside this process and without the kernel: always the same run. */
export function listenInside(host: string, accept: Accept): void {
  realConnect ??= net.createConnection
  net.createConnection = connect as typeof net.createConnection
  listeners.set(host, accept)
}

/** Connections to `host` are refused again; the last one gone leaves the network as it was. */
export function closeInside(host: string): void {
  listeners.delete(host)
  if (listeners.size > 0 || !realConnect) return
  net.createConnection = realConnect
  realConnect = null
}

/** Two ends of a connection. */
export function cable(): [Socket, Socket] {
  const [here, there] = duplexPair()
  return [asSocket(here), asSocket(there)]
}

function connect(options: net.NetConnectOpts, ...rest: []): Socket {
  const accept = 'host' in options ? listeners.get(options.host ?? '') : undefined
  if (!accept && realConnect) return realConnect(options, ...rest)
  const [client, server] = cable()
  process.nextTick(() => {
    accept?.(server)
    client.emit('connect')
  })
  return client
}

/** What drivers ask of a socket besides reading and writing. */
const asSocket = (side: Duplex): Socket =>
  Object.assign(side, {
    setKeepAlive: () => side,
    setNoDelay: () => side,
    setTimeout: () => side,
    ref: () => side,
    unref: () => side,
    remoteAddress: '127.0.0.1',
    remotePort: 1,
  }) as unknown as Socket
