import type { Mailbox } from '../../models/wire/mailbox.ts'

export type StepState = 'done' | 'now' | 'later'

/** How far somebody is who has just come: which of the three steps is done, and which is next. */
export type FirstSteps = {
  connect: StepState
  choose: StepState
  arrive: StepState
  /** Of the first reading: n of N messages. */
  read: { done: number; total: number }
}

/** The first reading of a folder has ended: whoever sees that has arrived, and needs no guide any more. */
export const hasArrived = (mailboxes: readonly Mailbox[]): boolean =>
  mailboxes.some(({ folders }) => folders.some(({ backfill }) => backfill.finishedAt !== null))

export function firstSteps(mailboxes: readonly Mailbox[]): FirstSteps {
  const folders = mailboxes.flatMap((mailbox) => mailbox.folders)
  const isConnected = mailboxes.length > 0
  const isWatching = folders.length > 0
  const done = folders.reduce((sum, { backfill }) => sum + backfill.done, 0)
  const total = folders.reduce((sum, { backfill }) => sum + backfill.total, 0)
  return {
    connect: isConnected ? 'done' : 'now',
    choose: isWatching ? 'done' : isConnected ? 'now' : 'later',
    arrive: hasArrived(mailboxes) ? 'done' : isWatching ? 'now' : 'later',
    // The mailbox's own count may be behind while mail comes in.
    read: { done, total: Math.max(done, total) },
  }
}
