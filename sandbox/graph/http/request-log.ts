import type { Caller } from './route.ts'

/** One request as the twin saw it: the truth that tests count on. */
export type LoggedRequest = {
  at: Date
  method: string
  /** Path and query as they were sent, after the host. */
  path: string
  caller?: Caller
  /** Object id of the mailbox's owner, when the path names one. */
  mailbox?: string
  /** 0 while the request is in hand. */
  status: number
  throttled: boolean
  /** Arrived inside a `$batch`. */
  inBatch: boolean
  /** What broke inside the twin itself; a test may want this to be absent everywhere. */
  crash?: string
}

/** Which requests to count; every given trait must fit. `path` fits anywhere in the path, as it is spelled. */
export type RequestQuery = Partial<
  Pick<LoggedRequest, 'method' | 'mailbox' | 'status' | 'throttled' | 'inBatch'>
> & { path?: string | RegExp }

/** Every request made, oldest first; the last `keep` of them. */
export class RequestLog {
  private entries: LoggedRequest[] = []

  constructor(private readonly keep = 100_000) {}

  add(entry: LoggedRequest): void {
    this.entries.push(entry)
    if (this.entries.length > this.keep * 1.1) this.entries = this.entries.slice(-this.keep)
  }

  find(query: RequestQuery = {}): readonly LoggedRequest[] {
    return this.entries.filter((entry) => fits(entry, query))
  }

  count(query: RequestQuery = {}): number {
    return this.find(query).length
  }

  last(count: number): readonly LoggedRequest[] {
    return this.entries.slice(-count)
  }

  clear(): void {
    this.entries = []
  }
}

function fits(entry: LoggedRequest, { path, ...traits }: RequestQuery): boolean {
  if (path instanceof RegExp && !path.test(entry.path)) return false
  if (typeof path === 'string' && !entry.path.includes(path)) return false
  return Object.entries(traits).every(
    ([name, value]) => entry[name as keyof typeof traits] === value,
  )
}
