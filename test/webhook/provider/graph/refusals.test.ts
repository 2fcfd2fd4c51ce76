import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { MINUTE, SECOND } from '../../../../webhook/duration.ts'
import { ProviderError } from '../../../../webhook/errors.ts'
import {
  ALICE,
  aScriptedGraph,
  aTwin,
  fill,
  pagesOf,
  providersFor,
  untilTheEnd,
  type ScriptedGraph,
  type Twin,
} from './graphs.ts'

let twin: Twin
let scripted: ScriptedGraph | undefined
beforeEach(async () => {
  twin = await aTwin()
  await fill(twin, 3)
})
afterEach(async () => {
  await twin[Symbol.asyncDispose]()
  await scripted?.[Symbol.asyncDispose]()
  scripted = undefined
})

const read = () =>
  pagesOf(
    twin.alice.changes(
      { providerFolderId: twin.inbox, cursor: null, pageSize: () => 10 },
      untilTheEnd,
    ),
  )
const failureOf = (work: Promise<unknown>): Promise<ProviderError> =>
  work.then(
    () => {
      throw new Error('it worked')
    },
    (error: unknown) => {
      if (!(error instanceof ProviderError)) throw error
      return error
    },
  )

describe('a refusal of Graph', () => {
  it.each([
    [400, 'unexpected-answer', 'later'],
    [401, 'reconnect-needed', 'after-reconnect'],
    [403, 'access-denied', 'later'],
    [404, 'item-not-found', 'never'],
    [409, 'conflict', 'later'],
    [410, 'cursor-expired', 'after-resync'],
    [412, 'conflict', 'later'],
    [418, 'unexpected-answer', 'later'],
    [500, 'provider-unavailable', 'later'],
    [502, 'provider-unavailable', 'later'],
    [503, 'provider-unavailable', 'later'],
    [504, 'provider-unavailable', 'later'],
  ])('with %i is %s, to be tried %s', async (status, code, retry) => {
    twin.graph.desk.failRequests(status, 10)
    const { details, ...failure } = await failureOf(read())
    expect({ code: failure.code, retry: failure.retry }).toEqual({ code, retry })
    expect(details.status).toBe(status)
    twin.graph.desk.clear()
    expect(await read()).toHaveLength(1)
  })

  it.each(['SyncStateNotFound', 'resyncRequired', 'InvalidSyncStateData', 'syncstatenotfound'])(
    'that says %s means that the cursor expired, whatever its status',
    async (code) => {
      scripted = await aScriptedGraph(() => ({ status: 400, body: { error: { code } } }))
      const failure = await failureOf(scripted.alice.account(untilTheEnd))
      expect(failure).toMatchObject({ code: 'cursor-expired', details: { providerCode: code } })
    },
  )

  it.each<[string, number, string, object]>([
    ['mailbox-unavailable', 404, 'MailboxNotEnabledForRESTAPI', { retry: 'after-reconnect' }],
    ['mailbox-unavailable', 404, 'mailboxnotenabledforrestapi', { retry: 'after-reconnect' }],
    ['mailbox-unavailable', 404, 'ResourceNotFound', { retry: 'after-reconnect' }],
    ['item-not-found', 404, 'ErrorItemNotFound', { retry: 'never' }],
    ['item-not-found', 404, 'Request_ResourceNotFound', { retry: 'never' }],
    ['access-denied', 403, 'ErrorAccessDenied', { retry: 'later' }],
    ['provider-unavailable', 500, 'ExtensionError', { retry: 'later' }],
    ['unexpected-answer', 400, 'ErrorInvalidIdMalformed', { retry: 'later' }],
  ])('means %s with %i %s', async (code, status, providerCode, rest) => {
    scripted = await aScriptedGraph(() => ({ status, body: { error: { code: providerCode } } }))
    const failure = await failureOf(scripted.alice.account(untilTheEnd))
    expect(failure).toMatchObject({ code, ...rest, details: { status, providerCode } })
  })

  it.each<[number, string, string]>([
    [403, 'ExtensionError', 'access-denied'],
    [404, 'ExtensionError', 'item-not-found'],
    [404, 'ResourceNotFound', 'item-not-found'],
    [409, 'Conflict', 'conflict'],
    [500, 'ExtensionError', 'provider-unavailable'],
  ])('of a subscription with %i %s means %s', async (status, providerCode, code) => {
    scripted = await aScriptedGraph(() => ({ status, body: { error: { code: providerCode } } }))
    const failure = await failureOf(scripted.alice.renew('one', MINUTE, untilTheEnd))
    expect(failure).toMatchObject({ code, details: { status, providerCode } })
  })

  it('of an id that is none means that no message goes by it', async () => {
    expect(await twin.alice.message('not an id!', untilTheEnd)).toBeNull()
  })

  it('of a real expired cursor starts the folder over', async () => {
    const [page] = await read()
    twin.graph.desk.killDeltaToken(ALICE)
    const stored = { providerFolderId: twin.inbox, cursor: page!.cursor, pageSize: () => 10 }
    const failure = await failureOf(pagesOf(twin.alice.changes(stored, untilTheEnd)))
    expect(failure).toMatchObject({ code: 'cursor-expired', retry: 'after-resync' })
    expect((await read())[0]?.changes).toHaveLength(3)
  })

  it('never says what Graph wrote for people, and keeps its code for support', async () => {
    const body = { error: { code: 'ErrorAccessDenied', message: 'Alice Doe may not read this.' } }
    scripted = await aScriptedGraph(() => ({ status: 403, body }))
    const failure = await failureOf(scripted.alice.account(untilTheEnd))
    expect(failure.message).toBe('Graph answered 403.')
    expect(failure.details.providerCode).toBe('ErrorAccessDenied')
  })

  it('is understood also when its body is a page of a proxy', async () => {
    scripted = await aScriptedGraph(() => ({ status: 503, body: '<html>Bad gateway' }))
    expect(await failureOf(scripted.alice.account(untilTheEnd))).toMatchObject({
      code: 'provider-unavailable',
      details: { status: 503 },
    })
  })

  it('comes through as it is when the person must come back', async () => {
    const gone = new ProviderError('reconnect-needed', 'after-reconnect', 'Sign in again.')
    const accessToken = () => Promise.reject(gone)
    const { alice } = providersFor(`${twin.url}/v1.0`, twin.clock, { accessToken })
    expect(await failureOf(alice.account(untilTheEnd))).toBe(gone)
    expect(twin.seen).toEqual([])
  })
})

describe('a broken answer of Graph', () => {
  it.each([
    ['reset', 'provider-unavailable'],
    ['truncated', 'provider-unavailable'],
    ['not-json', 'unexpected-answer'],
  ] as const)('(%s) is a failure to try again later, and nothing is lost', async (damage, code) => {
    twin.graph.desk.damageReplies(damage, 1, { path: 'delta' })
    const failure = await failureOf(read())
    expect(failure).toMatchObject({ code, retry: 'later' })
    expect((await read())[0]?.changes).toHaveLength(3)
  })

  it.each([
    ['an error with status 200', { error: { code: 'generalException' } }],
    ['a list that is none', { value: {} }],
    ['a number', 7],
    ['nothing', ''],
    ['null', 'null'],
    ['a link that is none', { value: [], '@odata.nextLink': 7 }],
  ])('(%s) is not taken for an empty page', async (_what, body) => {
    scripted = await aScriptedGraph(() => ({ body }))
    const changes = scripted.alice.changes(
      { providerFolderId: 'inbox', cursor: null, pageSize: () => 10 },
      untilTheEnd,
    )
    expect(await failureOf(pagesOf(changes))).toMatchObject({
      code: 'unexpected-answer',
      retry: 'later',
    })
  })

  it('is a failure also when nobody answers at all', async () => {
    scripted = await aScriptedGraph(() => ({}))
    await scripted[Symbol.asyncDispose]()
    const failure = await failureOf(scripted.alice.account(untilTheEnd))
    expect(failure).toMatchObject({ code: 'provider-unavailable', retry: 'later' })
    scripted = undefined
  })
})

describe('a request that is given up', () => {
  it('stops at once and is no failure of Graph', async () => {
    const stop = new AbortController()
    scripted = await aScriptedGraph(async () => {
      stop.abort()
      return new Promise(() => undefined)
    })
    const given = scripted.alice.account(stop.signal)
    await expect(given).rejects.not.toBeInstanceOf(ProviderError)
  })
})

describe('a throttled mailbox', () => {
  const waitOf = async (style: typeof twin.graph.knobs.http.retryAfter) => {
    twin.graph.knobs.http.retryAfter = style
    twin.graph.desk.throttle(ALICE, 30)
    return failureOf(read())
  }

  it.each([
    ['present', 30 * SECOND],
    ['one', SECOND],
    ['fractional', 30_128],
    ['date', 30 * SECOND],
  ] as const)('waits as long as Graph says (%s)', async (style, retryAfterMs) => {
    expect(await waitOf(style)).toMatchObject({
      code: 'throttled',
      retry: 'later',
      details: { status: 429, retryAfterMs },
    })
    twin.graph.desk.clear()
    twin.graph.requests.clear()
    expect(await failureOf(read())).toMatchObject({ code: 'throttled', details: { retryAfterMs } })
    expect(twin.graph.requests.count()).toBe(0)
    await twin.clock.advance(retryAfterMs - 1)
    expect(await failureOf(read())).toMatchObject({ details: { retryAfterMs: 1 } })
    await twin.clock.advance(1)
    expect(await read()).toHaveLength(1)
  })

  it.each(['absent', 'zero', 'negative', 'past-date'] as const)(
    'waits by our own measure where Graph does not say how long (%s)',
    async (style) => {
      const { details } = await waitOf(style)
      expect(details.retryAfterMs).toBe(750) // the first strike's second, less a quarter by chance
      twin.graph.desk.clear()
      await twin.clock.advance(750)
      expect(await read()).toHaveLength(1)
    },
  )

  it('waits ten minutes at most, whatever Graph says', async () => {
    expect((await waitOf('absurd')).details.retryAfterMs).toBe(10 * MINUTE)
  })

  it('does not hold up another mailbox', async () => {
    await waitOf('present')
    expect(await twin.bob.account(untilTheEnd)).toMatchObject({ address: 'bob@flow.example' })
    expect(await failureOf(read())).toMatchObject({ code: 'throttled' })
  })
})
