import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { Cursors } from './commands/cursors.ts'
import { errorReply, isMajorityRead, isWrite, runCommand } from './commands/run-command.ts'
import { CommandError } from './errors.ts'
import type { Doc } from './query/values.ts'
import { Journal, type Disk } from './store/journal.ts'
import { Store } from './store/store.ts'
import { serveConnection } from './wire/connection.ts'

export type DatabaseOptions = {
  /** 0, the default, takes a free port. */
  port?: number
  /** Loopback only: anything else is refused. */
  host?: string
  /** Keeps a journal there; without it everything is gone when the server ends. */
  dataFolder?: string
  /** Where a test makes the journal's disk fail. */
  disk?: Disk
  /** What `$$NOW` and `$currentDate` tell. */
  now?: () => Date
}

export class NotLoopbackError extends Error {
  readonly code = 'not_loopback'
  constructor(host: string) {
    super(
      `The sandbox database has no password and listens on 127.0.0.1 or ::1 only, not on ${host}.`,
    )
  }
}

const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

/** MongoDB's wire protocol over documents in memory, for trying and testing. README.md says what it lacks. */
export class DatabaseServer implements AsyncDisposable {
  readonly store = new Store()
  /** Bytes of a record torn by a crash and dropped at the start; nobody was told that it was written. */
  tornBytes = 0
  private readonly cursors = new Cursors()
  private readonly sockets = new Set<Socket>()
  private readonly server: Server
  private journal: Journal | null = null
  private becomeReady: () => void = () => undefined
  private readonly ready = new Promise<void>((resolve) => (this.becomeReady = resolve))

  private constructor(private readonly now: () => Date) {
    this.server = createServer((socket) => this.serve(socket))
  }

  static async start(options: DatabaseOptions = {}): Promise<DatabaseServer> {
    const { port = 0, host = '127.0.0.1', dataFolder, now = () => new Date() } = options
    if (!LOOPBACK.includes(host)) throw new NotLoopbackError(host)
    const database = new DatabaseServer(now)
    // The port first: a second server on the same port must not touch the journal of the first.
    database.server.listen(port, host)
    await once(database.server, 'listening')
    if (dataFolder !== undefined) await database.openJournal(dataFolder, options.disk)
    database.becomeReady()
    return database
  }

  /** For MongoDB drivers; the database is called flowcrm. */
  get url(): string {
    const { port } = this.server.address() as AddressInfo
    return `mongodb://127.0.0.1:${port}/flowcrm?directConnection=true`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.server, 'close')
    this.server.close()
    for (const socket of this.sockets) socket.destroy()
    await closed
    await this.journal?.close()
  }

  private async openJournal(folder: string, disk?: Disk): Promise<void> {
    const { journal, tornBytes } = await Journal.open(folder, this.store, disk)
    this.journal = journal
    this.tornBytes = tornBytes
    this.store.recordTo((change) => journal.append(change))
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket)
    socket.on('close', () => this.sockets.delete(socket))
    serveConnection(socket, (command) => this.answer(command))
  }

  private async answer(command: Doc): Promise<Doc> {
    await this.ready
    const writes = isWrite(command)
    if (!this.journal || (!writes && !isMajorityRead(command))) return this.run(command)
    try {
      if (writes && this.journal.isBehind) await this.journal.flushed()
      const reply = this.run(command)
      // Even "it is there already" waits, and a majority read: the caller will rely on what another has written.
      await this.journal.flushed()
      return reply
    } catch (error) {
      return errorReply(new CommandError('OutOfDiskSpace', `The journal: ${String(error)}`))
    }
  }

  private run(command: Doc): Doc {
    return runCommand(command, { store: this.store, cursors: this.cursors, now: this.now() })
  }
}
