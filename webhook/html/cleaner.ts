import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { SECOND } from '../duration.ts'
import type { Pictures } from './addresses.ts'
import type { Cleaned } from './clean.ts'
import { Seats } from './seats.ts'
import { readableText } from './text.ts'
import type { CleanAnswer, CleanJob } from './worker.ts'

/** What one mail may cost (reliability F3). Ordinary ones take some milliseconds. */
const DEADLINE_MS = 2 * SECOND
const MOST_MEGABYTES = 300
/** Characters. No browser is glad of more, and handing it over would hold up the service itself. */
const LONGEST_HTML = 6_000_000
/** Characters that are read for the text of a mail that is not shown; so many take a few milliseconds. */
const TEXT_FROM = 200_000
/** A thread has to load what it works with, on a busy machine too. */
const START_WITHIN_MS = 30 * SECOND
const THREADS = 2
const MOST_WAITING = 100

/** Why a mail is not shown as HTML. */
export type Withheld = 'too-large' | 'took-too-long' | 'gave-up' | 'too-many'

export type Shown =
  | ({ state: 'clean' } & Cleaned)
  /** `text` is what could be read without effort. */
  | { state: 'withheld'; why: Withheld; text: string }

export type CleanerParts = {
  startThread: () => Worker
  onWithheld: (why: Withheld) => void
  /** A thread ended by itself: out of memory, or it could not be loaded. */
  onThreadFailed: (error: unknown) => void
  deadlineMs?: number
}

/**
 * Cleans HTML in threads of their own, at most two at a time, and ends those that take too long or too much memory: then
 * the mail is not shown, and nobody else notices. A thread is started when it is first needed.
 */
export class HtmlCleaner {
  private readonly seats = new Seats(THREADS, MOST_WAITING)
  private readonly threads = new Set<Worker>()
  private readonly idle: Worker[] = []
  private isClosed = false

  constructor(private readonly parts: CleanerParts) {}

  async clean(html: string, pictures: Pictures): Promise<Shown> {
    if (html.length > LONGEST_HTML) return this.withhold(html, 'too-large')
    const stand = await this.seats.take()
    if (!stand) return this.withhold(html, 'too-many')
    try {
      const thread = this.idle.pop() ?? (await this.start())
      const answer = thread ? await this.ask(thread, { html, pictures }) : 'gave-up'
      if (typeof answer === 'string') return this.withhold(html, answer)
      return { state: 'clean', ...answer }
    } finally {
      stand()
    }
  }

  /** Ends the threads; what they were at is withheld. */
  async close(): Promise<void> {
    this.isClosed = true
    await Promise.all([...this.threads].map((thread) => thread.terminate()))
  }

  private async start(): Promise<Worker | null> {
    if (this.isClosed) return null
    const thread = this.parts.startThread()
    this.threads.add(thread)
    thread.on('error', this.parts.onThreadFailed)
    thread.on('exit', () => this.forget(thread))
    thread.unref() // a thread without work does not keep the process
    const ready = await replyOf(thread, START_WITHIN_MS)
    if (ready !== 'late' && ready !== 'died') return thread
    void thread.terminate()
    return null
  }

  private async ask(thread: Worker, job: CleanJob): Promise<Cleaned | Withheld> {
    const reply = replyOf<CleanAnswer>(thread, this.parts.deadlineMs ?? DEADLINE_MS)
    thread.postMessage(job)
    const answer = await reply
    if (answer === 'late' || answer === 'died') {
      void thread.terminate()
      return answer === 'late' ? 'took-too-long' : 'gave-up'
    }
    this.idle.push(thread)
    return answer ?? 'gave-up'
  }

  private forget(thread: Worker): void {
    this.threads.delete(thread)
    const at = this.idle.indexOf(thread)
    if (at >= 0) this.idle.splice(at, 1)
  }

  private withhold(html: string, why: Withheld): Shown {
    this.parts.onWithheld(why)
    return { state: 'withheld', why, text: readableText(html.slice(0, TEXT_FROM)) }
  }
}

/** The thread of that file; TypeScript, in development, needs tsx there, too. */
export function threadOf(file: string): Worker {
  const isSource = file.endsWith('.ts')
  return new Worker(isSource ? throughTsx(file) : file, {
    eval: isSource,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  })
}

const throughTsx = (file: string) => `import('tsx/esm/api').then(({ register }) => {
  register()
  return import(${JSON.stringify(pathToFileURL(file).href)})
})`

/** The next thing the thread says, or that it does not. */
function replyOf<T>(thread: Worker, withinMs: number): Promise<T | 'late' | 'died'> {
  return new Promise((resolve) => {
    const end = (reply: T | 'late' | 'died') => {
      clearTimeout(patience)
      thread.off('message', end).off('error', died).off('exit', died)
      resolve(reply)
    }
    const died = () => end('died')
    const patience = setTimeout(() => end('late'), withinMs)
    thread.once('message', end).once('error', died).once('exit', died)
  })
}
