import type { LoggedRequest, RequestLog } from '../../sandbox/graph/http/request-log.ts'
import { realClock } from '../../webhook/clock.ts'
import type { Inside } from '../support/inside.ts'

/** Every request the twin saw, by what it was for. */
export type Requests = {
  /** Everything about mail: all but the two below. */
  mail: number
  delta: number
  /** Id-only pages: the comparison of the mailbox with the ledger. */
  proof: number
  subscriptions: number
  /** Folder names and counts, for choosing folders and keeping their names. */
  tree: number
  /** What Graph charges to the mailbox: each request below it, inside a `$batch` or not (graph-contract 6.1). */
  charged: number
}

/** Refused ones count too, as they do at Graph. */
export function countRequests(requests: readonly LoggedRequest[]): Requests {
  const paths = requests.map(({ path }) => decodeURIComponent(path).toLowerCase())
  const subscriptions = paths.filter((path) => path.includes('/subscriptions'))
  const mail = paths.filter((path) => path.includes('/messages'))
  return {
    mail: mail.length,
    delta: mail.filter((path) => path.includes('/messages/delta')).length,
    proof: mail.filter((path) => /[?&]\$select=id(&|$)/.test(path)).length,
    subscriptions: subscriptions.length,
    tree: paths.length - mail.length - subscriptions.length,
    charged: requests.filter(({ mailbox }) => mailbox !== undefined).length,
  }
}

/** Waits until no request has come for so long. */
export async function quiet(requests: RequestLog, forMs = 1_500): Promise<void> {
  for (let seen = -1; seen !== requests.count();) {
    seen = requests.count()
    await realClock.sleep(forMs)
  }
}

/** A figure for mail that was not stored would be worth nothing. */
export async function mustHold(inside: Inside, mails: number): Promise<void> {
  const stored = await inside.emails.countDocuments()
  if (stored !== mails) throw new Error(`${stored} of ${mails} mails are stored`)
}
