import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { lineOf, startProcess, stopProcess } from '../../sandbox/processes.ts'

/** The sandbox's database in a process of its own, as in the sandbox. Ended by disposing it. */
export class DatabaseProcess implements AsyncDisposable {
  private constructor(
    private child: ChildProcess,
    readonly url: string,
    private readonly folder: string | null,
  ) {}

  /** `journal`: every write is on the disk before it is answered, in a folder that goes with the process. */
  static async start({ journal = false, heapMB = 0 } = {}): Promise<DatabaseProcess> {
    const folder = journal ? await mkdtemp(path.join(tmpdir(), 'flowcrm-bench-')) : null
    const env = heapMB > 0 ? { NODE_OPTIONS: `--max-old-space-size=${heapMB}` } : {}
    const { child, url } = await launch(folder, env)
    return new DatabaseProcess(child, url, folder)
  }

  get pid(): number {
    return this.child.pid ?? NaN
  }

  /** `kill -9`. What was answered is in the journal. */
  async kill(): Promise<void> {
    await kill(this.child)
  }

  /** The same data again, on another port. */
  async restart(): Promise<string> {
    const { child, url } = await launch(this.folder, {})
    this.child = child
    return url
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await stopProcess(this.child)
    if (this.folder) await rm(this.folder, { recursive: true })
  }
}

async function launch(folder: string | null, env: Record<string, string>) {
  const args = ['--port', '0', ...(folder ? ['--data', folder] : [])]
  const child = startProcess('sandbox/database/main.ts', { args, env })
  const [, url = ''] = await lineOf(child, /ready (\S+)/)
  return { child, url }
}

export async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}
