import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Whoever imports one of these, directly or through a helper, touches the database. */
const DOORS = ['test/support/database.ts', 'test/support/world.ts']
/**
 * What these try is the service's processes, dying and stopping, or what Graph does wrong, and not the database; CI has no
 * time to see that twice.
 */
const PROCESSES = ['test/support/killable-world.ts', 'test/support/balanced-world.ts']
const BAD_DAYS = 'test/webhook/sync/bad-days/'
/** Where the questions to the database are: the stores, the contract of the database, and one whole story. */
const CORE = /^test\/(contract|webhook\/(audit|contacts|keys|limits|store)|flow\/thousand-mails\.)/

const IMPORT = /from '(\.[^']+\.tsx?)'/g

/** Of these, the suites that try the database itself; the others try what is built upon it. */
export const coreOf = (suites: string[]): string[] => suites.filter((file) => CORE.test(file))

/** The test files under `root`/test that touch the database, relative to `root`. Browser tests need more than jest. */
export function findDatabaseSuites(root: string): string[] {
  const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map((name) => `test/${name.replaceAll('\\', '/')}`)
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('test/browser/'))
  const imports = new Map(files.map((file) => [file, importsOf(root, file)]))
  const touching = new Set(DOORS)
  const spread = (): boolean => {
    const before = touching.size
    for (const [file, imported] of imports)
      if (imported.some((other) => touching.has(other))) touching.add(file)
    return touching.size > before
  }
  while (spread());
  return [...touching]
    .filter((file) => /\.test\.tsx?$/.test(file))
    .filter((file) => !file.startsWith(BAD_DAYS))
    .filter((file) => !imports.get(file)?.some((other) => PROCESSES.includes(other)))
    .sort()
}

function importsOf(root: string, file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8')
  return [...source.matchAll(IMPORT)].map(([, specifier = '']) =>
    resolve('/', dirname(file), specifier).slice(1),
  )
}
