import { parseArgs } from 'node:util'
import { realClock } from '../webhook/clock.ts'
import { importEml, loadSeedMail } from './load-mail.ts'
import { Microsoft } from './microsoft.ts'
import { buildPages } from './build-pages.ts'
import { writeEnvFile } from './env-file.ts'
import { lineOf, startProcess, stopProcess } from './processes.ts'
import { serviceEnvironment } from './service-environment.ts'

const USAGE = `npm run sandbox -- [--import <folder of .eml files>] [--data <folder>] [--port <first of six ports>]`
const RESTART_MS = 1_000

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      import: { type: 'string' },
      data: { type: 'string' },
      port: { type: 'string', default: '3000' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return console.log(USAGE)
  const first = Number(values.port)
  const port = { service: first, graph: first + 1, signIn: first + 2, outlook: first + 3 }
  const addinPort = first + 4
  console.log(
    'FlowCRM sandbox: Microsoft 365, MongoDB and FlowCRM on this machine. For trying and testing.',
  )

  step(1, 'building the pages, starting the database')
  const pages = buildPages()
  const databaseArgs = [
    '--port',
    String(first + 5),
    ...(values.data ? ['--data', values.data] : []),
  ]
  const database = startProcess('sandbox/database/main.ts', { args: databaseArgs })
  const [, mongodbUrl = ''] = await lineOf(database, /ready (\S+)/)

  step(2, 'starting Microsoft 365: sign-in, Graph, Outlook')
  const microsoft = await Microsoft.start({
    clock: realClock,
    seed: Number(values.seed),
    serviceUrl: `http://localhost:${port.service}`,
    addinUrl: `http://localhost:${addinPort}`,
    ports: port,
  })
  await fill(microsoft, values.import)

  step(3, 'waiting for the pages')
  await pages

  step(4, 'starting FlowCRM')
  const env = serviceEnvironment({
    ...{ port: port.service, addinPort, mongodbUrl, microsoft },
    more: { LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info' },
  })
  const service = await keepRunning(env)
  const removeEnvFile = writeEnvFile(env)
  announce(env, microsoft)

  await signalled()
  removeEnvFile()
  await service.stop()
  await microsoft[Symbol.asyncDispose]()
  await stopProcess(database)
}

async function fill(microsoft: Microsoft, emlFolder: string | undefined): Promise<void> {
  await loadSeedMail(microsoft.graph, realClock.now())
  if (!emlFolder) return
  const { imported, skipped } = await importEml(microsoft.graph, emlFolder, 'alice@contoso.test')
  console.log(`      Imported into Alice's Inbox: ${imported}.`)
  for (const reason of skipped) console.log(`      Left out: ${reason}`)
}

/** The service, started again whenever it dies: killing it must lose nothing, so try. */
async function keepRunning(env: Record<string, string>) {
  let stopping = false
  const start = async () => {
    const child = startProcess('webhook/main.ts', { env })
    child.once('exit', () => {
      if (stopping) return
      console.log('FlowCRM ended. Starting it again.')
      setTimeout(() => void start().then((next) => (current = next)), RESTART_MS)
    })
    await lineOf(child, /the service is up/)
    return child
  }
  let current = await start()
  return {
    stop: async () => {
      stopping = true
      await stopProcess(current)
    },
  }
}

function announce(env: Record<string, string>, { urls }: Microsoft): void {
  console.log(`
  Ready. Open  ${env['PUBLIC_URL']}  and sign in as Alice.

    FlowCRM          ${env['PUBLIC_URL']}
    Fault desk       ${urls.faultDesk}   (deliver a mail, lose notifications, throttle …)
    Outlook          ${urls.outlook}        (the add-in beside a message)
    Graph            ${urls.graph}
    Sign-in          ${urls.authority}

  In another terminal: npm run flowcrm -- status --sandbox
  People: Alice, Bob, Ada (admin) and Vera (auditor) of Contoso; there are no passwords. Ctrl+C ends everything.
`)
}

const step = (n: number, what: string) => console.log(`${n} of 4  ${what}`)

const signalled = () =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve)
  })

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  },
)
