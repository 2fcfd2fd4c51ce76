import { MINUTE } from '../../duration.ts'

/** What is normal in a folder: the mean time between changes, and how many probes in a row found nothing. */
export type Rhythm = { lastChangeAt: Date | null; meanGapMs: number | null; emptyProbes: number }

/** Who nobody rings for is asked this often. */
export const ANXIOUS_POLL_MS = MINUTE
/** A probe comes no sooner than this, however lively the folder is: bells are quicker. */
export const SOONEST_PROBE_MS = 15 * MINUTE
/** How much the last gap counts beside those before it. */
const NEWS = 0.3

export type LookFacts = {
  now: Date
  rhythm: Rhythm
  /** Minutes between two looks where notifications are not wanted. */
  pollEveryMinutes: number | null
  /** Somebody rings for changes. */
  subscribed: boolean
  /** When it is its turn to be subscribed; null: it is not waiting for that. */
  subscribeAt: Date | null
  /** The longest silence that is believed. */
  safetyPollMs: number
  /** When a waiting message is to be tried next. */
  retryAt: Date | null
  proofDueAt: Date
}

/** When the folder is asked next though nobody rings: the earliest of what is owed. */
export function nextLook(facts: LookFacts): Date {
  const { now, retryAt, proofDueAt, subscribeAt } = facts
  const routine = new Date(now.getTime() + silenceMs(facts))
  const owed = [routine, proofDueAt, retryAt, subscribeAt].filter((date) => date !== null)
  return new Date(Math.min(...owed.map((date) => date.getTime())))
}

/**
 * How long silence is believed: twice the folder's own habit, and twice as long again after each probe that found
 * nothing, so that an idle folder soon costs one call per `safetyPollMs`.
 */
function silenceMs({ rhythm, pollEveryMinutes, subscribed, safetyPollMs }: LookFacts): number {
  if (pollEveryMinutes !== null) return pollEveryMinutes * MINUTE
  if (!subscribed) return Math.min(ANXIOUS_POLL_MS, safetyPollMs)
  const usual = usualSilenceMs(rhythm)
  if (usual === null) return safetyPollMs
  return Math.min(safetyPollMs, usual * 2 ** Math.min(rhythm.emptyProbes, 20))
}

/** So much silence is the folder's own habit; null: its habit is not known. */
export const usualSilenceMs = ({ meanGapMs }: Pick<Rhythm, 'meanGapMs'>): number | null =>
  meanGapMs === null ? null : Math.max(2 * meanGapMs, SOONEST_PROBE_MS)

/** As many of the newest messages as tell the habit of a folder that has just been read. */
export const HABIT_MESSAGES = 50

/** The habit of a folder as its mail tells it: when the newest messages were received, newest first. */
export function habitOf(received: Date[], now: Date): Rhythm {
  const [newest, oldest] = [received[0], received.at(-1)]
  if (!newest || !oldest || received.length < 2)
    return { lastChangeAt: newest ?? null, meanGapMs: null, emptyProbes: 0 }
  const meanGapMs = Math.max(0, now.getTime() - oldest.getTime()) / received.length
  return { lastChangeAt: newest, meanGapMs: Math.round(meanGapMs), emptyProbes: 0 }
}

/** The habit of a folder after a pass: moved by each gap between changes, kept by a look that found none. */
export function rhythmAfter(rhythm: Rhythm, foundChanges: boolean, now: Date): Rhythm {
  if (!foundChanges) return { ...rhythm, emptyProbes: rhythm.emptyProbes + 1 }
  const { lastChangeAt, meanGapMs } = rhythm
  if (!lastChangeAt) return { lastChangeAt: now, meanGapMs, emptyProbes: 0 }
  const gap = Math.max(0, now.getTime() - lastChangeAt.getTime())
  const mean = meanGapMs === null ? gap : meanGapMs + NEWS * (gap - meanGapMs)
  return { lastChangeAt: now, meanGapMs: Math.round(mean), emptyProbes: 0 }
}
