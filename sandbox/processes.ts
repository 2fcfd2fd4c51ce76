import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** How long a child may take to end before it is made to. */
const PATIENCE_MS = 8_000

/** Starts one of our entries as a process of its own: TypeScript as it is written, or a bundle. */
export function startProcess(
  entry: string,
  { args = [], env = {} }: { args?: string[]; env?: Record<string, string> } = {},
): ChildProcess {
  const loader = entry.endsWith('.ts') ? ['--import', 'tsx'] : []
  const child = spawn(process.execPath, [...loader, entry, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const takeAlong = () => child.kill()
  process.once('exit', takeAlong) // whatever ends us, no child is left behind
  child.once('exit', () => process.off('exit', takeAlong))
  return child
}

/** The first line of its output that the pattern matches. Rejects when the process ends before. */
export async function lineOf(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  let seen = ''
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      seen = (seen + chunk.toString()).slice(-10_000)
      const match = pattern.exec(seen)
      if (match) resolve(match)
    })
    child.once('exit', (code) =>
      reject(new Error(`the process ended with ${code} before it was ready`)),
    )
  })
}

/** Asks it to end, and waits. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
  child.kill('SIGTERM')
  await once(child, 'exit')
  clearTimeout(impatience)
}
