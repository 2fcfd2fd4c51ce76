import { lineOf, startProcess, stopProcess } from '../sandbox/processes.ts'

/** The sandbox's database in a process of its own, as in the sandbox. Ended by disposing it. */
export async function startDatabase(
  options: string[] = [],
): Promise<AsyncDisposable & { url: string }> {
  const child = startProcess('sandbox/database/main.ts', { args: ['--port', '0', ...options] })
  const [, url = ''] = await lineOf(child, /ready (\S+)/)
  return { url, [Symbol.asyncDispose]: () => stopProcess(child) }
}
