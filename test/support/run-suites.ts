import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { buildPages } from '../../sandbox/build-pages.ts'
import { findChromium } from './find-chromium.ts'
import { runNode } from './run-command.ts'

export type Counts = { passed: number; failed: number }

/** The part of jest's `--json` report that counts. */
type Report = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  numRuntimeErrorTestSuites: number
}

const say = (line: string) => process.stdout.write(`${line}\n`)

/**
 * Runs the suites of one jest configuration. A suite that cannot be run counts as a failure, and so does a skipped
 * test: it proves nothing.
 */
export async function runSuites(config: string, env: NodeJS.ProcessEnv = {}): Promise<Counts> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flowcrm-suites-'))
  const outputFile = path.join(folder, 'report.json')
  const options = [
    '--config',
    config,
    `--maxWorkers=${availableParallelism() + 1}`,
    '--json',
    '--outputFile',
    outputFile,
  ]
  const code = await runNode(['node_modules/jest/bin/jest.js', ...options], env)
  const counts = await readFile(outputFile, 'utf8').then(countsOf, () => ({ passed: 0, failed: 0 }))
  await rm(folder, { recursive: true })
  if (code === 0 || counts.failed > 0) return counts
  say(`The suites of ${config} ${code === null ? 'did not end in time' : 'did not run'}.`)
  return { ...counts, failed: 1 }
}

/** Builds the pages and runs their suites in Chromium. Without one it says so; where `CI` is set that is a failure. */
export async function runBrowserSuites(env: NodeJS.ProcessEnv = process.env): Promise<Counts> {
  const chromium = findChromium(env)
  if (chromium === undefined) {
    say(
      'Not run: the pages in Chromium (test/browser), as none was found. Install one (Debian: apt-get install chromium) or name it in CHROMIUM_PATH.',
    )
    return { passed: 0, failed: env['CI'] ? 1 : 0 }
  }
  say(`\nBuilding the pages for ${chromium} ...`)
  try {
    await buildPages()
  } catch (error) {
    say(String(error))
    return { passed: 0, failed: 1 }
  }
  return runSuites('jest.browser.config.js', { CHROMIUM_PATH: chromium })
}

/** Ends with the one line that a person or a machine looks for. No test at all is a failure. */
export function report(...runs: Counts[]): void {
  const total = (key: keyof Counts) => runs.reduce((sum, counts) => sum + counts[key], 0)
  const [passed, failed] = [total('passed'), total('failed')]
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
  say(`\n${passed} passed, ${failed} failed`)
}

function countsOf(json: string): Counts {
  const report = JSON.parse(json) as Report
  const skipped = report.numPendingTests + report.numTodoTests
  if (skipped > 0) say(`${skipped} skipped, which counts as failed.`)
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites + skipped,
  }
}
