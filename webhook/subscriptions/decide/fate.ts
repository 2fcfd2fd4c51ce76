import type { Folder } from '../../../models/folder.ts'
import type { Mailbox } from '../../../models/mailbox.ts'
import type { Subscription } from '../../../models/subscription.ts'
import { DAY } from '../../duration.ts'

/** A secret older than this is replaced, with the subscription. */
const SECRET_LIFE_MS = 30 * DAY

/**
 * `wait`: the mailbox cannot be asked now. `end`: nobody wants it. `forget`: its time is over. `replace`: its secret or
 * its certificate is.
 */
export type Fate = 'wait' | 'end' | 'forget' | 'replace' | 'renew'

export type FateFacts = {
  subscription: Subscription
  folder: Folder | null
  mailbox: Mailbox | null
  /** The certificate that headers are encrypted for now; null: none. */
  certificateId: string | null
  now: Date
}

/** What is to become of a subscription that is looked at. First match wins. */
export function fateOf(facts: FateFacts): Fate {
  const { subscription, mailbox, folder, certificateId, now } = facts
  if (subscription.expiresAt <= now) return 'forget'
  if (!mailbox || !mayBeAsked(mailbox)) return 'wait'
  if (!folder || !wantsSubscription(folder, mailbox)) return 'end'
  const isOld = now.getTime() - subscription.createdAt.getTime() >= SECRET_LIFE_MS
  return isOld || subscription.certificateId !== certificateId ? 'replace' : 'renew'
}

/** Its credential is good as far as we know, and nobody paused it. */
export const mayBeAsked = ({ status, paused }: Mailbox): boolean =>
  status === 'connected' && !paused

export const wantsSubscription = ({ watched, deletedAt }: Folder, { settings }: Mailbox): boolean =>
  watched && !deletedAt && settings.pollEveryMinutes === null
