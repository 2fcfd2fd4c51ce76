import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Programs } from './bundle.ts'
import type { Order } from './service-under-torture.ts'

/** A process of the service that is there to be killed. It ends with us, however we end. */
export class Victim {
  private said = ''
  private readonly gone: Promise<unknown>

  private constructor(private readonly child: ChildProcess) {
    this.gone = once(child, 'close') // what it said last is heard by then
    child.stdout?.on('data', (chunk: Buffer) => void (this.said += chunk.toString()))
  }

  /** Loaded, and waiting for its order. */
  static standBy({ launcher, victim }: Programs): Victim {
    const child = spawn(process.execPath, [launcher, victim], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    takeAlong(child)
    child.stdin.on('error', () => undefined) // it may die while being spoken to
    return new Victim(child)
  }

  /** Resolves when it is up, or dead or at a standstill before that. */
  async start(order: Order): Promise<void> {
    this.child.stdin?.write(`${JSON.stringify(order)}\n`)
    while (!/up\n/.test(this.said) && this.isAtWork) await pause(5)
  }

  /** The crash point at which it died, or null when somebody else killed it or it lives. */
  get diedAt(): string | null {
    return /SIGKILL at (\S+)/.exec(this.said)?.[1] ?? null
  }

  get hasStopped(): boolean {
    return this.said.includes('SIGSTOP at ')
  }

  get isAtWork(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null && !this.hasStopped
  }

  /** Resolves when it is dead or at a standstill, at the latest after `ms`. */
  async atWorkFor(ms: number): Promise<void> {
    for (const until = Date.now() + ms; this.isAtWork && Date.now() < until;) await pause(5)
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.gone
  }

  goOn(): void {
    this.child.kill('SIGCONT')
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Whatever ends us, no child is left behind. */
export function takeAlong(child: ChildProcess): void {
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
}
