import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { coreOf, findDatabaseSuites } from './find-suites.ts'

const { values } = parseArgs({ options: { core: { type: 'boolean', default: false } } })

const NAME = 'mongo-java-server'
const VERSION = '1.47.0'
const root = join(import.meta.dirname, '../..')
const here = import.meta.dirname
const libraries = join(here, 'target/lib')

/** Where the peer cannot run: no fault on a laptop, a fault in CI. */
function giveUp(reason: string): never {
  console.log(`${NAME} ${VERSION}: did not run, ${reason}`)
  process.exit(process.env.CI ? 1 : 0)
}

const runs = (command: string, argument: string): boolean =>
  spawnSync(command, [argument], { stdio: 'ignore' }).status === 0

function fetchPeer(): void {
  if (!runs('java', '-version'))
    giveUp('there is no Java (Debian: apt-get install default-jdk-headless maven)')
  if (existsSync(join(libraries, `${NAME}-h2-backend-${VERSION}.jar`))) return
  if (!runs('mvn', '-version')) giveUp('there is no Maven (Debian: apt-get install maven)')
  const copy = ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${libraries}`]
  const { status } = spawnSync('mvn', copy, { cwd: here, stdio: 'inherit' })
  if (status !== 0) giveUp('Maven could not fetch it')
}

/** Its standard input is ours: it ends with us, however we end. */
async function startPeer(): Promise<{ peer: ChildProcess; url: string }> {
  const peer = spawn('java', ['-cp', join(libraries, '*'), join(here, 'Peer.java')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  for await (const line of createInterface(peer.stdout)) {
    if (line.startsWith('ready ')) return { peer, url: line.slice('ready '.length) }
  }
  return giveUp('it ended before it was ready')
}

const outcome = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  success: z.boolean(),
})

function runSuites(url: string): z.output<typeof outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'flowcrm-peers-'))
  const report = join(folder, 'report.json')
  const all = findDatabaseSuites(root)
  const suites = values.core ? coreOf(all) : all
  console.log(`${suites.length} of ${all.length} suites that touch the database`)
  spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/jest/bin/jest.js'),
      '--maxWorkers=100%',
      '--json',
      `--outputFile=${report}`,
      '--runTestsByPath',
      ...suites,
    ],
    {
      cwd: root,
      // Jest writes the whole report to standard output as well; only its progress is for people.
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, MONGODB_URL: url, TEST_PEER: NAME },
    },
  )
  const parsed = outcome.parse(JSON.parse(readFileSync(report, 'utf8')))
  rmSync(folder, { recursive: true })
  return parsed
}

fetchPeer()
const { peer, url } = await startPeer()
const { numPassedTests, numFailedTests, success } = runSuites(url)
peer.kill()
console.log(`${NAME} ${VERSION}: ${numPassedTests} passed, ${numFailedTests} failed`)
process.exitCode = success ? 0 : 1
