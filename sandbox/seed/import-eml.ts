import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Largest file taken: Exchange Online lets an administrator allow messages up to 150 MB. */
export const MAX_EML_BYTES = 150 * 1024 * 1024

export class ImportFolderError extends Error {
  override readonly name = 'ImportFolderError'

  constructor(
    readonly code: 'import-folder-missing' | 'import-folder-empty',
    readonly folder: string,
  ) {
    super(
      code === 'import-folder-missing'
        ? `There is no folder ${folder} to import mail from.`
        : `The folder ${folder} holds no .eml file.`,
    )
  }
}

export type EmlFile = { path: string; mime: Uint8Array }
export type SkippedFile = { path: string; reason: 'too-large'; sizeBytes: number }

/**
 * Every .eml file below the folder (links are not followed), by path, one in memory at a time. A file above 150 MB is told to `onSkip` and left
 * out. Throws ImportFolderError before the first file when there is nothing to import.
 */
export async function* readEmlFolder(
  folder: string,
  onSkip: (file: SkippedFile) => void = () => {},
): AsyncGenerator<EmlFile> {
  const paths = await emlPaths(folder)
  if (paths.length === 0) throw new ImportFolderError('import-folder-empty', folder)
  for (const path of paths) {
    const { size } = await stat(path)
    if (size > MAX_EML_BYTES) onSkip({ path, reason: 'too-large', sizeBytes: size })
    else yield { path, mime: withCrlf(await readFile(path)) }
  }
}

async function emlPaths(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
      throw new ImportFolderError('import-folder-missing', folder)
    },
  )
  return entries
    .filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith('.eml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

const CR = 0x0d
const LF = 0x0a

/** Each bare LF becomes CRLF. Bytes that have none are returned as they are. */
export function withCrlf(bytes: Uint8Array): Uint8Array {
  let bare = 0
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1))
    if (bytes[at - 1] !== CR) bare++
  if (bare === 0) return bytes
  const mended = new Uint8Array(bytes.length + bare)
  let to = 0
  for (let from = 0; from < bytes.length; from++) {
    if (bytes[from] === LF && bytes[from - 1] !== CR) mended[to++] = CR
    mended[to++] = bytes[from] ?? 0
  }
  return mended
}
