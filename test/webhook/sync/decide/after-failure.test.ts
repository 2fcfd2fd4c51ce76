import { describe, expect, it } from '@jest/globals'
import { MINUTE, SECOND } from '../../../../webhook/duration.ts'
import { LeaseLostError, ProviderError, StoreUnavailableError } from '../../../../webhook/errors.ts'
import { afterFailure as settle } from '../../../../webhook/sync/decide/after-failure.ts'

const most = () => 0.999_999
const afterFailure = (error: unknown, attempts: number, random: () => number, progressed = false) =>
  settle(error, { attempts, progressed, random })
const throttled = (retryAfterMs?: number) =>
  new ProviderError('throttled', 'later', '', retryAfterMs === undefined ? {} : { retryAfterMs })

describe('after a failed pass', () => {
  it.each([
    [
      'Graph is down',
      new ProviderError('provider-unavailable', 'later', ''),
      'provider-unavailable',
    ],
    [
      'Graph answers strangely',
      new ProviderError('unexpected-answer', 'later', ''),
      'unexpected-answer',
    ],
    ['the folder was deleted', new ProviderError('item-not-found', 'never', ''), 'item-not-found'],
    ['the database is down', new StoreUnavailableError(), 'store-unavailable'],
    ['something nobody expected happened', new TypeError('x is not a function'), 'internal'],
    ['something that is no error was thrown', 'oops', 'internal'],
  ])('the folder is tried again when %s', (_what, error, errorCode) => {
    expect(afterFailure(error, 0, most)).toEqual({ kind: 'retry', inMs: SECOND, errorCode })
  })

  it('a folder that fails again and again is asked less and less often', () => {
    const waits = [0, 1, 2, 3, 30].map((attempts) => afterFailure(throttled(), attempts, most))
    expect(waits.map((wait) => wait.kind === 'retry' && wait.inMs)).toEqual([
      SECOND,
      2 * SECOND,
      4 * SECOND,
      8 * SECOND,
      10 * MINUTE,
    ])
  })

  it('a throttled folder waits for as long as Graph says', () => {
    expect(afterFailure(throttled(30 * SECOND), 0, most)).toMatchObject({ inMs: 30 * SECOND })
  })

  it('a throttled folder backs off by its own measure when Graph asks for less', () => {
    expect(afterFailure(throttled(0), 5, most)).toMatchObject({ inMs: 32 * SECOND })
  })

  it('a folder that got ahead before it failed is tried again soon', () => {
    expect(afterFailure(throttled(), 30, most, true)).toMatchObject({ inMs: SECOND })
  })

  it('a folder that only got through the first pages again is not', () => {
    const after = afterFailure(expired, 30, most, true)
    expect(after).toMatchObject({ kind: 'restart', inMs: 10 * MINUTE })
  })

  const expired = new ProviderError('cursor-expired', 'after-resync', '')

  it('a folder whose cursor expired starts over at once', () => {
    const restart = { kind: 'restart', errorCode: 'cursor-expired' }
    expect(afterFailure(expired, 0, most)).toEqual({ ...restart, inMs: 0 })
  })

  it('a folder whose every cursor expires starts over less and less often', () => {
    const waits = [1, 2, 30].map((attempts) => afterFailure(expired, attempts, most))
    expect(waits).toMatchObject([{ inMs: 2 * SECOND }, { inMs: 4 * SECOND }, { inMs: 10 * MINUTE }])
  })

  it.each([
    ['reconnect-needed', 'reconnect'],
    ['consent-needed', 'consent'],
    ['admin-consent-needed', 'admin'],
    ['policy-blocked', 'policy'],
    ['operator-needed', 'operator'],
    ['mailbox-unavailable', 'admin'],
  ] as const)('the mailbox waits after %s for: %s', (code, action) => {
    const refused = new ProviderError(code, 'after-reconnect', '', { providerCode: 'AADSTS50173' })
    const trouble = { action, code: 'AADSTS50173' }
    expect(afterFailure(refused, 0, most)).toEqual({ kind: 'refused', trouble, errorCode: code })
  })

  it('a folder that another worker took over is left to that worker', () => {
    expect(afterFailure(new LeaseLostError(), 3, most)).toEqual({ kind: 'leave' })
  })
})
