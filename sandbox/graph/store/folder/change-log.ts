/** Anything that carries the number of its latest change. */
export type Versioned = { changeNumber: number }

/** One line of a log: `subject` changed, or something that went by these serials is gone. */
export type LogEntry<T> =
  { seq: number; at: number; subject: T } | { seq: number; at: number; gone: Gone }

export type Gone = { default: number; immutable: number }

/**
 * What changed in one folder, in order. Of each subject only the latest line counts; superseded ones stay until half the
 * log is made of them, so that an append and a step forward cost the same at 200,000 messages as at two.
 */
export class ChangeLog<T extends Versioned> {
  private entries: LogEntry<T>[] = []
  private compactAt = 1_024

  append(entry: LogEntry<T>): void {
    if (this.entries.length >= this.compactAt) this.compact()
    this.entries.push(entry)
  }

  /** Every line after `seq` that still counts, oldest first. */
  *after(seq: number): Generator<LogEntry<T>> {
    for (let index = this.firstAfter(seq); index < this.entries.length; index++) {
      const entry = this.entries[index]
      if (entry && isCurrent(entry)) yield entry
    }
  }

  /** The number to read on from so that about `count` lines up to `seq` are read again. */
  rewound(seq: number, count: number): number {
    return this.entries[this.firstAfter(seq) - 1 - count]?.seq ?? 0
  }

  private firstAfter(seq: number): number {
    let low = 0
    let high = this.entries.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.entries[middle]?.seq ?? Infinity) <= seq) low = middle + 1
      else high = middle
    }
    return low
  }

  private compact(): void {
    this.entries = this.entries.filter(isCurrent)
    this.compactAt = Math.max(1_024, this.entries.length * 2)
  }
}

const isCurrent = <T extends Versioned>(entry: LogEntry<T>) =>
  'gone' in entry || entry.subject.changeNumber === entry.seq
