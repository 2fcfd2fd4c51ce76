import { parentPort } from 'node:worker_threads'
import type { Pictures } from './addresses.ts'
import { clean, type Cleaned } from './clean.ts'

/** A thread of its own for what strangers wrote; an entry like `main.ts`. `cleaner.ts` holds its reins. */

export type CleanJob = { html: string; pictures: Pictures }
/** Null: the HTML cannot be cleaned. */
export type CleanAnswer = Cleaned | null

function answerTo({ html, pictures }: CleanJob): CleanAnswer {
  try {
    return clean(html, pictures)
  } catch {
    return null
  }
}

parentPort?.on('message', (job: CleanJob) => parentPort?.postMessage(answerTo(job)))
parentPort?.postMessage('ready')
