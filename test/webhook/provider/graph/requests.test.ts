import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import type { TokenCheck } from '../../../../sandbox/graph/http/access/access.ts'
import { SECOND } from '../../../../webhook/duration.ts'
import type { RequestMade } from '../../../../webhook/provider/graph/requests/network.ts'
import type { TokenOptions } from '../../../../webhook/provider/graph/requests/access-token.ts'
import {
  ALICE,
  aScriptedGraph,
  aTwin,
  fetchInside,
  fill,
  pagesOf,
  providersFor,
  untilTheEnd,
  type Answer,
  type ScriptedGraph,
  type Twin,
} from './graphs.ts'

let scripted: ScriptedGraph | undefined
afterEach(async () => {
  await scripted?.[Symbol.asyncDispose]()
  scripted = undefined
})

/** What the twin's challenge asks for. */
const Claims = z.object({ access_token: z.object({ nbf: z.object({ value: z.string() }) }) })

/** Tokens in a row, and what was asked for each. */
function someTokens() {
  const asked: (TokenOptions | undefined)[] = []
  const accessToken = async (_mailbox: unknown, options?: TokenOptions) =>
    `token-${asked.push(options)}`
  return { asked, accessToken }
}

describe('a token that is refused', () => {
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}'
  const challenge = (text: string) =>
    `Bearer realm="", authorization_uri="https://login.example", error="insufficient_claims", claims="${text}"`
  const refusal = (status: number, header?: string): Answer => ({
    status,
    headers: header === undefined ? {} : { 'www-authenticate': header },
    body: { error: { code: 'InvalidAuthenticationToken' } },
  })
  const me: Answer = { body: { id: ALICE, displayName: 'Alice', mail: 'alice@flow.example' } }

  it.each<[string, Answer, TokenOptions]>([
    [
      'what a claims challenge wants',
      refusal(401, challenge(Buffer.from(claims).toString('base64'))),
      { fresh: true, claims },
    ],
    ['a fresh one after a 401', refusal(401), { fresh: true }],
    ['a fresh one after a 403, which a new consent may have ended', refusal(403), { fresh: true }],
    [
      'a fresh one where the challenge cannot be read',
      refusal(401, challenge('%%%')),
      { fresh: true },
    ],
    [
      'a fresh one after a challenge of another kind',
      refusal(401, 'Bearer error="invalid_token", claims="e30="'),
      { fresh: true },
    ],
  ])('is replaced once by %s', async (_what, first, wanted) => {
    const { asked, accessToken } = someTokens()
    let answers = 0
    scripted = await aScriptedGraph(() => (answers++ === 0 ? first : me), { accessToken })
    expect(await scripted.alice.account(untilTheEnd)).toMatchObject({ providerUserId: ALICE })
    const right = 'read'
    expect(asked).toEqual([
      { fresh: false, right },
      { ...wanted, right },
    ])
    expect(scripted.asked.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ])
  })

  it.each([
    [401, 'reconnect-needed'],
    [403, 'access-denied'],
  ])('twice (%i) is not replaced again', async (status, code) => {
    const { accessToken } = someTokens()
    const header = challenge(Buffer.from(claims).toString('base64'))
    scripted = await aScriptedGraph(() => refusal(status, header), { accessToken })
    const asking = scripted.alice.folder('inbox', untilTheEnd)
    await expect(asking).rejects.toMatchObject({ code })
    expect(scripted.asked).toHaveLength(2)
  })

  it('meets the real challenge of the twin, and reading goes on where it was', async () => {
    const tokenCheck: TokenCheck = async (token) => ({
      ...{ aud: 'https://graph.microsoft.com', appId: 'flow-crm', tid: 'contoso', oid: ALICE },
      ...{ scopes: ['Mail.Read'], roles: [], capabilities: ['cp1'] },
      ...{ issuedAt: new Date(0), expiresAt: new Date('9999-01-01') },
      newerThan: new Date(Number(token) * SECOND),
    })
    await using twin = await aTwin({ tokenCheck })
    let token = '0'
    const asked: TokenOptions[] = []
    const { alice } = providersFor(`${twin.url}/v1.0`, twin.clock, {
      accessToken: async (_mailbox, options) => {
        if (options.fresh) asked.push(options)
        if (options.claims) token = Claims.parse(JSON.parse(options.claims)).access_token.nbf.value
        return token
      },
    })
    await fill(twin, 25)
    const request = { providerFolderId: twin.inbox, cursor: null, pageSize: () => 10 }
    const sizes: number[] = []
    for await (const { changes } of alice.changes(request, untilTheEnd))
      if (sizes.push(changes.length) === 1) twin.graph.desk.challengeToken(ALICE)
    expect(sizes).toEqual([10, 10, 5])
    expect(asked).toMatchObject([{ fresh: true, claims: expect.stringContaining('nbf') }])
    expect(twin.graph.requests.count({ status: 401 })).toBe(1)
  })
})

describe('a request that gets no answer', () => {
  let twin: Twin
  beforeEach(async () => {
    twin = await aTwin()
  })
  afterEach(() => twin[Symbol.asyncDispose]())

  it('ends after half a minute and is tried again later', async () => {
    twin.graph.desk.damageReplies('hang')
    const asking = twin.alice.account(untilTheEnd)
    const failed = expect(asking).rejects.toMatchObject({
      ...{ code: 'provider-unavailable', retry: 'later' },
    })
    while (twin.graph.requests.count() === 0) await new Promise((resolve) => setImmediate(resolve))
    await twin.clock.advance(30 * SECOND)
    await failed
    expect(await twin.alice.account(untilTheEnd)).toMatchObject({ providerUserId: ALICE })
  })

  it('ends also when the network does not listen', async () => {
    const { alice } = providersFor('http://graph.example/v1.0', twin.clock, {
      fetch: () => new Promise(() => undefined),
    })
    const failed = expect(alice.account(untilTheEnd)).rejects.toMatchObject({
      code: 'provider-unavailable',
    })
    await twin.clock.advance(30 * SECOND)
    await failed
  })

  it('leaves no sleeper behind, whether it was answered or not', async () => {
    const fetch = fetchInside(twin.graph)
    const { alice } = providersFor('http://graph.example/v1.0', twin.clock, { fetch })
    await alice.account(untilTheEnd)
    await expect(alice.folder('nowhere', untilTheEnd)).rejects.toThrow()
    expect(twin.clock.nextWakeAt()).toBeNull()
  })
})

describe('a redirect', () => {
  it('is not followed: it would carry our questions elsewhere', async () => {
    const other = await aScriptedGraph(() => ({ body: { id: 'x' } }))
    scripted = await aScriptedGraph(() => ({
      ...{ status: 302, headers: { location: `${other.url}/v1.0/users/x` } },
    }))
    await expect(scripted.alice.account(untilTheEnd)).rejects.toMatchObject({
      code: 'unexpected-answer',
    })
    expect(other.asked).toEqual([])
    await other[Symbol.asyncDispose]()
  })
})

describe('what is told of requests', () => {
  it('is what was asked, how it ended and how long it took, and nothing of whom', async () => {
    const made: RequestMade[] = []
    const twin = await aTwin()
    twin.graph.desk.slowDown(2 * SECOND)
    const { alice } = providersFor('http://graph.example/v1.0', twin.clock, {
      onRequest: (one) => made.push(one),
      fetch: async (url, init) => {
        if ((url as string).includes('/messages/lost')) throw new TypeError('fetch failed')
        return fetchInside(twin.graph)(url, init)
      },
    })
    const stop = new AbortController()
    const soon = async (work: Promise<unknown>) => {
      const ended = work.catch(() => undefined)
      await twin.clock.advance(2 * SECOND)
      await ended
    }
    await soon(alice.account(untilTheEnd))
    await soon(alice.folder(twin.inbox, untilTheEnd))
    await soon(alice.message('lost', untilTheEnd))
    const given = alice.message('late', stop.signal).catch(() => undefined)
    await twin.clock.advance(SECOND)
    stop.abort()
    await given
    twin.graph.desk.slowDown(60 * SECOND)
    const late = alice.account(untilTheEnd).catch(() => undefined)
    await twin.clock.advance(30 * SECOND)
    await late
    expect(made).toEqual([
      { operation: 'account', outcome: 200, ms: 2_000 },
      { operation: 'folder', outcome: 200, ms: 2_000 },
      { operation: 'message', outcome: 'unreachable', ms: 0 },
      { operation: 'message', outcome: 'given-up', ms: 1_000 },
      { operation: 'account', outcome: 'too-slow', ms: 30_000 },
    ])
    await twin[Symbol.asyncDispose]()
  })

  it('counts every try, also the second one with a fresh token', async () => {
    const made: RequestMade[] = []
    scripted = await aScriptedGraph(() => ({ status: 401 }), { onRequest: (one) => made.push(one) })
    await expect(
      pagesOf(
        scripted.alice.changes(
          { providerFolderId: 'inbox', cursor: null, pageSize: () => 10 },
          untilTheEnd,
        ),
      ),
    ).rejects.toThrow()
    expect(made.map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ['delta', 401],
      ['delta', 401],
    ])
  })
})
