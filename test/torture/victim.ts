import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Order } from './service-under-torture.ts'

/** A process of the service that is there to be killed. It ends with us, however we end. */
export class Victim {
  /** Why it ended: the crash point at which it died, or null when somebody else killed it. */
  diedAt: string | null = null
  private said = ''
  private readonly gone: Promise<unknown>

  private constructor(private readonly child: ChildProcess) {
    this.gone = once(child, 'close') // what it said last is heard by then
    child.stdout?.on('data', (chunk: Buffer) => {
      this.said += chunk.toString()
      this.diedAt = /died at (\S+)/.exec(this.said)?.[1] ?? null
    })
  }

  /** Loaded, and waiting for its order. */
  static standBy(bundle: string): Victim {
    const child = spawn(process.execPath, [bundle], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const takeAlong = () => child.kill('SIGKILL')
    process.once('exit', takeAlong)
    child.once('exit', () => process.off('exit', takeAlong))
    child.stdin.on('error', () => undefined) // it may die while being spoken to
    return new Victim(child)
  }

  /** Resolves when it is up, or dead before that. */
  async start(order: Order): Promise<void> {
    this.child.stdin?.write(`${JSON.stringify(order)}\n`)
    while (!this.said.includes('up\n') && this.isAlive) await pause(5)
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  /** Whether it is dead by then. */
  async deadWithin(ms: number): Promise<boolean> {
    await Promise.race([this.gone, pause(ms)])
    return !this.isAlive
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.gone
  }

  stop(): void {
    this.child.kill('SIGSTOP')
  }

  goOn(): void {
    this.child.kill('SIGCONT')
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
