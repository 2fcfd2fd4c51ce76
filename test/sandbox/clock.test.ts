import { expect, it } from '@jest/globals'
import { VirtualClock } from '../../sandbox/clock.ts'
import { Random } from '../../sandbox/random.ts'

it('wakes each sleeper at its own instant, in the order in which they lay down, and nobody who gave up', async () => {
  const clock = new VirtualClock()
  const random = new Random(1)
  const start = clock.now().getTime()
  const plan = Array.from({ length: 300 }, (_, n) => ({
    n,
    ms: Math.floor(random.next() * 50),
    givesUp: random.next() < 0.3,
  }))
  const woken: { n: number; at: number }[] = []
  const gaveUp: number[] = []
  for (const { n, ms, givesUp } of plan) {
    const early = new AbortController()
    void clock.sleep(ms, early.signal).then(() => {
      if (early.signal.aborted) gaveUp.push(n)
      else woken.push({ n, at: clock.now().getTime() - start })
    })
    if (givesUp) early.abort()
  }
  const stayed = plan.filter(({ givesUp }) => !givesUp)
  expect(clock.nextWakeAt()?.getTime()).toBe(start + Math.min(...stayed.map(({ ms }) => ms)))
  await clock.advance(100)
  expect(gaveUp).toEqual(plan.filter(({ givesUp }) => givesUp).map(({ n }) => n))
  expect(woken).toEqual(
    stayed.toSorted((one, other) => one.ms - other.ms).map(({ n, ms }) => ({ n, at: ms })),
  )
  expect(clock.nextWakeAt()).toBeNull()
})
