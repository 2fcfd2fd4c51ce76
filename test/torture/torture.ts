import type { Programs } from './bundle.ts'
import { Chamber } from './chamber.ts'
import { StoreProcess } from './store-process.ts'
import { Tally } from './tally.ts'

export type TortureOptions = {
  kills: number
  seed: number
  programs: Programs
  /** A server that is not ours to kill; null: one of our own. */
  elsewhere: string | null
  /** Told after each kill. */
  onKill: (done: number) => void
}

/** So many worlds at once, as most of a round is waiting. They share nothing but the tally. */
const CHAMBERS = 2
/** Fewer crash points than this would prove little; shorter runs do not get round to so many. */
const POINTS = 25
const KILLS_FOR_POINTS = 200

/** Kills the service again and again while people work, and asks the checker when all is quiet. */
export async function torture(
  options: TortureOptions,
): Promise<{ tally: Tally; broken: string[] }> {
  const tally = new Tally(options.kills, options.onKill)
  const chambers = Array.from({ length: CHAMBERS }, (_, at) => at)
  const broken = await Promise.all(chambers.map((at) => tortureIn(at, options, tally)))
  return { tally, broken: [...broken.flat(), ...tooFewPoints(tally)] }
}

async function tortureIn(at: number, options: TortureOptions, tally: Tally): Promise<string[]> {
  const { programs, elsewhere } = options
  await using store = await StoreProcess.start(elsewhere, programs.store)
  const seed = CHAMBERS * options.seed + at
  await using chamber = await Chamber.open({ programs, store, seed, tally })
  while (tally.beginKill()) await chamber.round()
  return await chamber.verdict() // awaited, as the chamber closes here
}

const tooFewPoints = ({ kills, points }: Tally): string[] =>
  kills >= KILLS_FOR_POINTS && points < POINTS
    ? [`untried: died at ${points} crash points only, of at least ${POINTS}`]
    : []
