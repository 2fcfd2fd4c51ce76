/** Calls it over and over for about a second; calls per second. */
export function callsPerSecond(call: (index: number) => unknown): number {
  for (let index = 0; index < 1_000; index++) call(index)
  const start = performance.now()
  let calls = 0
  while (performance.now() - start < 1_000) for (let index = 0; index < 500; index++) call(calls++)
  return (calls * 1_000) / (performance.now() - start)
}

/** Does `times` things, `atOnce` at a time. Returns how long each took and all together, in ms. */
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
  return { eachMs, totalMs: performance.now() - start }
}
