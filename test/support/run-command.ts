import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** What a suite needs at most; one that hangs must not hang whoever waits for it. */
const DEADLINE_MS = 15 * 60_000

/**
 * Runs a script with this Node, its output on ours. Resolves to the exit code, which is null after a deadline of
 * 15 minutes.
 */
export async function runNode(args: string[], env: NodeJS.ProcessEnv = {}): Promise<number | null> {
  const child = spawn(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    timeout: DEADLINE_MS,
    killSignal: 'SIGKILL',
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}
