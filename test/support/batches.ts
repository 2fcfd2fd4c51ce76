import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Suites that load their modules together: loading costs more than most of them take to run. */
const SUITES_IN_A_BATCH = 10
const FOLDER = '.sandbox/batches'

/** What jest puts in place of things, others of the same process would see. */
const WANTS_TO_BE_ALONE = /import \{[^}]*\bjest\b[^}]*\} from '@jest\/globals'/

/**
 * Writes one file for each batch of suites, where `jest.batches.config.js` finds it. A suite runs in it as it does alone,
 * its hooks within a `describe` of its own.
 */
export function writeBatches(root: string, suites = suitesIn(root)): void {
  const folder = path.join(root, FOLDER)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  batchesOf(root, suites).forEach((batch, at) => {
    const name = `${String(at).padStart(2, '0')}-${path.basename(path.dirname(batch[0] ?? ''))}`
    writeFileSync(path.join(folder, `${name}.test.ts`), textOf(root, batch))
  })
}

/** All but those of the pages in a browser. */
const suitesIn = (root: string): string[] =>
  readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.test\.tsx?$/.test(file) && !file.startsWith('browser/'))
    .map((file) => `test/${file}`)

/** In the order of their folders, so that those that load the same come together; each world's for itself. */
function batchesOf(root: string, all: string[]): string[][] {
  const suites = all.toSorted()
  const alone = suites.filter((suite) => WANTS_TO_BE_ALONE.test(read(root, suite)))
  const together = suites.filter((suite) => !alone.includes(suite))
  const environments = new Set(together.map((suite) => environmentOf(root, suite)))
  const worlds = [...environments].map((world) =>
    together.filter((suite) => environmentOf(root, suite) === world),
  )
  return [...worlds, ...alone.map((suite) => [suite])].flatMap(inBatches)
}

const inBatches = (suites: string[]): string[][] =>
  Array.from({ length: Math.ceil(suites.length / SUITES_IN_A_BATCH) }, (_, at) =>
    suites.slice(at * SUITES_IN_A_BATCH, (at + 1) * SUITES_IN_A_BATCH),
  )

/** The line by which jest gives a suite a document; else nothing. */
function environmentOf(root: string, suite: string): string {
  const [firstLine = ''] = read(root, suite).split('\n', 1)
  return firstLine.includes('@jest-environment') ? firstLine : ''
}

function textOf(root: string, suites: string[]): string {
  const blocks = suites.map((suite) => {
    const file = JSON.stringify(path.relative(FOLDER, suite))
    return `describe(${JSON.stringify(suite)}, () => void require(${file}))\n`
  })
  return [environmentOf(root, suites[0] ?? ''), ...blocks].join('\n')
}

const read = (root: string, suite: string): string => readFileSync(path.join(root, suite), 'utf8')
