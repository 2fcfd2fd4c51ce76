import { existsSync } from 'node:fs'
import { readConfig } from './config/config.ts'
import { AppError } from './errors.ts'
import { restartWithExtraCa } from './extra-ca.ts'
import { Service } from './service.ts'

/** The process: environment in, signals in, exit code out; nothing else. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  if (restartWithExtraCa(process.env)) return
  const service = await Service.create(readConfig(process.env))
  const stopped = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve)
  })
  await service.start()
  await stopped
  await service.stop()
}

main().catch((error: unknown) => {
  process.exitCode = 1
  process.stderr.write(
    error instanceof AppError ? `${error.message}\n` : `The service failed: ${String(error)}\n`,
  )
})
