/** One line of the report. */
export function figure(what: string, value: string): void {
  console.log(`  ${what.padEnd(58)} ${value}`)
}

export function heading(title: string): void {
  console.log(`\n${title}`)
}

/** Calls it over and over for about a second; calls per second. */
export function callsPerSecond(call: (index: number) => unknown): number {
  for (let index = 0; index < 1_000; index++) call(index)
  const start = performance.now()
  let calls = 0
  while (performance.now() - start < 1_000) for (let index = 0; index < 500; index++) call(calls++)
  return (calls * 1_000) / (performance.now() - start)
}

/** Does `times` things, `atOnce` at a time. Returns how long each took, in ms and ascending, and all together. */
export async function timed(
  times: number,
  atOnce: number,
  one: (index: number) => Promise<unknown>,
): Promise<{ eachMs: number[]; totalMs: number }> {
  const eachMs: number[] = []
  let next = 0
  const start = performance.now()
  const runner = async () => {
    while (next < times) {
      const begun = performance.now()
      await one(next++)
      eachMs.push(performance.now() - begun)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, runner))
  return { eachMs: eachMs.toSorted((a, b) => a - b), totalMs: performance.now() - start }
}

/** Of ascending values, the one that `share` of them do not exceed. */
export const percentile = (ascending: readonly number[], share: number): number =>
  ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? NaN

export const perSecond = (count: number): string =>
  `${Math.round(count).toLocaleString('en')} per second`

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`

export const spread = (eachMs: readonly number[]): string =>
  `p50 ${ms(percentile(eachMs, 0.5))}, p99 ${ms(percentile(eachMs, 0.99))}`
