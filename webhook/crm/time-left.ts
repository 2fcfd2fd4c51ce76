import type { Folder } from '../../models/folder.ts'

/** A pace needs some mail to be known by. */
const ENOUGH = 10

/** How many seconds a first pass still takes at the pace it has had; null when nobody can tell, or it is over. Pure. */
export function secondsLeft(
  { done, total, startedAt, finishedAt }: Folder['backfill'],
  now: Date,
): number | null {
  if (finishedAt || !startedAt || done < ENOUGH || total <= done) return null
  const elapsedMs = now.getTime() - startedAt.getTime()
  return Math.max(1, Math.ceil(((elapsedMs / done) * (total - done)) / 1_000))
}
