import { describe, expect, it } from '@jest/globals'
import {
  admission,
  afterResponse,
  healthy,
  type Health,
} from '../../../../sandbox/graph/delivery/decide/endpoint-health.ts'

const WINDOW = 600_000
const rules = { windowMs: WINDOW, minSamples: 20 }

/** One response a second from `from` on; true means slower than the limit in question. */
const after = (health: Health, tookMs: readonly number[], from = 0) =>
  tookMs.reduce(
    (state, took, index) => afterResponse(state, { at: from + index * 1_000, tookMs: took }, rules),
    health,
  )
const mixed = (slow: number, of: number, tookMs: number) =>
  Array.from({ length: of }, (_, index) => (index < slow ? tookMs : 50))

describe('how Graph sees an endpoint (graph-contract 2.2)', () => {
  it.each([
    ['2 of 20 slower than 3 s are 10 %: still well', mixed(2, 20, 3_000), 'ok'],
    ['3 of 20 are more: slow', mixed(3, 20, 3_000), 'slow'],
    ['19 slow ones are too few to judge', mixed(19, 19, 3_000), 'ok'],
    ['just under 3 s is in time', mixed(20, 20, 2_999), 'ok'],
    ['3 of 20 slower than 10 s are 15 %: not yet dropped, but slow', mixed(3, 20, 10_000), 'slow'],
    ['4 of 20 slower than 10 s: dropped', mixed(4, 20, 10_000), 'drop'],
  ] as const)('%s', (_rule, tookMs, state) => {
    expect(after(healthy, tookMs).state).toBe(state)
  })

  it('forgets what is older than ten minutes', () => {
    const almost = after(healthy, mixed(19, 19, 5_000))
    expect(after(almost, mixed(0, 20, 50), WINDOW + 20_000).state).toBe('ok')
  })

  const at = 19_000
  it.each([
    ['slow', 3, 3_000, 'delay'],
    ['drop', 4, 10_000, 'drop'],
  ] as const)('%s lasts ten minutes, then it is tried again', (state, slow, tookMs, verdict) => {
    const unwell = after(healthy, mixed(slow, 20, tookMs))
    expect(unwell).toMatchObject({ state, retestAt: at + WINDOW })
    expect(admission(unwell, at + WINDOW - 1)).toBe(verdict)
    expect(admission(unwell, at + WINDOW)).toBe('send')
  })

  it('a re-test that goes well ends it', () => {
    const unwell = after(healthy, mixed(4, 20, 10_000))
    const tested = after(unwell, [50, 50], unwell.retestAt)
    expect(tested.state).toBe('drop')
    expect(after(tested, [50], unwell.retestAt + 2_000)).toEqual(healthy)
  })

  it.each([
    ['slow stays slow', mixed(3, 20, 3_000), 5_000, 'slow'],
    ['slow gets worse', mixed(3, 20, 3_000), 10_000, 'drop'],
    ['dropped gets better, though only to slow', mixed(4, 20, 10_000), 5_000, 'slow'],
  ] as const)('a re-test that goes badly prolongs it: %s', (_what, tookMs, probe, state) => {
    const unwell = after(healthy, tookMs)
    const again = after(unwell, [probe, probe, probe], unwell.retestAt)
    expect(again).toMatchObject({ state, retestAt: unwell.retestAt + 2_000 + WINDOW })
  })

  it('answers to attempts from before the re-test say nothing', () => {
    const unwell = after(healthy, mixed(4, 20, 10_000))
    expect(after(unwell, [50, 50, 50, 50], at + 1_000)).toEqual(unwell)
  })
})
