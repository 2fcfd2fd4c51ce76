import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { AADSTS_TABLE, type AadstsCode } from '../../../sandbox/sign-in/aadsts-table.ts'
import { people, tenants } from '../../../sandbox/sign-in/directory.ts'
import { MINUTE } from '../../../webhook/duration.ts'
import { AADSTS_MEANINGS } from '../../../webhook/sign-in/decide/aadsts.ts'
import { statusFor, troubleOf } from '../../../webhook/sign-in/decide/trouble.ts'
import { mailboxLight } from '../../../webhook/crm/light.ts'
import type { ProviderError } from '../../../webhook/errors.ts'
import { MailTokens } from '../../../webhook/sign-in/tokens/mail-tokens.ts'
import { Entra } from '../../../webhook/sign-in/entra.ts'
import { graphResourceOf } from '../../../webhook/sign-in/clouds.ts'
import type { MailboxIdentity } from '../../../webhook/provider/provider.ts'
import { aMailbox, NOW } from '../../support/builders.ts'
import { startWorld, type World } from '../http/support/world.ts'
import { anInstance, appMailbox, connectedMailbox, forgetAccessTokens } from './support.ts'

let world: World
let alice: MailboxIdentity
let tokens: MailTokens
beforeAll(async () => {
  world = await startWorld()
  world.issuer.grantAdminConsent()
  alice = await connectedMailbox(world, 'alice')
})
beforeEach(async () => {
  world.issuer.faults.clear()
  await forgetAccessTokens(world, alice.homeAccountId!)
  tokens = anInstance(world)
})
afterAll(() => world[Symbol.asyncDispose]())

/** What somebody must do about each number (graph-contract 7.4), as its pass is told. */
const expected: Record<string, AadstsCode[]> = {
  'reconnect-needed': [
    700082, 70008, 50173, 70000, 700084, 70043, 50132, 50133, 50089, 50076, 50074, 50079, 50072,
    50078, 50158, 50097, 53000, 53001, 53002, 50055, 50144, 54005,
  ],
  'consent-needed': [65001, 65004],
  'policy-blocked': [53003, 530035, 53011, 530032],
  'admin-consent-needed': [50053, 650052, 500011, 50105, 50057, 50034, 50020, 90094, 90095, 90008],
  'operator-needed': [
    650056, 50194, 700016, 7000112, 7000215, 7000222, 90002, 90038, 700005, 700027, 70002,
  ],
  'provider-unavailable': [50196, 50033, 50087, 40010, 90006, 90012, 90024, 90033, 90055, 90090],
}
/** Not in the contract's list: judged by OAuth's word. */
const byWord: Record<string, AadstsCode[]> = {
  'reconnect-needed': [50013, 50058],
  'operator-needed': [700024, 7000218],
  'provider-unavailable': [50011, 70011],
}
const rows = [...Object.entries(expected), ...Object.entries(byWord)].flatMap(([code, numbers]) =>
  numbers.map((number) => [number, code, AADSTS_TABLE[number][0]] as const),
)

describe('a refused refresh', () => {
  it.each(rows)('AADSTS%i means %s (%s), and the light says so', async (aadsts, code) => {
    const struck = world.issuer.faults.struck
    world.issuer.faults.failNext({ grant: 'refresh_token', aadsts, times: 9 })
    const error = await tokens.accessTokenFor(alice).catch((refusal: unknown) => refusal)
    expect(error).toMatchObject({
      name: 'ProviderError',
      code,
      retry: code === 'provider-unavailable' ? 'later' : 'after-reconnect',
      details: { providerCode: String(aadsts) },
    })
    expect(world.issuer.faults.struck - struck).toBe(1)
    const trouble = troubleOf(error as ProviderError)
    if (code === 'provider-unavailable') return expect(trouble).toBeNull()
    const status = statusFor(trouble!.action)
    const needsPerson = code === 'reconnect-needed' || code === 'consent-needed'
    expect(status).toBe(needsPerson ? 'reconnect-needed' : 'blocked')
    const refused = aMailbox({ status, trouble: { ...trouble!, since: NOW } })
    const light = mailboxLight(refused, [])
    expect(light).toMatchObject({ colour: 'red', todo: expect.stringMatching(/\.$/) })
    const sentence = AADSTS_MEANINGS.get(aadsts)?.sentence ?? ''
    expect(light.sentence).toContain(sentence)
    expect(light.sentence).toContain(`AADSTS${aadsts}`)
  })

  it('has an answer for every number of the contract', () => {
    const judged = Object.values(expected).flat()
    expect([...AADSTS_MEANINGS.keys()].toSorted()).toEqual(judged.toSorted())
  })

  it('waits ten minutes after it was told that it asks in a circle', async () => {
    world.issuer.faults.failNext({ grant: 'refresh_token', aadsts: 50196 })
    await expect(tokens.accessTokenFor(alice)).rejects.toMatchObject({
      details: { retryAfterMs: 10 * MINUTE },
    })
  })

  it('is asked again the next time: a failure is not remembered', async () => {
    world.issuer.faults.failNext({ grant: 'refresh_token', aadsts: 90033 })
    await expect(tokens.accessTokenFor(alice)).rejects.toMatchObject({
      code: 'provider-unavailable',
    })
    expect(await tokens.accessTokenFor(alice)).toMatch(/^eyJ/)
  })

  it('says reconnect when an administrator revoked the sessions, until the person connects again', async () => {
    world.issuer.accounts.revokeSessions(people.alice)
    await expect(tokens.accessTokenFor(alice)).rejects.toMatchObject({
      code: 'reconnect-needed',
    })
    await connectedMailbox(world, 'alice')
    expect(await tokens.accessTokenFor(alice)).toMatch(/^eyJ/)
  })

  it('says reconnect for a mailbox nobody ever connected', async () => {
    const stranger = { ...alice, homeAccountId: 'nobody.nowhere' }
    await expect(tokens.accessTokenFor(stranger)).rejects.toMatchObject({
      code: 'reconnect-needed',
    })
  })
})

describe('the app by itself', () => {
  it('gets a token of the mailbox’s own tenant, and keeps it', async () => {
    const first = await tokens.accessTokenFor(appMailbox(tenants.contoso.id))
    expect(await world.issuer.verifyAccessToken(first)).toMatchObject({
      tid: tenants.contoso.id,
      roles: ['Mail.Read'],
    })
    world.issuer.faults.failNext({ grant: 'client_credentials', aadsts: 7000215 })
    expect(await tokens.accessTokenFor(appMailbox(tenants.contoso.id))).toBe(first)
  })

  it('says so where no tenant has let it in', async () => {
    await expect(tokens.accessTokenFor(appMailbox(tenants.fabrikam.id))).rejects.toMatchObject({
      code: 'operator-needed',
      details: { providerCode: '700016' },
    })
  })

  it('does not send people to reconnect when its own secret is wrong', async () => {
    world.issuer.grantAdminConsent(tenants.fabrikam.id)
    world.issuer.faults.failNext({ grant: 'client_credentials', aadsts: 7000222 })
    await expect(tokens.accessTokenFor(appMailbox(tenants.fabrikam.id))).rejects.toMatchObject({
      code: 'operator-needed',
      retry: 'after-reconnect',
    })
  })
})

describe('a token at hand', () => {
  /** As if somebody else's opened cache were empty: whoever asks it now must call. */
  const forget = () => forgetAccessTokens(world, alice.homeAccountId!)

  it('is given again without a look at the sealed cache, until five minutes before its end', async () => {
    const first = await tokens.accessTokenFor(alice)
    await forget()
    expect(await tokens.accessTokenFor(alice)).toBe(first)
    await world.clock.advance(54 * MINUTE)
    expect(await tokens.accessTokenFor(alice)).toBe(first)
    await world.clock.advance(MINUTE)
    expect(await tokens.accessTokenFor(alice)).not.toBe(first)
  })

  it('is nobody else’s', async () => {
    const bob = await connectedMailbox(world, 'bob')
    const [hers, his] = [await tokens.accessTokenFor(alice), await tokens.accessTokenFor(bob)]
    expect((await world.issuer.verifyAccessToken(hers)).oid).toBe(people.alice.oid)
    expect((await world.issuer.verifyAccessToken(his)).oid).toBe(people.bob.oid)
  })

  it('is dropped when it was refused: the next one is new for everybody', async () => {
    const first = await tokens.accessTokenFor(alice)
    const fresh = await tokens.accessTokenFor(alice, { fresh: true })
    expect(fresh).not.toBe(first)
    expect(await tokens.accessTokenFor(alice)).toBe(fresh)
  })
})

describe('a claims challenge', () => {
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1800000000"}}}'

  it.each([
    ['a person', () => alice],
    ['the app', () => appMailbox(tenants.contoso.id)],
  ])('is answered with a token that was asked for with it, for %s', async (_whose, mailbox) => {
    const before = await tokens.accessTokenFor(mailbox())
    const told = await world.issuer.verifyAccessToken(before)
    expect(told.capabilities).toEqual(['CP1'])
    expect(told.newerThan).toBeUndefined()

    const answered = await tokens.accessTokenFor(mailbox(), { fresh: true, claims })
    expect(await world.issuer.verifyAccessToken(answered)).toMatchObject({
      capabilities: ['CP1'],
      newerThan: new Date(1_800_000_000_000),
    })
    expect(await tokens.accessTokenFor(mailbox())).toBe(answered)
  })

  it('that only the person can answer is a reason to reconnect', async () => {
    world.issuer.faults.failNext({ grant: 'refresh_token', aadsts: 50076 })
    await expect(tokens.accessTokenFor(alice, { fresh: true, claims })).rejects.toMatchObject({
      code: 'reconnect-needed',
    })
  })
})

describe('an authority that is down', () => {
  it('is a reason to try again later, for people and for the app', async () => {
    await using other = await startWorld()
    other.issuer.grantAdminConsent()
    const mailbox = await connectedMailbox(other, 'bob')
    await other.mailTokens.accessTokenFor(appMailbox(tenants.contoso.id))
    await forgetAccessTokens(other, mailbox.homeAccountId!)
    await other.issuer[Symbol.asyncDispose]()

    for (const asked of [mailbox, appMailbox(tenants.fabrikam.id)])
      await expect(other.mailTokens.accessTokenFor(asked)).rejects.toMatchObject({
        code: 'provider-unavailable',
        retry: 'later',
      })
  })

  it('that answers with a page instead of JSON is no better', async () => {
    await using other = await startWorld()
    const entra = new Entra({
      entra: { ...other.config.entra, authorityUrl: `${other.serviceUrl}/not-an-authority` },
      apiUrl: other.serviceUrl,
      credential: { kind: 'secret', secret: 'x' },
    })
    const tokens = new MailTokens({ ...other, entra, graphResource: 'https://graph.microsoft.com' })
    await expect(tokens.accessTokenFor(appMailbox(tenants.contoso.id))).rejects.toMatchObject({
      code: 'provider-unavailable',
    })
  })
})

describe('what scopes call Graph', () => {
  it.each([
    ['https://graph.microsoft.com/v1.0', 'https://graph.microsoft.com'],
    ['https://graph.microsoft.us/v1.0', 'https://graph.microsoft.us'],
    ['https://dod-graph.microsoft.us/v1.0', 'https://dod-graph.microsoft.us'],
    ['https://microsoftgraph.chinacloudapi.cn/v1.0', 'https://microsoftgraph.chinacloudapi.cn'],
    ['http://localhost:3001/v1.0', 'https://graph.microsoft.com'],
    ['https://graph.microsoft.com.evil.example/v1.0', 'https://graph.microsoft.com'],
  ])('%s: %s', (graphUrl, resource) => {
    expect(graphResourceOf(graphUrl)).toBe(resource)
  })
})
