import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'esbuild'

const FOLDER = path.resolve('.sandbox/programs')

/** Packages that are no ES modules ask for others in their own way. */
const REQUIRE = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`

/** What runs beside an entry, in a file of its own. */
const BESIDE: Record<string, string[]> = { 'webhook/main.ts': ['webhook/html/worker.ts'] }

/**
 * One of our entries with all it needs in one file: as a process it is there in a fifth of the time that its sources
 * take. Made anew for each suite that asks; other suites may do the same at the same moment.
 */
export async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    ...{ entryPoints: [entry, ...(BESIDE[entry] ?? [])], outbase: '.', outdir: FOLDER },
    ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', write: false },
    ...{ outExtension: { '.js': '.mjs' }, banner: { js: REQUIRE }, logLevel: 'error' },
  })
  for (const { path: file, contents } of outputFiles) {
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(`${file}.${process.pid}`, contents)
    await rename(`${file}.${process.pid}`, file)
  }
  return path.join(FOLDER, entry.replace(/\.ts$/, '.mjs'))
}
