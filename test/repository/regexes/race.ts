import { attacksOn, textOf, type Attack } from './attacks.ts'

/** Lengths to try, in small steps, so that no exponential matcher is asked for what it cannot do in our time. */
const LADDER = [20, 24, 28, 32, 36, 40, 48, 56, 64, 80, 96, 128, 192, 256, 1_024, 4_096]
/** On the ladder a linear matcher needs a tenth of that, a quadratic one some times as much. */
const SUSPICIOUS_MS = 5
/** And what a worst attack is then tried with, up to a megabyte. */
const LONG_LADDER = [16_384, 65_536, 262_144, 1_048_576]
/** For any text up to a megabyte (reliability I2). */
const LIMIT_MS = 50
/** Four times the text may take so many times as long: a linear matcher takes 4 times, a quadratic one 16, on whatever machine. */
const MOST_GROWTH = 8
/** No linear matcher takes so long over a megabyte, however busy the machine is and whatever it took before. */
const HOPELESS_MS = 1_000

/** What hurt most: how long the text was, what it took, and whether that is too much. */
export type Worst = { attack: Attack; length: number; ms: number; isSlow: boolean }

/** Lets every attack grow until it hurts, and the worst of them to a megabyte. */
export function worstFor(regex: RegExp): Worst {
  let worst: Worst | undefined
  for (const attack of attacksOn(regex)) {
    for (const length of LADDER) {
      const ms = msOfAll(regex, textOf(attack, length), SUSPICIOUS_MS)
      if (!worst || ms > worst.ms) worst = { attack, length, ms, isSlow: ms > SUSPICIOUS_MS }
      if (worst.isSlow) return worst
    }
  }
  if (!worst) throw new Error(`No attack on ${regex.source}`)
  for (const length of LONG_LADDER) {
    const before: number = worst.length === length / 4 ? worst.ms : Infinity
    const ms = msOfSearch(regex, textOf(worst.attack, length), LIMIT_MS)
    worst = {
      ...worst,
      length,
      ms,
      isSlow: ms > Math.min(HOPELESS_MS, Math.max(LIMIT_MS, MOST_GROWTH * before)),
    }
    if (worst.isSlow) return worst
  }
  return worst
}

/** One search, in ms of computing, whoever else uses the machine. */
const msOfSearch = (regex: RegExp, text: string, enough: number): number =>
  leastMs(enough, () => {
    regex.lastIndex = 0
    regex.exec(text)
  })

/** All searches of a global one. */
const msOfAll = (regex: RegExp, text: string, enough: number): number =>
  regex.global
    ? leastMs(enough, () => void text.replace(regex, ''))
    : msOfSearch(regex, text, enough)

/** The least of a few attempts, as the first of them also compiles. */
function leastMs(enough: number, work: () => void): number {
  let least = Infinity
  for (let attempt = 0; attempt < 5 && least > enough; attempt++) {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1_000)
  }
  return least
}
