import { createHash } from 'node:crypto'
import type { TarEntry } from './tar.ts'

/** Lines are gathered up to this, as a file's length comes before it. */
const FILE_BYTES = 1024 * 1024

/** What the last file of the archive says of the others. */
export type Manifest = {
  format: string
  exportedAt: string
  workspaceId: string
  counts: Record<string, number>
  files: { path: string; bytes: number; sha256: string }[]
}

export const ARCHIVE_FORMAT = 'flowcrm-person/1'

/** Makes the files of an archive and keeps account of them. */
export class ArchiveFiles {
  readonly counts: Record<string, number> = {}
  private readonly files: Manifest['files'] = []

  constructor(private readonly at: Date) {}

  /** Values as JSON lines: `emails/0001.jsonl` and so on; none makes one empty file. */
  async *lines(kind: string, values: AsyncIterable<object>): AsyncGenerator<TarEntry> {
    let lines: string[] = []
    let bytes = 0
    let file = 1
    this.counts[kind] ??= 0
    for await (const value of values) {
      const line = `${JSON.stringify(value)}\n`
      this.counts[kind]++
      lines.push(line)
      bytes += Buffer.byteLength(line)
      if (bytes < FILE_BYTES) continue
      yield this.whole(pathOf(kind, file++), lines.join(''))
      lines = []
      bytes = 0
    }
    if (lines.length > 0 || file === 1) yield this.whole(pathOf(kind, file), lines.join(''))
  }

  /** A file as it comes. */
  streamed(path: string, size: number, bytes: AsyncIterable<Uint8Array>): TarEntry {
    return { path, size, at: this.at, bytes: this.summed(path, bytes) }
  }

  /** Last. */
  manifest(workspaceId: string): TarEntry {
    const manifest: Manifest = {
      ...{ format: ARCHIVE_FORMAT, exportedAt: this.at.toISOString(), workspaceId },
      ...{ counts: this.counts, files: this.files },
    }
    return this.whole('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`)
  }

  private whole(path: string, text: string): TarEntry {
    const bytes = Buffer.from(text)
    return this.streamed(path, bytes.length, justThis(bytes))
  }

  private async *summed(path: string, source: AsyncIterable<Uint8Array>) {
    const hash = createHash('sha256')
    let bytes = 0
    for await (const piece of source) {
      hash.update(piece)
      bytes += piece.byteLength
      yield piece
    }
    this.files.push({ path, bytes, sha256: hash.digest('hex') })
  }
}

const pathOf = (kind: string, file: number) => `${kind}/${String(file).padStart(4, '0')}.jsonl`

async function* justThis(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
