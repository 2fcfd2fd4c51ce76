import { cpus, loadavg } from 'node:os'
import { Command, InvalidArgumentError } from 'commander'
import { benchAcknowledge } from './acknowledge/acknowledge.ts'
import { benchOverload } from './acknowledge/overload.ts'
import { benchAttachments } from './attachments.ts'
import { benchAudit } from './audit.ts'
import { benchConsole } from './console/console.ts'
import { benchCrm } from './crm.ts'
import { benchDatabase } from './database.ts'
import { benchDecide } from './decide.ts'
import { Report, type Part } from './figures.ts'
import { benchFreshness } from './freshness/freshness.ts'
import { benchHtml } from './html.ts'
import { benchKeys } from './keys.ts'
import { benchLedger } from './ledger/ledger.ts'
import { benchPane } from './pane/pane.ts'
import { benchPeople } from './people/people.ts'
import { benchRequests } from './requests/requests.ts'
import { benchSecrets } from './secrets.ts'
import { benchStore } from './store/store.ts'
import { benchTwin } from './twin.ts'

const parts: Record<string, Part> = {
  requests: benchRequests,
  acknowledge: benchAcknowledge,
  overload: benchOverload,
  freshness: benchFreshness,
  store: benchStore,
  attachments: benchAttachments,
  ledger: benchLedger,
  crm: benchCrm,
  decide: benchDecide,
  html: benchHtml,
  audit: benchAudit,
  keys: benchKeys,
  people: benchPeople,
  secrets: benchSecrets,
  pane: benchPane,
  console: benchConsole,
  twin: benchTwin,
  database: benchDatabase,
}

function positive(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('a whole number above 0')
  return value
}

const command = new Command('bench')
  .description(
    'Measures FlowCRM against the Graph twin on loopback. docs/benchmarks.md explains the figures.',
  )
  .option('--json', 'end with one line on stdout: a JSON object of all figures')
  .option('--only <parts...>', `one or more of ${Object.keys(parts).join(', ')}`)
  .option('--largest <count>', 'no more mails or ledger entries than this', positive, 1_000_000)
  .option('--seconds <seconds>', 'how long each rate of notifications is kept up', positive, 10)
  .option('--full', 'the console with 10,000 contacts and 100,000 e-mails, which takes minutes')
  .parse()

const options = command.opts<{
  json?: boolean
  only?: string[]
  largest: number
  seconds: number
  full?: boolean
}>()
const unknown = (options.only ?? []).filter((name) => !parts[name])
if (unknown.length > 0) command.error(`There is no part called ${unknown.join(', ')}.`)

const print = options.json ? console.error : console.log
const report = new Report(print)
const begun = performance.now()
print(
  `Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model ?? '?'}), load ${loadavg()[0]?.toFixed(1)}`,
)
for (const [name, part] of Object.entries(parts))
  if (!options.only || options.only.includes(name)) await part(report, options)
print(`\nTook ${Math.round((performance.now() - begun) / 1_000)} s.`)
if (options.json) console.log(JSON.stringify(report.figures))
