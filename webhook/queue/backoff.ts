import { MINUTE, SECOND } from '../duration.ts'

const FIRST_MS = SECOND
const LONGEST_MS = 10 * MINUTE

/** How long to wait before try number `attempts` + 1: doubling, capped, and spread so that folders do not march in step. */
export function backoffMs(attempts: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts, 20))
  return Math.round(ceiling * (0.5 + random() / 2))
}
