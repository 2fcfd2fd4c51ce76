import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { MongoClient } from 'mongodb'
import { lineOf } from '../../sandbox/processes.ts'
import { freePort } from '../../sandbox/world.ts'
import { takeAlong } from './victim.ts'

/** The database under torture: ours with its journal, in a process that is killed too, or one somewhere else. */
export class StoreProcess implements AsyncDisposable {
  private child: ChildProcess | null = null

  private constructor(
    readonly url: string,
    private readonly own: { program: string; port: string; folder: string } | null,
  ) {}

  static async start(elsewhere: string | null, program: string): Promise<StoreProcess> {
    if (elsewhere) return new StoreProcess(databaseOfItsOwn(elsewhere), null)
    const folder = await mkdtemp(path.join(tmpdir(), 'flowcrm-torture-'))
    const port = String(await freePort())
    const url = `mongodb://127.0.0.1:${port}/flowcrm?directConnection=true`
    const store = new StoreProcess(url, { program, port, folder })
    await store.restart()
    return store
  }

  get canBeKilled(): boolean {
    return this.own !== null
  }

  /** `kill -9` in the middle of whatever it writes, and up again from its journal. */
  async killAndRestart(): Promise<void> {
    await this.kill()
    await this.restart()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.own) {
      await this.kill()
      await rm(this.own.folder, { recursive: true })
      return
    }
    const client = await MongoClient.connect(this.url)
    await client.db().dropDatabase()
    await client.close()
  }

  private async restart(): Promise<void> {
    if (!this.own) return
    const { program, port, folder } = this.own
    this.child = spawn(process.execPath, [program, '--port', port, '--data', folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    takeAlong(this.child)
    await lineOf(this.child, /ready/)
  }

  private async kill(): Promise<void> {
    if (!this.child) return
    const gone = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await gone
  }
}

function databaseOfItsOwn(server: string): string {
  const url = new URL(server)
  url.pathname = `/torture_${randomUUID().slice(0, 8)}`
  return url.href
}
