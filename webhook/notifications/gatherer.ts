import type { Clock } from '../clock.ts'
import { AppError, StoreUnavailableError } from '../errors.ts'
import { isCrowded } from './decide/crowd.ts'

export type GathererParts<T> = {
  /** Makes all of these durable, or throws. */
  write: (gathered: T[]) => Promise<void>
  clock: Clock
}

/** Graph counts an answer after 3 s as none and comes again after a 503; so that is said quickly (reliability A5). */
const WRITTEN_WITHIN_MS = 800
/** What waits for the running write, at most: more is turned away at once, to come again (reliability A6). */
const MOST_REQUESTS = 1_000
const MOST_ITEMS = 20_000

type Waiting<T> = {
  one: T
  weight: number
  since: number
  done: () => void
  failed: (error: unknown) => void
}

/**
 * Gathers what arrives while the last write is under way, so that a thousand requests a second share some hundred
 * writes, and a lone one waits for nobody. There is no timer in it: the slower the store, the larger the groups.
 *
 * While the store ails, one request at a time tries it and all others are turned away at once.
 */
export class Gatherer<T> {
  private waiting: Waiting<T>[] = []
  private writing: Waiting<T>[] = []
  private weight = 0
  private isWriting = false
  private isAiling = false

  constructor(private readonly parts: GathererParts<T>) {}

  /** Whoever comes now had better come again. */
  get isCrowded(): boolean {
    const [oldest] = this.writing.length > 0 ? this.writing : this.waiting
    const oldestMs = oldest ? this.now() - oldest.since : 0
    return isCrowded({ requests: this.writing.length + this.waiting.length, oldestMs })
  }

  /** Resolves when it is durable; throws a StoreUnavailableError when that cannot be had soon. */
  async add(one: T, weight: number): Promise<void> {
    if (this.isAiling && this.isWriting) throw unavailable()
    const isFull =
      this.waiting.length >= MOST_REQUESTS ||
      (this.waiting.length > 0 && this.weight + weight > MOST_ITEMS)
    if (isFull) throw new StoreUnavailableError('Too many notifications at once. Come again.')
    const written = new Promise<void>((done, failed) => {
      this.waiting.push({ one, weight, since: this.now(), done, failed })
    })
    this.weight += weight
    if (!this.isWriting) void this.writeAll()
    return written
  }

  private async writeAll(): Promise<void> {
    this.isWriting = true
    await new Promise((resolve) => setImmediate(resolve)) // what came in the same moment goes along
    while (this.waiting.length > 0) {
      const group = (this.writing = this.takeWaiting())
      try {
        await this.inTime(this.parts.write(group.map(({ one }) => one)))
        this.isAiling = false
        for (const { done } of group) done()
      } catch (error) {
        this.isAiling = true
        const refusal = error instanceof AppError ? error : unavailable(error)
        for (const { failed } of [...group, ...this.takeWaiting()]) failed(refusal)
      }
    }
    this.writing = []
    this.isWriting = false
  }

  private now(): number {
    return this.parts.clock.now().getTime()
  }

  private takeWaiting(): Waiting<T>[] {
    this.weight = 0
    return this.waiting.splice(0)
  }

  /** What is too late may still be written; then a bell rings once more than it was acknowledged, which does no harm. */
  private async inTime(writing: Promise<void>): Promise<void> {
    const answered = new AbortController()
    const tooLate = async () => {
      await this.parts.clock.sleep(WRITTEN_WITHIN_MS, answered.signal)
      if (!answered.signal.aborted) throw unavailable()
    }
    await Promise.race([writing, tooLate()]).finally(() => answered.abort())
  }
}

/** Whatever it was, nothing is durable: Graph is to come again. */
const unavailable = (cause?: unknown) =>
  new StoreUnavailableError('The database does not answer in time.', { cause })
