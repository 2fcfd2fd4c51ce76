import type { ChildProcess } from 'node:child_process'
import { lineOf, startProcess, stopProcess } from '../../sandbox/processes.ts'
import { freePort } from '../../sandbox/world.ts'

/** The sandbox as a newcomer starts it, on ports of its own. */
export class SandboxProcess implements AsyncDisposable {
  private constructor(
    private readonly process: ChildProcess,
    private readonly port: number,
  ) {}

  static async start(): Promise<SandboxProcess> {
    const port = await sixFreePorts()
    const sandbox = startProcess('sandbox/start.ts', { args: ['--port', String(port)] })
    await lineOf(sandbox, /Ready\./)
    return new SandboxProcess(sandbox, port)
  }

  get consoleUrl(): string {
    return `http://localhost:${this.port}`
  }
  get faultDeskUrl(): string {
    return `http://localhost:${this.port + 1}/desk`
  }
  get outlookUrl(): string {
    return `http://localhost:${this.port + 3}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await stopProcess(this.process)
  }
}

/** Far from the ports that the system hands out by itself, so that the next five are free as well. */
async function sixFreePorts(): Promise<number> {
  const spread = (await freePort()) % 1_000
  return 21_000 + spread * 6
}
