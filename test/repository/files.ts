import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Where source lives, as the README's tree says. */
export const SOURCE_FOLDERS = ['models', 'webhook', 'addin', 'console', 'ui', 'sandbox', 'bench']

const NOT_OURS = new Set(['node_modules', '.git', 'dist', 'coverage', '.sandbox', 'target', '.m2'])
const BINARY = /\.(png|ico|der|jar)$/

/** Every file of the repository that a person wrote, as paths from its root. */
export function repositoryFiles(folder = '.'): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name)
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : repositoryFiles(file)
    return ['.env', '.sandbox.env'].includes(entry.name) || entry.name.endsWith('.log')
      ? []
      : [file]
  })
}

/** The TypeScript below these folders. */
export function sourceFiles(folders = SOURCE_FOLDERS): string[] {
  return folders.flatMap((folder) => repositoryFiles(folder)).filter((file) => /\.tsx?$/.test(file))
}

/** The ones that can be read as text, with their text. */
export const textFiles = () =>
  repositoryFiles()
    .filter((file) => !BINARY.test(file))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
