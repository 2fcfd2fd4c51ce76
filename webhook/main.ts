import { existsSync } from 'node:fs'
import path from 'node:path'
import { readConfig } from './config/config.ts'
import { MINUTE } from './duration.ts'
import { AppError } from './errors.ts'
import { restartWithExtraCa } from './extra-ca.ts'
import { Service } from './service.ts'
import { isStoreDown } from './store/store-down.ts'

/** The database may be started at the same time, and take longer. */
const DATABASE_PATIENCE_MS = MINUTE

/** Lies beside this file, built or not. */
const HTML_WORKER = path.join(
  import.meta.dirname,
  `html/worker${path.extname(import.meta.filename)}`,
)

/** The process: environment in, signals in, exit code out; nothing else. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  if (restartWithExtraCa(process.env)) return
  const settings = readConfig(process.env)
  const told = new AbortController()
  const toStop = new Promise<void>((resolve) => {
    told.signal.addEventListener('abort', () => resolve())
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => told.abort())
  const patience = { ms: DATABASE_PATIENCE_MS, signal: told.signal }
  const overrides = { htmlWorker: HTML_WORKER }
  const service = await Service.create(settings, overrides, patience).catch((error: unknown) => {
    if (told.signal.aborted) return null // nothing was begun
    throw error
  })
  if (!service) return
  await service.start()
  await toStop
  await service.stop()
}

main().catch((error: unknown) => {
  process.exitCode = 1
  process.stderr.write(`${inWords(error)}\n`)
})

function inWords(error: unknown): string {
  if (isStoreDown(error)) return 'The database does not answer.'
  return error instanceof AppError ? error.message : `The service failed: ${String(error)}`
}
