import type { Connection } from 'mongoose'
import type { Clock } from '../clock.ts'
import type { Vault } from '../keys/vault.ts'
import { ThreadKeyStore } from './key-store.ts'
import { ThreadMergeStore } from './merge-store.ts'
import type { Matching, PinsOnThreads } from './ports.ts'
import { ThreadDesk, type ThreadDeskParts } from './thread-desk.ts'
import { ThreadedEmails } from './threaded-emails.ts'
import { Threads } from './threads.ts'

export type OpenThreadsParts = Omit<ThreadDeskParts, 'keys' | 'threaded'> & {
  db: Connection
  clock: Clock
  vault: Pick<Vault, 'of'>
  /** What hangs on threads: whom their mail belongs to. */
  contacts: { matcher: Matching; pins: PinsOnThreads }
}

/** Everything about threads, put together in reading order. */
export function openThreads(parts: OpenThreadsParts) {
  const { db, vault, contacts } = parts
  const { matcher: matching, pins } = contacts
  const keys = new ThreadKeyStore(db)
  const merges = new ThreadMergeStore(parts)
  const threaded = new ThreadedEmails(db)
  const threads = new Threads({ keys, merges, emails: threaded, pins, matching, vault })
  return {
    threads,
    threadDesk: new ThreadDesk({ ...parts, keys, threaded }),
    threadChores: [(signal: AbortSignal) => threads.carryOnDue(signal)],
  }
}
