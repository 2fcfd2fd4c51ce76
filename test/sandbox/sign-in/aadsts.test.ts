import { InteractionRequiredAuthError, ServerError } from '@azure/msal-node'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  AADSTS_TABLE,
  CODES_WITH_CLAIMS,
  type AadstsCode,
} from '../../../sandbox/sign-in/aadsts-table.ts'
import {
  authorizeUrl,
  callToken,
  msalNode,
  refreshParams,
  signIn,
  startIssuer,
  tokensFor,
  type TestIssuer,
} from './support.ts'

/** Every number of graph-contract 7.4, in its order. */
const CONTRACT = [
  700082, 70008, 50173, 70000, 700084, 70043, 50132, 50133, 50089, 50076, 50074, 50079, 50072,
  50078, 50158, 50097, 53000, 53001, 53002, 53003, 530035, 53011, 50053, 65001, 65004, 650052,
  650056, 500011, 50105, 50057, 50034, 50020, 50055, 50144, 50194, 50196, 700016, 7000112, 7000215,
  7000222, 90094, 90095, 90008, 90002, 90038, 530032, 700005, 700027, 70002, 54005, 50033, 50087,
  40010, 90006, 90012, 90024, 90033, 90055, 90090,
] as const satisfies AadstsCode[]

/** What msal-node takes for "ask the person again": by error word or suberror. */
const ASKS_AGAIN = new Set([
  'interaction_required',
  'consent_required',
  'login_required',
  'bad_token',
])
const ASKS_AGAIN_SUB = new Set([
  'bad_token',
  'consent_required',
  'basic_action',
  'additional_action',
  'message_only',
  'user_password_expired',
])

describe('AADSTS errors on demand', () => {
  let world: TestIssuer
  let refreshToken: string

  beforeAll(async () => {
    world = await startIssuer()
    refreshToken = (await tokensFor(world)).refresh_token!
  })
  afterAll(() => world.issuer[Symbol.asyncDispose]())

  it('knows every number of the contract', () => {
    expect(Object.keys(AADSTS_TABLE)).toEqual(expect.arrayContaining(CONTRACT.map(String)))
  })

  it.each(Object.keys(AADSTS_TABLE).map((code) => Number(code) as AadstsCode))(
    'AADSTS%i has Entra’s body',
    async (code) => {
      world.issuer.faults.failNext({ grant: 'refresh_token', aadsts: code })
      const body = await callToken(world.url, refreshParams(refreshToken))

      const [error, , suberror] = AADSTS_TABLE[code] as readonly [string, string, string?]
      expect(body).toMatchObject({
        error,
        error_codes: [code],
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
        trace_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        correlation_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        error_uri: `${world.url}/error?code=${code}`,
      })
      expect(body.error_description).toMatch(
        new RegExp(`^AADSTS${code}: .+ Trace ID: .+ Correlation ID: .+ Timestamp: `),
      )
      expect(body.suberror).toBe(suberror)
      expect(body.claims !== undefined).toBe(CODES_WITH_CLAIMS.has(code))
      const expected = { invalid_client: 401, temporarily_unavailable: 503 }[error] ?? 400
      expect(body.status).toBe(expected)
      expect((await fetch(`${world.url}/error?code=${code}`)).status).toBe(200)
    },
  )

  it.each(CONTRACT)('msal-node hands AADSTS%i on as what it is', async (code) => {
    const [error, , suberror] = AADSTS_TABLE[code] as readonly [string, string, string?]
    // A fresh client each time: msal-node forgets a refresh token called bad, and holds back for a minute after a 5xx.
    const client = await msalNode(world.url)
    const { account } = await signIn(client, world, 'alice')
    world.issuer.faults.failNext({ user: 'alice', aadsts: code })
    const failure: unknown = await client
      .acquireTokenSilent({ account: account!, scopes: ['Mail.Read'], forceRefresh: true })
      .catch((thrown: unknown) => thrown)

    const asksAgain = ASKS_AGAIN.has(error) || ASKS_AGAIN_SUB.has(suberror ?? '')
    expect(failure).toBeInstanceOf(asksAgain ? InteractionRequiredAuthError : ServerError)
    expect(failure).toMatchObject({ errorCode: error, errorNo: code, subError: suberror ?? '' })
    if (CODES_WITH_CLAIMS.has(code))
      expect(failure).toMatchObject({ claims: expect.stringContaining('access_token') })
  })

  it('strikes the named grant and person only, as often as told, then no more', async () => {
    const bob = (await tokensFor(world, 'bob')).refresh_token!
    world.issuer.faults.failNext({ grant: 'refresh_token', user: 'alice', aadsts: 90033, times: 2 })
    const codes = []
    for (const token of [bob, refreshToken, refreshToken, refreshToken])
      codes.push((await callToken(world.url, refreshParams(token))).error_codes?.[0])
    expect(codes).toEqual([undefined, 90033, 90033, undefined])
  })

  it('repeats the caller’s correlation id', async () => {
    const id = '2c1f6e0a-3b7d-4b6e-9a51-1d2f3e4c5b6a'
    const response = await fetch(`${world.url}/common/oauth2/v2.0/token`, {
      method: 'POST',
      headers: { 'client-request-id': id },
      body: new URLSearchParams({ grant_type: 'nonsense', client_id: 'nobody' }),
    })
    expect(await response.json()).toMatchObject({ correlation_id: id })
  })

  it('can fail the sign-in page, which tells the app in front-channel words', () => {
    world.issuer.faults.failNext({ grant: 'authorize', user: 'alice', aadsts: 53003 })
    const answer = new URL(world.issuer.authorizeAs('alice', authorizeUrl(world.url))).searchParams
    expect(answer.get('error')).toBe('interaction_required')
    expect(answer.get('error_description')).toMatch(/^AADSTS53003/)
    expect(answer.get('state')).toBe('s-1')
  })

  it('explains no number it does not know', async () => {
    for (const code of ['1', 'toString', '%3Cscript%3E'])
      expect((await fetch(`${world.url}/error?code=${code}`)).status).toBe(404)
  })
})
