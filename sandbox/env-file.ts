import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes the service's environment down where `flowcrm --sandbox` finds it, for its owner's eyes alone; git leaves it
 * out. The answer removes it again, unless another sandbox has taken its place.
 */
export function writeEnvFile(env: Record<string, string>, folder = '.'): () => void {
  const file = join(folder, '.sandbox.env')
  const text = Object.entries(env)
    .map(([name, value]) => `${name}="${value}"\n`)
    .join('')
  rmSync(file, { force: true }) // an old one would keep its mode
  writeFileSync(file, text, { mode: 0o600 })
  return () => {
    if (textOf(file) === text) rmSync(file)
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
