import { existsSync } from 'node:fs'
import { runCli } from './cli/cli.ts'
import { restartWithExtraCa } from './extra-ca.ts'

/** The command line: arguments and environment in, text and exit code out; nothing else. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  if (restartWithExtraCa(process.env)) return
  process.exitCode = await runCli(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    env: process.env,
    folder: process.cwd(),
  })
}

void main()
