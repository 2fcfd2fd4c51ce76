import type { Disk, JournalFile } from '../../../sandbox/database/store/journal.ts'

export type Trouble = 'ENOSPC' | 'EIO'

/** A journal's disk that fails when it is told to. A full one takes the beginning of a write, as real ones do. */
export class FailingDisk {
  private trouble: Trouble | null = null
  private sound = 0
  /** It has, since it was told to. */
  hasFailed = false

  /** Fails from the operation after the next `after` ones on. */
  fail(trouble: Trouble, after = 0): void {
    this.trouble = trouble
    this.sound = after
    this.hasFailed = false
  }

  recover(): void {
    this.trouble = null
  }

  readonly disk: Disk = (file): JournalFile => ({
    appendFile: async (data) => {
      if (this.isSound()) return file.appendFile(data)
      const bytes = Buffer.from(data as Uint8Array)
      await file.appendFile(bytes.subarray(0, Math.floor(bytes.length / 2)))
      throw this.error()
    },
    datasync: async () => {
      if (!this.isSound()) throw this.error()
      return file.datasync()
    },
    truncate: async (length) => {
      if (!this.isSound()) throw this.error()
      return file.truncate(length)
    },
    close: () => file.close(),
  })

  private isSound(): boolean {
    return this.trouble === null || this.sound-- > 0
  }

  private error(): Error {
    this.hasFailed = true
    return Object.assign(new Error(`${this.trouble}: the disk fails`), { code: this.trouble })
  }
}
