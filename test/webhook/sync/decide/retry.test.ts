import { describe, expect, it } from '@jest/globals'
import { HOUR, MINUTE } from '../../../../webhook/duration.ts'
import { afterMishap, MAX_ATTEMPTS } from '../../../../webhook/sync/decide/retry.ts'
import { NOW } from '../../../support/builders.ts'

const middle = { now: NOW, random: () => 0.5 }

describe('a message that could not be stored', () => {
  it('is tried five times by itself, less and less often', () => {
    const tries = Array.from({ length: MAX_ATTEMPTS }, (_, n) => afterMishap('poison', n, middle))
    expect(tries.map(({ state }) => state)).toEqual([
      'pending',
      'pending',
      'pending',
      'pending',
      'failed',
    ])
    const waits = tries.map(({ retryAt }) => retryAt && retryAt.getTime() - NOW.getTime())
    expect(waits).toEqual([MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, null])
    expect(tries.map(({ attempts }) => attempts)).toEqual([1, 2, 3, 4, 5])
  })

  it.each(['poison', 'fetch-error'] as const)('says in the end that it failed: %s', (mishap) => {
    expect(afterMishap(mishap, 0, middle).reason).toBe('waiting')
    expect(afterMishap(mishap, 4, middle)).toMatchObject({ state: 'failed', reason: mishap })
    expect(afterMishap(mishap, 99, middle)).toMatchObject({ state: 'failed', attempts: 100 })
  })

  it('does not come back at the same moment as others that failed with it', () => {
    const [soonest, latest] = [0, 1].map((chance) =>
      afterMishap('poison', 0, { now: NOW, random: () => chance }).retryAt!.getTime(),
    )
    expect([soonest! - NOW.getTime(), latest! - NOW.getTime()]).toEqual([45_000, 75_000])
  })
})
