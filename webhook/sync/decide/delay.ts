import { SECOND } from '../../duration.ts'

export type Delay = { providerMs: number; oursMs: number }

export type DelayFacts = {
  receivedAt: Date
  /** The first bell that was not answered before; null: nobody rang. */
  rangAt: Date | null
  passStartedAt: Date
  storedAt: Date
  /** When the folder was read to its end before; null while that has never happened. */
  lastSyncAt: Date | null
}

/**
 * Where the time went between the server's receipt and our store. Until the bell, or without one until we asked, it is
 * the provider's; from then on ours. Null where it says nothing: in a backfill, and for mail that is older than the last
 * complete reading and so has only come here from elsewhere.
 */
export function delayOf(facts: DelayFacts): Delay | null {
  const { receivedAt, rangAt, passStartedAt, storedAt, lastSyncAt } = facts
  // Graph tells the time of receipt in whole seconds.
  if (!lastSyncAt || receivedAt.getTime() < wholeSecond(lastSyncAt)) return null
  const received = receivedAt.getTime()
  const stored = Math.max(received, storedAt.getTime())
  const noticed = clamp((rangAt ?? passStartedAt).getTime(), received, stored)
  return { providerMs: noticed - received, oursMs: stored - noticed }
}

const wholeSecond = (date: Date) => Math.floor(date.getTime() / SECOND) * SECOND

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))
