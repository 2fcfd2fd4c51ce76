import { spawn } from 'node:child_process'

/**
 * Node reads further certificate authorities at start only, so a service that is told of one starts itself again with
 * it. True when this process is now merely the parent: it passes signals on and ends as the child does.
 */
export function restartWithExtraCa(env: NodeJS.ProcessEnv): boolean {
  const file = env['EXTRA_CA_FILE']
  if (!file || env['NODE_EXTRA_CA_CERTS'] === file) return false
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...env, NODE_EXTRA_CA_CERTS: file },
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal ? 1 : 0)
  })
  return true
}
